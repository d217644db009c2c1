import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely';

const nowhere = new Kysely<unknown>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  },
});

/**
 * The text of a statement whose one parameter, `$1`, is given when it runs: written once, on its first use, for what
 * many operations read. Throws when it has another number of parameters.
 */
export function withOneParameter(build: () => RawBuilder<unknown>): () => string {
  let text: string | undefined;
  return () => {
    if (text !== undefined) return text;
    const compiled = build().compile(nowhere);
    if (compiled.parameters.length !== 1) throw new Error(`One parameter is expected: ${compiled.sql}`);
    text = compiled.sql;
    return text;
  };
}

/** How many keys PostgreSQL expects in an array that it does not see. */
const EXPECTED_KEYS = 10;

/**
 * Keys for `= any ($1)`. A short list is filled up by repeating its first: a plan made for the very list would look
 * cheaper than the one that is kept for every list, and planning costs three times as much as reading a few rows by
 * their key (0.09 against 0.03 ms).
 */
export function keys(ids: readonly string[]): readonly string[] {
  const [first] = ids;
  if (first === undefined || ids.length > EXPECTED_KEYS) return ids;
  return [...ids, ...Array.from({ length: EXPECTED_KEYS + 1 - ids.length }, () => first)];
}

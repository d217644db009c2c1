import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Compilable,
  type RawBuilder,
} from 'kysely';

/** Builds statements and sends none. */
export const nowhere = new Kysely<unknown>({
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

/** Stands in a statement for a value that is given when it runs. */
class Place {
  constructor(readonly name: string) {}
}

/** A value of a kept statement, by its name; typed as nothing, so that it fits wherever a value is expected. */
export type PlaceOf = (name: string) => never;
/**
 * A value that PostgreSQL does not see while it plans. What it sees it plans for: whoever has many rows would have each of their
 * pages planned anew, since a plan for all looks dearer than one for them (0.2 ms, which is more than the page takes).
 */
export function unseen(place: never, type: 'uuid' | 'int'): RawBuilder<never> {
  return sql<never>`(select cast(${place} as ${sql.raw(type)}))`;
}

/** Values by the names of their places. */
export type Values = Readonly<Record<string, unknown>>;

/** As many texts are kept as there are shapes of lists that people ask for; who makes more up pays for each himself. */
const KEPT_AT_MOST = 500;
const kept = new Map<string, { text: string; parameters: readonly unknown[] }>();

/**
 * The text and the values of a statement that Kysely builds once: building one takes longer than PostgreSQL takes to
 * run it. `key` names what is built, with all that its shape depends on.
 */
export function keptStatement(
  key: string,
  build: (place: PlaceOf) => Compilable,
  values: Values,
): { text: string; values: unknown[] } {
  let made = kept.get(key);
  if (!made) {
    const { sql: text, parameters } = build((name) => new Place(name) as never).compile();
    made = { text, parameters };
    if (kept.size < KEPT_AT_MOST) kept.set(key, made);
  }
  const valueOf = (one: unknown): unknown => (one instanceof Place ? values[one.name] : one);
  return { text: made.text, values: made.parameters.map(valueOf) };
}

/** How many keys PostgreSQL expects in an array that it does not see. */
const EXPECTED_KEYS = 10;

/**
 * Keys for `= any ($1)`. A short list is filled up by repeating its first: a plan made for the very list would look
 * cheaper than the one that is kept for every list, and planning costs three times as much as reading a few rows by
 * their key (0.09 against 0.03 ms).
 */
export function keys<K extends string | Buffer>(ids: readonly K[]): readonly K[] {
  const [first] = ids;
  if (first === undefined || ids.length > EXPECTED_KEYS) return ids;
  return [...ids, ...Array.from({ length: EXPECTED_KEYS + 1 - ids.length }, () => first)];
}

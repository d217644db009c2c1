import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';
import { cutPage, readsBackward, type Connection, type PageArgs } from './connection.js';
import { decodeCursor, encodeCursor, fingerprint, type KeyType } from './cursor.js';

/** One column of an order. The last one must be unique among the rows: the id. */
export interface OrderBy {
  /** A column as the query knows it, such as `r.due_at`, or an SQL expression. */
  by: string | RawBuilder<unknown>;
  /** What stands for an expression in the order's fingerprint; needed only beside an expression. */
  name?: string;
  type: KeyType;
  direction?: 'asc' | 'desc';
  /** Only for a column that may be null; without it the column is taken as never null, which is faster. */
  nulls?: 'first' | 'last';
}

interface Step {
  column: RawBuilder<unknown>;
  type: KeyType;
  descending: boolean;
  nulls: 'first' | 'last' | undefined;
}

const opposite = { first: 'last', last: 'first' } as const;

function steps(order: readonly OrderBy[], backward: boolean): Step[] {
  return order.map(({ by, type, direction, nulls }) => ({
    column: typeof by === 'string' ? sql.ref(by) : by,
    type,
    descending: (direction === 'desc') !== backward,
    nulls: nulls && (backward ? opposite[nulls] : nulls),
  }));
}

function value(step: Step, text: string): RawBuilder<unknown> {
  return sql`cast(${text} as ${sql.raw(step.type)})`;
}

/** Rows that come strictly after `text` in this one column. */
function beyond(step: Step, text: string | null): RawBuilder<SqlBool> {
  if (text === null) return step.nulls === 'first' ? sql<SqlBool>`${step.column} is not null` : sql<SqlBool>`false`;
  const past = step.descending
    ? sql<SqlBool>`${step.column} < ${value(step, text)}`
    : sql<SqlBool>`${step.column} > ${value(step, text)}`;
  return step.nulls === 'last' ? sql<SqlBool>`(${past} or ${step.column} is null)` : past;
}

function same(step: Step, text: string | null): RawBuilder<SqlBool> {
  return text === null ? sql<SqlBool>`${step.column} is null` : sql<SqlBool>`${step.column} = ${value(step, text)}`;
}

/** The rows after a key. Written as a row comparison where it can be: only that walks one index from the key on. */
function after(order: readonly Step[], key: readonly (string | null)[]): RawBuilder<SqlBool> {
  const uniform = order.every((step) => step.nulls === undefined && step.descending === order[0]?.descending);
  if (uniform && !key.includes(null)) {
    const columns = sql.join(order.map((step) => step.column));
    const values = sql.join(order.map((step, index) => value(step, key[index] ?? '')));
    return order[0]?.descending ? sql<SqlBool>`(${columns}) < (${values})` : sql<SqlBool>`(${columns}) > (${values})`;
  }
  const branches = order.map((step, index) => {
    const equal = order.slice(0, index).map((earlier, at) => same(earlier, key[at] ?? null));
    return sql`(${sql.join([...equal, beyond(step, key[index] ?? null)], sql` and `)})`;
  });
  return sql<SqlBool>`(${sql.join(branches, sql` or `)})`;
}

function ordering(step: Step): RawBuilder<unknown> {
  const nulls = step.nulls ? sql.raw(` nulls ${step.nulls}`) : sql.raw('');
  return sql`${step.column} ${sql.raw(step.descending ? 'desc' : 'asc')}${nulls}`;
}

/** The columns with the key that a row's cursor is made of: one each, since an array costs more to read than all else. */
const keyColumn = (index: number): string => `cursor_${index}`;

function cursorOf(print: string, row: object, length: number): string {
  const columns = row as Record<string, string | null>;
  return encodeCursor(
    print,
    Array.from({ length }, (_, index) => columns[keyColumn(index)] ?? null),
  );
}

/**
 * Reads one page of a Kysely query as a connection, by keyset: no offset, so each row is met once whatever is inserted
 * meanwhile. `order` ends in the id. The query brings its own joins, filters and columns, and no order or limit.
 */
export async function keysetPage<DB, TB extends keyof DB, O, T>(
  query: SelectQueryBuilder<DB, TB, O>,
  order: readonly OrderBy[],
  page: PageArgs,
  nodeOf: (row: O) => T,
): Promise<Connection<T>> {
  const { backward, size } = readsBackward(page);
  const print = fingerprint(
    order
      .map((o) => [typeof o.by === 'string' ? o.by : o.name, o.type, o.direction ?? 'asc', o.nulls ?? ''].join(' '))
      .join(),
  );
  const types = order.map((column) => column.type);
  const reading = steps(order, backward);
  const keys = reading.map(({ column }, at) => sql<string | null>`cast(${column} as text)`.as(keyColumn(at)));
  let bounded = query.select(keys).limit(size + 1) as typeof query;
  if (typeof page.after === 'string') {
    bounded = bounded.where(after(steps(order, false), decodeCursor(page.after, print, types, 'after')));
  }
  if (typeof page.before === 'string') {
    bounded = bounded.where(after(steps(order, true), decodeCursor(page.before, print, types, 'before')));
  }
  for (const step of reading) bounded = bounded.orderBy(ordering(step));
  const rows = (await bounded.execute()) as O[];
  return cutPage(rows, page, (row) => cursorOf(print, row as object, reading.length), nodeOf);
}

import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely';
import { keptStatement, type PlaceOf, type Values } from '../database/compile.js';
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

type Key = readonly (string | null)[];

/** Where a page begins and ends, as its cursors say. */
interface Bounds {
  backward: boolean;
  limit: number | RawBuilder<number>;
  after: Key | undefined;
  before: Key | undefined;
}

const prints = new WeakMap<readonly OrderBy[], string>();

function printOf(order: readonly OrderBy[]): string {
  const known = prints.get(order);
  if (known !== undefined) return known;
  const print = fingerprint(
    order
      .map((o) => [typeof o.by === 'string' ? o.by : o.name, o.type, o.direction ?? 'asc', o.nulls ?? ''].join(' '))
      .join(),
  );
  prints.set(order, print);
  return print;
}

function boundsOf(order: readonly OrderBy[], page: PageArgs): Bounds & { limit: number } {
  const { backward, size } = readsBackward(page);
  const types = order.map((column) => column.type);
  const key = (field: 'after' | 'before'): Key | undefined => {
    const cursor = page[field];
    return typeof cursor === 'string' ? decodeCursor(cursor, printOf(order), types, field) : undefined;
  };
  return { backward, limit: size + 1, after: key('after'), before: key('before') };
}

/** The query with its bounds, order and limit, and with the columns of its cursors when they are wanted. */
function bounded<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  order: readonly OrderBy[],
  bounds: Bounds,
  cursors: boolean,
): SelectQueryBuilder<DB, TB, O> {
  const reading = steps(order, bounds.backward);
  let page = query.limit(bounds.limit);
  if (cursors) {
    const columns = reading.map(({ column }, at) => sql<string | null>`cast(${column} as text)`.as(keyColumn(at)));
    page = page.select(columns) as typeof query;
  }
  if (bounds.after) page = page.where(after(steps(order, false), bounds.after));
  if (bounds.before) page = page.where(after(steps(order, true), bounds.before));
  for (const step of reading) page = page.orderBy(ordering(step));
  return page;
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
  const rows = (await bounded(query, order, boundsOf(order, page), true).execute()) as O[];
  return cutPage(rows, page, (row) => cursorOf(printOf(order), row as object, order.length), nodeOf);
}

/** A list that many ask for: its statement is built once for each shape of page. */
export interface KeptList<O> {
  /** Names the query, with all that its shape depends on. */
  key: string;
  query(place: PlaceOf): SelectQueryBuilder<never, never, O>;
  values: Values;
  order: readonly OrderBy[];
  /** Whether anybody sees the cursors. */
  cursors: boolean;
}

/**
 * Sizes of pages that are asked for every day stand in the statement itself. PostgreSQL takes a number that it does not see for
 * a tenth of all rows: a plan for every size would look dear, and each page would be planned anew (0.2 ms for 0.14 ms of reading).
 */
const USUAL = new Set([1, 5, 8, 10, 20, 25, 50, 100]);

const nulls = (key: Key | undefined): string => key?.map((value) => (value === null ? '0' : '1')).join('') ?? '-';

/** {@link keysetPage} of a list whose statement is kept. */
export async function keptPage<O extends object, T>(
  db: { query<R>(text: string, values: readonly unknown[]): Promise<R[]> },
  list: KeptList<O>,
  page: PageArgs,
  nodeOf: (row: O) => T,
): Promise<Connection<T>> {
  const { order, cursors } = list;
  const bounds = boundsOf(order, page);
  const { limit } = bounds;
  const seen = USUAL.has(limit - 1);
  const shape = `${bounds.backward ? 'last' : 'first'} ${seen ? limit : ''} ${nulls(bounds.after)} ${nulls(bounds.before)} ${cursors ? 'c' : ''}`;
  const { text, values } = keptStatement(
    `${list.key} ${printOf(order)} ${shape}`,
    (place) => {
      const placesOf = (name: string, key: Key | undefined): Key | undefined =>
        key?.map((value, at) => (value === null ? null : place(`${name}${at}`)));
      const places = { after: placesOf('after', bounds.after), before: placesOf('before', bounds.before) };
      const most = seen ? sql.lit(limit) : place('limit');
      return bounded(list.query(place), order, { ...bounds, ...places, limit: most }, cursors);
    },
    {
      ...list.values,
      limit,
      ...Object.fromEntries(bounds.after?.map((value, at) => [`after${at}`, value]) ?? []),
      ...Object.fromEntries(bounds.before?.map((value, at) => [`before${at}`, value]) ?? []),
    },
  );
  const rows = await db.query<O>(text, values);
  return cutPage(rows, page, (row) => (cursors ? cursorOf(printOf(order), row, order.length) : ''), nodeOf);
}

import type { HubContext } from './context.js';

/** Few columns of another table's rows, which a statement may bring along instead of being followed by another one. */
export interface Beside<V> {
  /** A JSON column with the row whose id is `key`, such as `r.service_id`; null where the caller sees none. */
  column(key: string): string;
  /** Keeps what came along, for the rest of the operation. */
  keep(ctx: HubContext, found: unknown): void;
  /** What came along of this id; undefined when nothing did. */
  known(ctx: HubContext, id: string): V | undefined;
}

/**
 * What lists show of a row of `hub.table`, by the names of fields and of their columns (text, numbers and truth values:
 * what JSON keeps as it is). The statement that brings it along reads under the same row-level security as any other.
 */
export function besideOf<V extends { id: string }>(
  table: string,
  columns: { [K in keyof V & string]: string },
): Beside<V> {
  const fields = Object.keys(columns) as (keyof V & string)[];
  const selected = fields.map((field) => `x.${columns[field]}`).join(', ');
  const name = Symbol(table);
  const rows = (ctx: HubContext): Map<string, V> => ctx.loaders.rows(name);
  return {
    column: (key) => `(select json_build_array(${selected}) from hub.${table} x where x.id = ${key})`,
    keep(ctx, found) {
      if (!Array.isArray(found)) return;
      const row = Object.fromEntries(fields.map((field, at) => [field, found[at] as unknown])) as V;
      rows(ctx).set(row.id, row);
    },
    known: (ctx, id) => rows(ctx).get(id),
  };
}

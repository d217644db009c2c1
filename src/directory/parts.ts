import { sql, type RawBuilder } from 'kysely';
import { manyBy, type HubContext } from '../access/index.js';
import { keys, withOneParameter } from '../platform/database/compile.js';

/** How rows of a directory table are read: plain, without entities, only these columns. */
interface TableOptions<T> {
  /** Columns whose names are not those of the fields in snake case, or expressions over the row `t`. */
  columns?: { [K in keyof T]?: string };
  /** PostgreSQL sends numeric and timestamps as text. */
  convert?: { [K in keyof T]?: (value: string) => T[K] };
}

export interface Table<T> {
  /** The column behind a field. */
  column(field: keyof T & string): RawBuilder<unknown>;
  /** Reads the rows `t` whose `field` is one of many ids, in the order of their own; `only` is a further condition. */
  by(field: keyof T & string, only?: RawBuilder<unknown>): (ctx: HubContext, ids: readonly string[]) => Promise<T[]>;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Readers for {@link TableOptions.convert}. */
export const toNumber = (value: string): number => Number(value);

/** A directory table as a source of plain rows. */
export function tableOf<T extends object>(
  name: string,
  fields: readonly (keyof T & string)[],
  options: TableOptions<T> = {},
): Table<T> {
  const named = (options.columns ?? {}) as Partial<Record<string, string>>;
  const column = (field: string): RawBuilder<unknown> => {
    const own = named[field];
    return own === undefined ? sql.ref(`t.${snake(field)}`) : sql.raw(own);
  };
  const selected = fields.map((field) => sql`${column(field)} as ${sql.ref(field)}`);
  const converted = Object.entries(options.convert ?? {}) as [string, (value: string) => unknown][];
  const rowOf = (row: Record<string, unknown>): T => {
    for (const [field, change] of converted) {
      const value = row[field];
      if (typeof value === 'string') row[field] = change(value);
    }
    return row as T;
  };
  return {
    column,
    by(field, only = sql`true`) {
      const statement = withOneParameter(
        () => sql`select ${sql.join(selected)} from ${sql.table(`hub.${name}`)} t
          where ${column(field)} = any (${null}::uuid[]) and ${only} order by t.id`,
      );
      return async (ctx, ids) => (await ctx.db.gather<Record<string, unknown>>(statement(), [keys(ids)])).map(rowOf);
    },
  };
}

/**
 * A loader of the rows that belong to something: `costOptionsOf(ctx, serviceId)`. One statement for all that an
 * operation asks for. `owner` is the field that holds the owner's id; `only` a further condition on the row `t`.
 */
export function partsOf<T extends object>(
  table: Table<T>,
  owner: keyof T & string,
  only: RawBuilder<unknown> = sql`true`,
): (ctx: HubContext, ownerId: string) => Promise<readonly T[]> {
  return manyBy<T>(table.by(owner, only), (row) => String(row[owner]));
}

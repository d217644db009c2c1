import { type Column, columnsOf, type EntityName } from '../model.js';

/** Runs one statement; how is the caller's: a request's transaction or an export's connection. */
export type Ask = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

/** One row of a table of HSDS: text, numbers and null, as JSON will hold them. */
export type Row = Readonly<Record<string, string | number | null>> & { readonly id: string };

function selected({ name, kind }: Column): string {
  const column = `t."${name}"`;
  if (kind === 'number') return `${column}::float8 as "${name}"`;
  if (kind === 'date') return `${column}::text as "${name}"`;
  if (kind === 'datetime') {
    return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "${name}"`;
  }
  return column;
}

/** The columns of HSDS in SQL over the row `t`, in the form that JSON gives them. */
export function selectedColumns(entity: EntityName): string {
  return ['t.id', ...columnsOf(entity).map(selected)].join(', ');
}

/** Rows whose column holds one of the ids, for any of the columns; in the order of their ids. */
export async function readRows(
  ask: Ask,
  entity: EntityName,
  wanted: ReadonlyMap<string, readonly string[]>,
  only = '',
): Promise<Row[]> {
  const asked = [...wanted].filter(([, ids]) => ids.length > 0);
  if (asked.length === 0) return [];
  const any = asked.map(([column], index) => `t."${column}" = any ($${index + 1}::uuid[])`).join(' or ');
  const text = `select ${selectedColumns(entity)} from hub.${entity} t where (${any})${only && ` and ${only}`} order by t.id`;
  return (await ask(
    text,
    asked.map(([, ids]) => ids),
  )) as Row[];
}

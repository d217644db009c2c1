import { columnsOf, derivedColumns, type EntityName, isEntity } from '../model.js';

const loaded = new Map<EntityName, readonly string[]>();

/** The columns an import writes in a table, without id, source_id and source_key. Asked for with every row. */
export function loadedColumns(entity: EntityName): readonly string[] {
  const known = loaded.get(entity);
  if (known) return known;
  const own = (derivedColumns[entity] ?? []).filter((name) => name !== 'time_zone'); // Worked out once all is in.
  const columns = [...columnsOf(entity).map(({ name }) => name), ...own];
  loaded.set(entity, columns);
  return columns;
}

/** What a column is to become, in SQL over `s` (the incoming row) and `t` (the row there is). */
export function incoming(entity: EntityName, column: string): string {
  const [s, t] = [`s.${quote(column)}`, `t.${quote(column)}`];
  if (entity === 'service' && column === 'last_modified') return `greatest(${s}, ${t})`; // The hub may have changed it since.
  if (entity === 'service' && (column === 'is_free' || column === 'categories')) return `coalesce(${s}, ${t})`;
  // Once secret, it stays so until a curator says otherwise.
  if (entity === 'service' && column === 'sensitivity') return `coalesce(nullif(${t}, 'NONE'), ${s}, 'NONE')`;
  return s;
}

/** Tables whose rows are listings of their own. What is gone from them is a proposal, never a deletion. */
export const listings: ReadonlySet<EntityName> = new Set<EntityName>([
  'taxonomy',
  'taxonomy_term',
  'unit',
  'organization',
  'program',
  'location',
  'service',
  'service_at_location',
]);

/** The columns by which a row hangs on another listing. */
export function parentColumns(entity: EntityName): { column: string; parent: EntityName }[] {
  return columnsOf(entity).flatMap(({ name, kind }) =>
    isEntity(kind) && kind !== entity ? [{ column: name, parent: kind }] : [],
  );
}

/** The columns by which a row hangs on another, the one first that most rows have. */
export function orderOf(entity: EntityName): string {
  const links = parentColumns(entity).map(({ column }) => quote(column));
  return listings.has(entity) && entity !== 'service_at_location' ? 'id' : [...links, 'id'].join(', ');
}

export function quote(name: string): string {
  return `"${name}"`;
}

export function stage(entity: EntityName): string {
  return `pg_temp.incoming_${entity}`;
}

import type { ClientBase } from 'pg';
import { children, columnsOf, type EntityName, entityNames, isEntity } from '../model.js';
import { openRows } from '../serialize/open-rows.js';
import { moment } from './moment.js';

/** What goes into an export: what everybody may see, or all of it for a backup. */
export type Extent = 'public' | 'all';

const hidden = (entity: EntityName) => `(select id from pg_temp.export_hidden where entity = '${entity}')`;

/** Care organizations and plans stand in the same table; they are no listings unless they offer something. */
const offersHelp = `(t.kind = 'AGENCY' or exists (select from hub.service s where s.organization_id = t.id))`;

/** The table whose row an attribute or a line of history is about. */
const links: Readonly<Partial<Record<EntityName, { id: string; entity: string }>>> = {
  attribute: { id: 't.link_id', entity: 't.link_entity' },
  metadata: { id: 't.resource_id', entity: 't.resource_type' },
};

/** When a row of a table must stay out. */
function outside(entity: EntityName, extent: Extent): string {
  const isPublic = extent === 'public';
  const conditions: string[] = [];
  if (entity === 'organization') conditions.push(`not ${offersHelp}`);
  if (isPublic && openRows(entity)) conditions.push(`not (${openRows(entity)})`);
  for (const { name, kind, required } of columnsOf(entity)) {
    // What hangs on something hidden tells of it, whatever else it hangs on.
    const tells = required || children.has(entity) || entity === 'location';
    if (isEntity(kind) && kind !== entity && tells) conditions.push(`t.${name} in ${hidden(kind)}`);
  }
  if (isPublic && entity === 'contact') {
    const secret = 'hub.is_confidential(s.sensitivity, s.categories)';
    conditions.push(`exists (select from hub.service s where s.id = t.service_id and ${secret})`); // Who works there.
  }
  const link = links[entity];
  if (link) {
    const there = entityNames.map((of) => `when '${of}' then exists (select from hub.${of} x where x.id = ${link.id})`);
    conditions.push(
      `exists (select from pg_temp.export_hidden h where h.entity = ${link.entity} and h.id = ${link.id})`,
    );
    // The history of what is gone may say where a shelter was.
    if (isPublic) conditions.push(`not case ${link.entity} ${there.join(' ')} else false end`);
  }
  // A link that is null makes its condition unknown, which must not hide a row's other conditions.
  return conditions.length > 0 ? conditions.map((condition) => `coalesce(${condition}, false)`).join(' or ') : 'false';
}

/**
 * Writes down, in the export's own transaction, which rows must stay out: places of shelters for survivors with all that
 * hangs on them, organizations that are no listing, and the history of either.
 */
export async function hideRows(client: ClientBase, extent: Extent): Promise<void> {
  await client.query(
    `create temp table export_hidden (entity text not null, id uuid not null, primary key (entity, id)) on commit drop`,
  );
  for (const entity of entityNames) {
    await client.query(
      `insert into pg_temp.export_hidden select '${entity}', t.id from hub.${entity} t where ${outside(entity, extent)}`,
    );
  }
  await client.query('analyze pg_temp.export_hidden');
}

/** A column written the one way that there is for its value; a link into what is hidden is empty. */
function written({ name, kind }: { name: string; kind: string }): string {
  const column = `t."${name}"`;
  if (kind === 'datetime') return moment(column);
  if (isEntity(kind)) return `case when ${column} in ${hidden(kind)} then null else ${column} end`;
  // 1.50 and 1.5 are the same number; degrees are of a type without trailing zeros.
  return kind === 'number' && name !== 'latitude' && name !== 'longitude' ? `trim_scale(${column})` : column;
}

interface Selection {
  /** Columns beside HSDS's own. */
  more?: readonly { name: string; sql: string }[];
  /** Only rows `t` of which this holds. */
  where?: string;
  /** Every column as text. */
  asText?: boolean;
}

/** Selects a table's rows that may go out, by id. */
export function selectRows(entity: EntityName, { more = [], where, asText = false }: Selection = {}): string {
  const own = columnsOf(entity).map((column) => ({ name: column.name, sql: written(column) }));
  const columns = [{ name: 'id', sql: 't.id' }, ...own, ...more].map(
    ({ name, sql }) => `${asText ? `(${sql})::text` : sql} as "${name}"`,
  );
  const condition = `t.id not in ${hidden(entity)}${where ? ` and (${where})` : ''}`;
  return `select ${columns.join(', ')} from hub.${entity} t where ${condition} order by t.id`;
}

import type { EntityName } from '../model.js';
import { loadedColumns, quote, stage } from './columns.js';
import type { Run } from './upsert.js';

/** A field that a curator or the agency has set and the source now has otherwise. */
export interface Kept {
  entity: EntityName;
  key: string;
  line: number;
  field: string;
  owner: string;
  sourceValue: string | null;
}

/**
 * Fields that belong to a curator or the agency keep their value: it is put into the incoming row, and the source's own
 * value beside it, as a conflict to settle. Returns the fields in which the two differ.
 */
export async function keepOwnedFields({ client }: Run, entity: EntityName): Promise<Kept[]> {
  const { rows: owned } = await client.query<{ field: string }>(
    `select distinct o.field from hub.field_owner o join ${stage(entity)} s on s.id = o.entity_id where o.entity = $1`,
    [entity],
  );
  const kept: Kept[] = [];
  for (const { field } of owned) {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!loadedColumns(entity).includes(column)) continue;
    const own = `o.entity = $1 and o.field = $2 and o.entity_id = s.id`;
    await client.query(
      `update hub.field_owner o set source_value = s.${quote(column)}::text from ${stage(entity)} s
       where ${own} and o.source_value is distinct from s.${quote(column)}::text`,
      [entity, field],
    );
    const { rows } = await client.query<{ key: string; line: number; owner: string; value: string | null }>(
      `select s.source_key as key, s.line, o.owner, s.${quote(column)}::text as value
       from ${stage(entity)} s, hub.field_owner o, hub.${entity} t
       where ${own} and t.id = s.id and t.${quote(column)} is distinct from s.${quote(column)}`,
      [entity, field],
    );
    kept.push(
      ...rows.map(({ key, line, owner, value }) => ({ entity, key, line, field: column, owner, sourceValue: value })),
    );
    await client.query(
      `update ${stage(entity)} s set ${quote(column)} = t.${quote(column)} from hub.${entity} t, hub.field_owner o
       where ${own} and t.id = s.id`,
      [entity, field],
    );
  }
  return kept;
}

/** Lists of a service that are claimed as a whole, as the history calls them. */
const lists: Readonly<Partial<Record<EntityName, string>>> = {
  phone: 'phones',
  schedule: 'schedules',
  language: 'languages',
  service_area: 'service_areas',
  required_document: 'required_documents',
  cost_option: 'cost_options',
};

/** A condition: row `t` is in a list of its service that a curator or the agency keeps. Empty when there is no such list. */
export function inClaimedList(entity: EntityName): string {
  const list = lists[entity];
  if (!list) return '';
  return `exists (select from hub.field_owner o where o.entity = 'service' and o.field = '${list}' and o.entity_id = t.service_id)`;
}

/** Takes rows of claimed lists out of the incoming ones. Returns how many. */
export async function leaveClaimedLists({ client }: Run, entity: EntityName): Promise<number> {
  const claimed = inClaimedList(entity);
  if (!claimed) return 0;
  return (await client.query(`delete from ${stage(entity)} t where ${claimed}`)).rowCount ?? 0;
}

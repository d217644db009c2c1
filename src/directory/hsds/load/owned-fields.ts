import type { EntityName } from '../model.js';
import { loadedColumns, quote, stage } from './columns.js';
import { closeAgreed, noteConflicts } from './conflicts.js';
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

/** Columns that the hub works out: a source that says nothing about them contradicts nobody. */
const derived = new Set(['categories', 'is_free', 'sensitivity']);

/**
 * Fields that belong to a curator or the agency keep their value: it is put into the incoming row, and the source's own
 * value beside it, as a conflict to settle. Returns the fields in which the two differ.
 */
export async function keepOwnedFields(run: Run, entity: EntityName): Promise<Kept[]> {
  const { client } = run;
  const { rows: owned } = await client.query<{ field: string }>(
    `select distinct o.field from hub.field_owner o join ${stage(entity)} s on s.id = o.entity_id where o.entity = $1`,
    [entity],
  );
  const kept: Kept[] = [];
  for (const { field } of owned) {
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    if (!loadedColumns(entity).includes(column)) continue;
    const own = `o.entity = $1 and o.field = $2 and o.entity_id = s.id`;
    const name = quote(column);
    await client.query(
      `update hub.field_owner o set source_value = s.${name}::text from ${stage(entity)} s
       where ${own} and o.source_value is distinct from s.${name}::text`,
      [entity, field],
    );
    const differs = `t.${name} is distinct from s.${name}${derived.has(column) ? ` and s.${name} is not null` : ''}`;
    const { rows } = await client.query<{ key: string; line: number; owner: string; value: string | null }>(
      `select s.source_key as key, s.line, o.owner, s.${name}::text as value
       from ${stage(entity)} s, hub.field_owner o, hub.${entity} t where ${own} and t.id = s.id and ${differs}`,
      [entity, field],
    );
    const all = `${stage(entity)} s, hub.field_owner o, hub.${entity} t where o.entity = '${entity}' and o.field = '${field.replaceAll("'", "''")}'
      and o.entity_id = s.id and t.id = s.id`;
    await noteConflicts(run, entity, column, {
      values: `select s.id as entity_id, o.owner, s.${name}::text as source_value, t.${name}::text as kept_value, null::jsonb as source_rows
        from ${all} and ${differs}`,
    });
    await closeAgreed(run, entity, column, `select s.id from ${all} and not (${differs})`);
    kept.push(
      ...rows.map(({ key, line, owner, value }) => ({ entity, key, line, field: column, owner, sourceValue: value })),
    );
    await client.query(
      `update ${stage(entity)} s set ${name} = t.${name} from hub.${entity} t, hub.field_owner o
       where ${own} and t.id = s.id`,
      [entity, field],
    );
  }
  return kept;
}

/** Lists of a service that are claimed as a whole: what the history calls them, and how a row of one reads. */
export const lists: Readonly<Partial<Record<EntityName, { field: string; words: string }>>> = {
  phone: { field: 'phones', words: `concat_ws(' ', x.number, 'ext. ' || x.extension, x.type, x.description)` },
  schedule: {
    field: 'schedules',
    words: `concat_ws(' ', x.freq, x.byday, x.bymonthday, concat_ws('–', x.opens_at, x.closes_at), x.valid_from, x.valid_to, x.description, x.notes)`,
  },
  language: { field: 'languages', words: `concat_ws(' ', x.name, x.note)` },
  service_area: { field: 'service_areas', words: `concat_ws(' ', x.name, x.description)` },
  required_document: { field: 'required_documents', words: `concat_ws(' ', x.document, x.uri)` },
  cost_option: { field: 'cost_options', words: `concat_ws(' ', x.option, x.amount, x.currency, x.amount_description)` },
  service_capacity: { field: 'capacities', words: `concat_ws(' ', x.available, x.maximum, x.description)` },
};

/** A condition: row `t` is in a list of its service that a curator or the agency keeps. Empty when there is no such list. */
export function inClaimedList(entity: EntityName): string {
  const list = lists[entity];
  if (!list) return '';
  return `exists (select from hub.field_owner o where o.entity = 'service' and o.field = '${list.field}' and o.entity_id = t.service_id)`;
}

/** Takes rows of claimed lists out of the incoming ones; where they differ, as a conflict to settle. Returns how many. */
export async function leaveClaimedLists(run: Run, entity: EntityName): Promise<number> {
  const list = lists[entity];
  if (!list) return 0;
  const { client } = run;
  const claimed = inClaimedList(entity);
  const { rowCount } = await client.query(`select from ${stage(entity)} t where ${claimed} limit 1`);
  if (!rowCount) return 0;
  const read = (from: string, more: string) =>
    `select x.service_id, string_agg(${list.words}, E'\\n' order by ${list.words}) as words${more} from ${from} x where x.service_id is not null group by x.service_id`;
  const both = `(${read(stage(entity), `, jsonb_agg(to_jsonb(x) - 'line' order by x.id) as rows`)}) s
    join hub.field_owner o on o.entity = 'service' and o.field = '${list.field}' and o.entity_id = s.service_id
    left join (${read(`hub.${entity}`, '')}) t using (service_id)`;
  await noteConflicts(run, 'service', list.field, {
    values: `select s.service_id as entity_id, o.owner, s.words as source_value, t.words as kept_value, s.rows as source_rows
      from ${both} where s.words is distinct from t.words`,
  });
  await closeAgreed(
    run,
    'service',
    list.field,
    `select s.service_id from ${both} where s.words is not distinct from t.words`,
  );
  return (await client.query(`delete from ${stage(entity)} t where ${claimed}`)).rowCount ?? 0;
}

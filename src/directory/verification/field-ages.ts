import { sql } from 'kysely';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { loader, type Batch, type HubContext } from '../../access/index.js';
import { toDate } from '../../platform/database/rows.js';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { FIELD_GROUPS, fieldsOf, groupDueOn, type FieldGroup as Group } from '../field-groups.js';
import { freshnessOn, listingRisk } from '../freshness.js';
import { ChangeVia } from '../service/history.js';
import { FreshnessState } from '../service/service.enums.js';
import type { Service } from '../service/service.entity.js';
import type { AssuranceRow } from './assure.js';

export const FieldGroup = enumOf(FIELD_GROUPS);
registerEnumType(FieldGroup, {
  name: 'FieldGroup',
  description: 'Fields of a listing that change, and age, together.',
  valuesConfig: {
    HOURS: { description: 'When it is open.' },
    CONTACT: { description: 'Phone, e-mail and web page.' },
    ELIGIBILITY: { description: 'Who it is for, how to get it and what it costs.' },
    PLACE: { description: 'Where it is.' },
    NAME: { description: 'What it is called and what it does.' },
  },
});

@ObjectType({ description: 'How old what a listing says is, for fields that change together.' })
export class FieldAge {
  @Field(() => FieldGroup, { description: 'Which fields.' })
  group!: Group;

  @Field(() => LocalDate, { nullable: true, description: 'The day they were last known to be right; null when never.' })
  assuredOn!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'The day they are to be confirmed again.' })
  dueOn!: string | null;

  @Field(() => FreshnessState, { description: 'What that means today.' })
  state!: FreshnessState;

  @Field(() => String, { nullable: true, description: 'The organization whose word it was.' })
  by!: string | null;

  @Field(() => ChangeVia, { nullable: true, description: 'How that word came.' })
  via!: ChangeVia | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When one of them was last changed.' })
  changedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The organization that changed it.' })
  changedBy!: string | null;
}

interface LastChange {
  field: string;
  at: string | Date;
  by: string;
}
interface Known {
  assured: AssuranceRow[];
  changed: LastChange[];
}

const known: Batch<string, Known> = async (ctx, ids) => {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const asked = [...ids];
  const assured = await sql<AssuranceRow & { id: string }>`select service_id as id, field_group as "group",
      assured_on::text as "assuredOn", assured_by as by, via from hub.field_assurance where service_id = any (${asked}::uuid[])`.execute(
    db,
  );
  const changed = await sql<LastChange & { id: string }>`select distinct on (resource_id, field_name) resource_id as id,
      field_name as field, at, updated_by as by from hub.metadata
    where resource_id = any (${asked}::uuid[]) and field_name = any (${FIELD_GROUPS.flatMap(fieldsOf)}::text[])
    order by resource_id, field_name, at desc, id desc`.execute(db);
  return ids.map((id) => ({
    assured: assured.rows.filter((row) => row.id === id),
    changed: changed.rows.filter((row) => row.id === id),
  }));
};

/** How old each group of fields of a listing is, the fastest first. */
export async function fieldAgesOf(ctx: HubContext, service: Service, verifiedBy: string | null): Promise<FieldAge[]> {
  const { assured, changed } = await loader(ctx, known, known).load(service.id);
  const today = ctx.clock.now().toISOString().slice(0, 10);
  const risk = listingRisk(service);
  return FIELD_GROUPS.map((group) => {
    const row = assured.find((one) => one.group === group);
    const assuredOn = row?.assuredOn ?? service.assuredDate ?? null;
    const dueOn = assuredOn === null ? null : groupDueOn(group, assuredOn, risk, ctx.platform.config.verifyDays);
    const fields = fieldsOf(group);
    const [last] = changed
      .filter(({ field }) => fields.includes(field))
      .toSorted((a, b) => toDate(b.at).getTime() - toDate(a.at).getTime());
    return {
      group,
      assuredOn,
      dueOn,
      state: freshnessOn(dueOn, today),
      by: row?.by ?? (assuredOn === null ? null : verifiedBy),
      via: row?.via ?? null,
      changedAt: last ? toDate(last.at) : null,
      changedBy: last?.by ?? null,
    };
  });
}

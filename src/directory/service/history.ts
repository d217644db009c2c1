import { sql } from 'kysely';
import { Field, ID, ObjectType } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { toDate } from '../../platform/database/rows.js';
import { connectionOf, type Connection, type PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import type { Service } from './service.entity.js';
import { mayKeep } from './service.policy.js';

@ObjectType({ description: 'One change of one field of a listing (HSDS metadata).' })
export class FieldChange {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'The field, in HSDS’s spelling, such as `application_process`.' })
  field!: string;

  @Field(() => String, { description: 'What stood there; empty when nothing did.' })
  previous!: string;

  @Field(() => String, { description: 'What stands there since; empty when nothing does.' })
  replacement!: string;

  @Field(() => String, { description: 'The organization that changed it.' })
  by!: string;

  @Field(() => String, { description: '`create`, `update`, `verify`, `retire` or `capacity`.' })
  action!: string;
}

export const FieldChangeConnection = connectionOf(FieldChange);

interface MetadataTables {
  'hub.metadata': {
    id: string;
    resource_id: string;
    resource_type: string;
    at: string;
    field_name: string;
    previous_value: string;
    replacement_value: string;
    updated_by: string;
    last_action_type: string;
  };
}

/** Written by those who keep the listing, for those who keep it. */
const INTERNAL = ['referral_email', 'verification_note', 'retirement_reason'];

/** The history of a listing, newest first; without what its keepers noted for themselves, for everybody else. */
export async function historyOf(
  ctx: HubContext,
  service: Pick<Service, 'id' | 'organizationId'>,
  page: PageArgs,
): Promise<Connection<FieldChange>> {
  const query = (await ctx.db.em())
    .getKysely<MetadataTables>()
    .selectFrom('hub.metadata as m')
    .select([
      'm.id',
      'm.at',
      'm.field_name',
      'm.previous_value',
      'm.replacement_value',
      'm.updated_by',
      'm.last_action_type',
    ])
    .where('m.resource_id', '=', service.id)
    .where('m.resource_type', '=', 'service');
  const order = [
    { by: 'm.at', type: 'timestamptz', direction: 'desc' },
    { by: 'm.id', type: 'uuid', direction: 'desc' },
  ] as const;
  const shown = mayKeep(ctx.caller, service) ? query : query.where('m.field_name', 'not in', INTERNAL);
  return keysetPage(shown, order, page, (row) => ({
    id: row.id,
    at: toDate(row.at),
    field: row.field_name,
    previous: row.previous_value,
    replacement: row.replacement_value,
    by: row.updated_by,
    action: row.last_action_type,
  }));
}

/** Who confirmed listings last: one statement for all that are asked for. */
export async function verifiers(ctx: HubContext, serviceIds: readonly string[]): Promise<{ id: string; by: string }[]> {
  const { rows } = await sql<{ id: string; by: string }>`
    select distinct on (resource_id) resource_id as id, updated_by as by from hub.metadata
    where resource_id = any (${[...serviceIds]}::uuid[]) and resource_type = 'service' and field_name = 'assured_date'
    order by resource_id, at desc, id desc`.execute((await ctx.db.em()).getKysely<unknown>());
  return rows;
}

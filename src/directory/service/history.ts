import { sql } from 'kysely';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import type { HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import { toDate } from '../../platform/database/rows.js';
import { connectionOf, type Connection, type PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { canBeUndone } from '../curation/can-be-undone.js';
import { isSensitiveField } from '../curation/listing-fields.js';
import { saidValue } from '../said-value.js';
import type { Language } from '../../platform/words.js';
import { addressWords, secretPlaces, type PlaceAddress } from '../curation/place-part.js';
import type { Service } from './service.entity.js';
import { mayKeep } from './service.policy.js';

export const ChangeVia = enumOf(['CURATOR', 'AGENCY', 'LINK', 'MERGE']);
export type ChangeVia = keyof typeof ChangeVia;
registerEnumType(ChangeVia, {
  name: 'ChangeVia',
  description: 'By whose word a listing was changed.',
  valuesConfig: {
    CURATOR: { description: 'A curator of the directory.' },
    AGENCY: { description: 'The agency, signed in.' },
    LINK: { description: 'The agency, by the link of a letter.' },
    MERGE: { description: 'Two listings of the same help became one.' },
  },
});

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

  @Field(() => String, {
    description: '`create`, `update`, `verify`, `retire`, `capacity`, `undo` or `merge`.',
  })
  action!: string;

  @Field(() => ChangeVia, { nullable: true, description: 'By whose word; null for what is older than this is kept.' })
  via!: ChangeVia | null;

  @Field(() => Boolean, { description: 'Whether it was taken back since.' })
  undone!: boolean;

  @Field(() => Boolean, { description: 'Whether the viewer may take it back.' })
  viewerCanUndo!: boolean;
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
    via: ChangeVia | null;
    previous_data: { v: unknown } | null;
    replacement_data: { v: unknown } | null;
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
      'm.via',
      'm.previous_data',
      'm.replacement_data',
      sql<boolean>`exists (select from hub.metadata u where u.undoes = m.id)`.as('undone'),
    ])
    .where('m.resource_id', '=', service.id)
    .where('m.resource_type', '=', 'service');
  const order = [
    { by: 'm.at', type: 'timestamptz', direction: 'desc' },
    { by: 'm.id', type: 'uuid', direction: 'desc' },
  ] as const;
  const keeps = mayKeep(ctx.caller, service);
  const shown = keeps ? query : query.where('m.field_name', 'not in', INTERNAL);
  const secret = !keeps && (await secretPlaces(await ctx.db.em(), [service.id])).has(service.id);
  return keysetPage(shown, order, page, (row) => ({
    id: row.id,
    at: toDate(row.at),
    field: row.field_name,
    ...wordsOf(row, secret, ctx.language),
    by: row.updated_by,
    action: row.last_action_type,
    via: row.via,
    undone: row.undone,
    viewerCanUndo: keeps && !row.undone && mayUndo(ctx, row.field_name, row.previous_data),
  }));
}

/** Values stand in words. An address stands in the data alone: told to everybody, but for that of a place that must stay secret. */
function wordsOf(
  row: Pick<
    MetadataTables['hub.metadata'],
    'field_name' | 'previous_value' | 'replacement_value' | 'previous_data' | 'replacement_data'
  >,
  secret: boolean,
  language: Language,
): { previous: string; replacement: string } {
  const { field_name: field } = row;
  if (field !== 'address') {
    return {
      previous: saidValue(field, row.previous_value, language),
      replacement: saidValue(field, row.replacement_value, language),
    };
  }
  const words = (kept: { v: unknown } | null): string => {
    const place = kept?.v as PlaceAddress | null | undefined;
    return secret || !place?.addressId ? '' : addressWords(place);
  };
  return { previous: words(row.previous_data), replacement: words(row.replacement_data) };
}

function mayUndo({ caller }: HubContext, fieldName: string, previousData: { v: unknown } | null): boolean {
  if (!canBeUndone({ fieldName, previousData })) return false;
  return (
    caller?.permissions.has('directory.write') === true || (!isSensitiveField(fieldName) && fieldName !== 'status')
  );
}

const verifiersStatement = `
  select distinct on (resource_id) resource_id as id, updated_by as by from hub.metadata
  where resource_id = any ($1::uuid[]) and resource_type = 'service' and field_name = 'assured_date'
  order by resource_id, at desc, id desc`;

/** Who confirmed listings last: one statement for all that are asked for. */
export function verifiers(ctx: HubContext, serviceIds: readonly string[]): Promise<{ id: string; by: string }[]> {
  return ctx.db.gather(verifiersStatement, [keys(serviceIds)]);
}

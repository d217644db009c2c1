import { type HubContext } from '../../access/index.js';
import { historyName, type ListingKey } from '../curation/listing-fields.js';
import { textsNow } from '../curation/listing-texts.js';
import { secretPlaces } from '../curation/place-part.js';
import { FIELD_GROUPS, groupOf, type FieldGroup } from '../field-groups.js';
import { saidValue } from '../said-value.js';
import { Service } from '../service/service.entity.js';
import { fieldAgesOf } from './field-ages.js';
import type { CheckedField } from './verification.types.js';

/** What an agency is asked to look at, in this order: what people need first. */
export const ASKED: readonly ListingKey[] = [
  'phone',
  'hours',
  'address',
  'eligibilityDescription',
  'applicationProcess',
  'feesDescription',
  'url',
  'email',
  'name',
  'description',
];

/** The fields of one listing with what stands in them. The place of a shelter is neither asked for nor shown. */
export async function checkedFields(ctx: HubContext, serviceId: string): Promise<CheckedField[] | null> {
  const em = await ctx.db.em();
  const service = await em.findOne(Service, serviceId);
  if (!service) return null;
  const secret = (await secretPlaces(em, [serviceId])).has(serviceId);
  const keys = ASKED.filter((key) => key !== 'address' || !secret);
  const texts = await textsNow(em, service, keys);
  const ages = await fieldAgesOf(ctx, service, null);
  const due = new Set(ages.filter(({ state }) => state !== 'VERIFIED').map(({ group }) => group));
  return keys.map((key) => {
    const field = historyName(key);
    const group = groupOf(field) ?? 'NAME';
    return { key, field, group, current: saidValue(field, texts[key] ?? '', ctx.language), due: due.has(group) };
  });
}

/** The groups of which every field that was asked for was confirmed, or changed at once. */
export function groupsSettled(asked: readonly CheckedField[], settled: ReadonlySet<string>): FieldGroup[] {
  return FIELD_GROUPS.filter((group) => {
    const own = asked.filter((field) => field.group === group);
    return own.length > 0 && own.every(({ key }) => settled.has(key));
  });
}

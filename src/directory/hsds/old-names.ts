import type { EntityName } from './model.js';

type Json = Record<string, unknown>;

/** Arrays that HSDS 3 calls otherwise: what their rows are, and what else is known of them. */
export const oldArrays: Readonly<Record<string, { entity: EntityName; with?: Json }>> = {
  physical_addresses: { entity: 'address', with: { address_type: 'physical' } },
  postal_addresses: { entity: 'address', with: { address_type: 'postal' } },
  regular_schedules: { entity: 'schedule' },
  holiday_schedules: { entity: 'schedule' },
  accessibility_for_disabilities: { entity: 'accessibility' },
  fundings: { entity: 'funding' },
  service_taxonomys: { entity: 'attribute' },
  service_taxonomies: { entity: 'attribute' },
  services_taxonomy: { entity: 'attribute' },
};

/** Columns that HSDS 3 calls otherwise. */
const oldColumns: Readonly<Partial<Record<EntityName, Readonly<Record<string, string>>>>> = {
  organization: { url: 'website' },
  service_area: { service_area: 'name' },
  language: { language: 'name' },
  schedule: { weekday: 'byday', start_date: 'valid_from', end_date: 'valid_to' },
  accessibility: { accessibility: 'description' },
  phone: { department: 'description' },
  taxonomy_term: { vocabulary: 'taxonomy' },
  attribute: { taxonomy: 'taxonomy_term' },
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object of HSDS 1 or 2, or of Open Referral UK, under the names of HSDS 3. */
export function renewed(entity: EntityName, value: Json): Json {
  const named = oldColumns[entity] ?? {};
  const old = Object.keys(value).filter((name) => Object.hasOwn(named, name) && !filled(value[named[name] ?? '']));
  const result: Json = { ...value };
  for (const name of old) {
    result[named[name] ?? ''] = value[name];
    delete result[name];
  }
  return entity === 'service' ? { ...result, ...eligibilityOf(result) } : result;
}

const filled = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const lists = ['eligibilitys', 'eligibilities', 'eligibility'] as const;

/** Who qualifies was a list of its own. */
function eligibilityOf(service: Json): Json {
  const list = lists.map((name) => service[name]).find(Array.isArray);
  if (list === undefined) return {};
  const rows = list.filter(isObject);
  const texts = rows.map(({ eligibility, description }) => eligibility ?? description).filter(filled);
  const ages = rows.length === 1 ? rows[0] : undefined;
  return {
    ...Object.fromEntries(lists.map((name) => [name, undefined])),
    eligibility_description: service.eligibility_description ?? (texts.map(String).join('; ') || undefined),
    minimum_age: service.minimum_age ?? ages?.minimum_age,
    maximum_age: service.maximum_age ?? ages?.maximum_age,
  };
}

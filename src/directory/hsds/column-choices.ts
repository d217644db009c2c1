/** What a column of a plain table is read as: `service.name`, `address.city` and so on; null when it is left out. */
export interface ColumnChoice {
  /** The table it stands in, when several come together. */
  table?: string | null;
  column: string;
  target: string | null;
}

/**
 * What a column can be read as, in the order in which a page offers it. `row.id` is the row's own id at its source;
 * `row.organization`, `row.service` and `row.location` are the ids of what it belongs to in another table.
 */
export const columnTargets = [
  'row.id',
  'row.organization',
  'row.service',
  'row.location',
  'organization.name',
  'organization.description',
  'organization.website',
  'organization.email',
  'service.name',
  'service.description',
  'service.status',
  'service.url',
  'service.email',
  'service.application_process',
  'service.eligibility_description',
  'service.ages',
  'service.minimum_age',
  'service.maximum_age',
  'service.fees_description',
  'service.interpretation_services',
  'service.accreditations',
  'service.alert',
  'service.assured_date',
  'service.last_modified',
  'taxonomy_term.name',
  'phone.number',
  'phone.extension',
  'phone.description',
  'schedule.description',
  'schedule.byday',
  'schedule.opens_at',
  'schedule.closes_at',
  'language.name',
  'service_area.name',
  'required_document.document',
  'contact.name',
  'location.name',
  'location.description',
  'location.transportation',
  'location.latitude',
  'location.longitude',
  'address.address_1',
  'address.address_2',
  'address.city',
  'address.state_province',
  'address.postal_code',
  'address.country',
  'accessibility.description',
] as const;
export type ColumnTarget = (typeof columnTargets)[number];

export const isTarget = (text: string): text is ColumnTarget => (columnTargets as readonly string[]).includes(text);

/** What is wrong with choices that came from outside; undefined when nothing is. */
export function faultOfChoices(choices: readonly ColumnChoice[]): 'UNKNOWN_TARGET' | 'NO_NAME' | undefined {
  const named = choices.flatMap(({ target }) => (target === null ? [] : [target]));
  if (!named.every(isTarget)) return 'UNKNOWN_TARGET';
  const several = choices.some(({ table }) => table);
  return named.includes('service.name') || (named.includes('organization.name') && !several) ? undefined : 'NO_NAME';
}

import type { Mapping, Output, Source } from './mapping.js';
import { columnsOf, type EntityName } from './model.js';

/** What a column of a plain table is read as: `service.name`, `address.city` and so on; null when it is left out. */
export interface ColumnChoice {
  column: string;
  target: string | null;
}

/** What a column can be read as, in the order in which a page offers it. `row.id` is the row's own id at its source. */
export const columnTargets = [
  'row.id',
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
  'schedule.description',
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

/** Other names of targets, as real directories write their headers; folded to letters and digits. */
const names: Readonly<Partial<Record<ColumnTarget, string>>> = {
  'row.id': 'id serviceid recordid externalid uniqueid programid siteid uid rowid listingid resourceid',
  'organization.name':
    'organization organizationname agency agencyname provider providername org orgname company nonprofit parentagency',
  'organization.description': 'organizationdescription agencydescription aboutagency',
  'organization.website': 'organizationwebsite agencywebsite organizationurl agencyurl',
  'organization.email': 'organizationemail agencyemail',
  'service.name':
    'name service servicename program programname title resource resourcename listing sitename locationname pantryname facility facilityname',
  'service.description':
    'description servicedescription programdescription about details summary services servicesoffered servicesprovided whatweoffer',
  'service.status': 'status active servicestatus',
  'service.url': 'website url web link webaddress homepage serviceurl programurl',
  'service.email': 'email emailaddress mail serviceemail contactemail',
  'service.application_process':
    'applicationprocess howtoapply intake intakeprocedure intakeprocess procedure process applying',
  'service.eligibility_description':
    'eligibility eligibilityrequirements requirements whoqualifies eligibilitydescription population populationserved whocanuse',
  'service.minimum_age': 'minimumage minage agemin',
  'service.maximum_age': 'maximumage maxage agemax',
  'service.fees_description': 'fees fee cost costs price feestructure feesdescription',
  'service.interpretation_services': 'interpretation interpretationservices interpreter interpreters',
  'service.accreditations': 'accreditations accreditation licenses',
  'service.alert': 'alert notice importantnote',
  'service.assured_date': 'assureddate lastverified verified verifieddate dateverified lastverifieddate verifiedon',
  'service.last_modified': 'lastmodified updated lastupdated updatedat modified dateupdated lastupdate',
  'taxonomy_term.name':
    'category categories type types servicetype servicetypes taxonomy taxonomies taxonomyterm keywords tags programtype',
  'phone.number': 'phone phones phonenumber phonenumbers telephone tel mainphone phone1 contactphone hotline',
  'schedule.description':
    'hours schedule schedules hoursofoperation openinghours officehours servicehours times daysandhours operatinghours',
  'language.name': 'language languages languagesspoken languagesoffered',
  'service_area.name':
    'servicearea serviceareas areaserved areasserved coverage coveragearea geographicarea countiesserved',
  'required_document.document': 'documents requireddocuments documentsrequired whattobring documentation bring',
  'contact.name': 'contact contactname contactperson',
  'location.name': 'location site building',
  'location.transportation': 'transportation transit directions busline publictransit',
  'location.latitude': 'latitude lat y geolat gpslat',
  'location.longitude': 'longitude lng lon long x geolng geolong gpslng',
  'address.address_1':
    'address address1 street streetaddress addressline1 physicaladdress siteaddress fulladdress locationaddress',
  'address.address_2': 'address2 suite unit apt addressline2 room',
  'address.city': 'city town municipality',
  'address.state_province': 'state stateprovince province region',
  'address.postal_code': 'zip zipcode postalcode postcode postal',
  'address.country': 'country countrycode',
  'accessibility.description': 'accessibility ada wheelchair wheelchairaccess disabilityaccess handicapaccessible',
};

const byName = new Map<string, ColumnTarget>();
for (const target of columnTargets) {
  for (const name of names[target]?.split(' ') ?? []) if (!byName.has(name)) byName.set(name, target);
  const [entity = '', column = ''] = target.split('.');
  const fold = (text: string) => text.replaceAll('_', '');
  for (const name of [fold(entity) + fold(column), fold(column)]) if (!byName.has(name)) byName.set(name, target);
}

const folded = (header: string) =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');

/** What the columns of a table mean, as far as their headers tell; the first of several that say the same is taken. */
export function proposeColumns(headers: readonly string[]): ColumnChoice[] {
  const taken = new Set<ColumnTarget>();
  return headers.map((column) => {
    const target = byName.get(folded(column));
    if (!target || taken.has(target)) return { column, target: null };
    taken.add(target);
    return { column, target };
  });
}

const isTarget = (text: string): text is ColumnTarget => (columnTargets as readonly string[]).includes(text);

/** What is wrong with choices that came from outside; undefined when nothing is. */
export function faultOfChoices(choices: readonly ColumnChoice[]): 'UNKNOWN_TARGET' | 'NO_NAME' | undefined {
  const named = choices.flatMap(({ target }) => (target === null ? [] : [target]));
  if (!named.every(isTarget)) return 'UNKNOWN_TARGET';
  return named.includes('service.name') || named.includes('organization.name') ? undefined : 'NO_NAME';
}

/**
 * The mapping of a plain table with one service a row, at one place, by one organization. Without an id of its own a row
 * is known again by organization, name and address.
 */
export function mappingOf(choices: readonly ColumnChoice[], title: string): Mapping {
  const columns = new Map<string, string[]>();
  for (const { column, target } of choices) {
    if (target !== null) columns.set(target, [...(columns.get(target) ?? []), column.trim().toLowerCase()]);
  }
  const source = (target: ColumnTarget): Source | undefined => {
    const [first, ...more] = columns.get(target) ?? [];
    return first === undefined || more.length === 0
      ? first
      : { join: [first, ...more], with: target === 'taxonomy_term.name' ? ',' : ' ' };
  };
  const has = (...entities: string[]) =>
    [...columns.keys()].some((target) => entities.includes(target.split('.')[0] ?? ''));
  const values = (entity: EntityName): Record<string, Source> =>
    Object.fromEntries(
      columnsOf(entity).flatMap(({ name }) => {
        const target = `${entity}.${name}`;
        const from = isTarget(target) ? source(target) : undefined;
        return from === undefined ? [] : [[name, from]];
      }),
    );
  const service = source('service.name') ?? source('organization.name') ?? { text: '' };
  const organization = source('organization.name') ?? service;
  const id = source('row.id');
  const places = (['address.address_1', 'address.postal_code', 'address.city'] as const).map(source);
  const key: Source[] = id ? [id] : [organization, service, ...places.filter((place) => place !== undefined)];
  const rowKey: Source = key.length === 1 ? (key[0] ?? { text: '' }) : { join: key, with: '|' };
  const row = { key: [rowKey] };
  const outputs: Output[] = [
    {
      entity: 'organization',
      key: [organization],
      shared: true,
      columns: { ...values('organization'), name: organization },
    },
  ];
  const terms = source('taxonomy_term.name');
  if (terms !== undefined) {
    const each = { list: terms, by: ',' };
    outputs.push(
      {
        entity: 'taxonomy',
        key: [{ text: 'column' }],
        shared: true,
        columns: { name: { text: `Categories of ${title}` } },
      },
      {
        entity: 'taxonomy_term',
        key: ['$item'],
        each,
        shared: true,
        columns: { name: '$item', taxonomy_id: { text: 'column' } },
      },
    );
  }
  const place = has('location', 'address', 'accessibility');
  if (place) {
    outputs.push({
      entity: 'location',
      ...row,
      columns: { name: service, ...values('location'), organization_id: organization },
    });
  }
  outputs.push({
    entity: 'service',
    ...row,
    columns: { ...values('service'), name: service, organization_id: organization },
  });
  if (place) {
    outputs.push({ entity: 'service_at_location', ...row, columns: { service_id: rowKey, location_id: rowKey } });
  }
  const contact = source('contact.name');
  if (contact !== undefined) {
    outputs.push({ entity: 'contact', ...row, when: contact, columns: { service_id: rowKey, name: contact } });
  }
  const phones = source('phone.number');
  if (phones !== undefined) {
    const parts = { number: '$number', extension: '$extension', description: '$description' };
    outputs.push({ entity: 'phone', ...row, each: { phones }, columns: { service_id: rowKey, ...parts } });
  }
  if (has('address')) {
    outputs.push({
      entity: 'address',
      ...row,
      when: first(places),
      columns: { ...values('address'), location_id: rowKey },
    });
  }
  const hours = source('schedule.description');
  if (hours !== undefined) {
    const parts = {
      byday: '$byday',
      freq: '$freq',
      opens_at: '$opens_at',
      closes_at: '$closes_at',
      notes: '$notes',
      description: '$description',
    };
    outputs.push({ entity: 'schedule', ...row, each: { hours: [hours] }, columns: { service_id: rowKey, ...parts } });
  }
  const languages = source('language.name');
  if (languages !== undefined) {
    const parts = { name: '$name', code: '$code', note: '$note' };
    outputs.push({ entity: 'language', ...row, each: { languages }, columns: { service_id: rowKey, ...parts } });
  }
  for (const [target, column] of [
    ['service_area.name', 'name'],
    ['required_document.document', 'document'],
  ] as const) {
    const from = source(target);
    const entity = target === 'service_area.name' ? 'service_area' : 'required_document';
    if (from !== undefined) {
      outputs.push({ entity, ...row, when: from, columns: { service_id: rowKey, [column]: from } });
    }
  }
  const access = source('accessibility.description');
  if (access !== undefined) {
    outputs.push({
      entity: 'accessibility',
      ...row,
      when: access,
      columns: { location_id: rowKey, description: access },
    });
  }
  if (terms !== undefined) {
    const each = { list: terms, by: ',' };
    outputs.push({
      entity: 'attribute',
      key: [rowKey, '$item'],
      each,
      columns: { link_id: rowKey, link_entity: { text: 'service' }, taxonomy_term_id: '$item' },
    });
  }
  const ignore = choices.filter(({ target }) => target === null).map(({ column }) => column.trim().toLowerCase());
  return { name: 'columns', title, detect: [], ignore, tables: { '*': outputs } };
}

function first(sources: readonly (Source | undefined)[]): Source {
  return { first: sources.filter((source) => source !== undefined) };
}

import { type ColumnChoice, type ColumnTarget, columnTargets } from './column-choices.js';

/** Other names of targets, as real directories write their headers; folded to letters and digits. */
const names: Readonly<Partial<Record<ColumnTarget, string>>> = {
  'row.id': 'id serviceid recordid externalid uniqueid programid siteid uid rowid listingid resourceid',
  'organization.name':
    'organization organizationname agency agencyname provider providername org orgname company nonprofit parentagency',
  'organization.description': 'organizationdescription agencydescription aboutagency',
  'organization.website': 'organizationwebsite agencywebsite organizationurl agencyurl',
  'organization.email': 'organizationemail agencyemail',
  'service.name':
    'name service servicename servicesname program programname title resource resourcename listing sitename locationname pantryname facility facilityname',
  'service.description':
    'description servicedescription programdescription about details summary services servicesoffered servicesprovided whatweoffer whatwedo',
  'service.status': 'status active servicestatus',
  'service.url': 'website url web link webaddress homepage serviceurl programurl',
  'service.email': 'email emailaddress mail serviceemail contactemail',
  'service.application_process':
    'applicationprocess howtoapply intake intakeprocedure intakeprocess procedure process applying',
  'service.eligibility_description':
    'eligibility eligibilityrequirements requirements whoqualifies eligibilitydescription population populationserved whocanuse eligible eligiblepopulation',
  'service.ages': 'ages age agesserved ageserved agerange ageranges agegroup agegroups agelimit agelimits edades edad',
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
  'phone.number':
    'phone phones phonenumber phonenumbers telephone tel mainphone phone1 contactphone hotline phone2 phone3 otherphone altphone alternatephone secondaryphone tollfree tollfreephone agencyphone organizationphone servicephone programphone sitephone locationphone officephone',
  'phone.extension': 'extension ext phoneext phoneextension',
  'phone.description': 'department phonetype phonelabel',
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

const parts = (target: ColumnTarget): [string, string] => {
  const [entity = '', column = ''] = target.replaceAll('_', '').split('.');
  return [entity, column];
};
/** What directories write counts before what HSDS calls it: a "name" beside an "agency" is the service's. */
const byName = new Map<string, ColumnTarget>();
for (const called of [
  (target: ColumnTarget) => names[target]?.split(' ') ?? [],
  (target: ColumnTarget) => [parts(target).join('')],
  (target: ColumnTarget) => [parts(target)[1]],
]) {
  for (const target of columnTargets) {
    for (const name of called(target)) if (!byName.has(name)) byName.set(name, target);
  }
}

const folded = (header: string) =>
  header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '');

/** What may stand in several columns, which are put together. */
const severalOf: ReadonlySet<ColumnTarget> = new Set(['phone.number', 'schedule.description', 'language.name']);

/** What the columns of a table mean, as far as their headers tell; the first of several that say the same is taken. */
export function proposeColumns(headers: readonly string[], table?: string): ColumnChoice[] {
  const taken = new Set<ColumnTarget>();
  const kind = table === undefined ? undefined : kindOf(table);
  const read = (column: string) => (kind === undefined ? byName.get(folded(column)) : inTable(kind, folded(column)));
  return headers.map((column) => {
    const target = read(column);
    const choice = { ...(table !== undefined && { table }), column };
    if (!target || (taken.has(target) && !severalOf.has(target))) return { ...choice, target: null };
    taken.add(target);
    return { ...choice, target };
  });
}

/** What the rows of a table are when several come together, as far as its name tells. */
const kinds = {
  link: /services?_?at_?locations?|(service|program)s?_?(location|site|place)s?|(location|site|place)s?_?(service|program)s?/,
  organization: /organi[sz]ation|agenc|provider|partner|nonprofit/,
  phone: /phone|telephone|number/,
  address: /address/,
  schedule: /hour|schedule/,
  language: /language/,
  location: /location|site|place|facilit|branch|office/,
  service: /service|program|resource|listing/,
} as const;
type Kind = keyof typeof kinds | 'other';

const kindOf = (table: string): Kind =>
  (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => kinds[kind].test(table)) ?? 'other';

/** Numbers by which rows of other tables are named. */
const numbers: readonly (readonly [RegExp, 'organization' | 'service' | 'location'])[] = [
  [/^(organi[sz]ation|agency|provider|org|parentagency|partner)(id|no|number|key|recordid|code)$/, 'organization'],
  [/^(service|program|resource|listing)(id|no|number|key|recordid|code)$/, 'service'],
  [/^(location|site|place|facility|branch)(id|no|number|key|recordid|code)$/, 'location'],
];

/** Headers under which a table has the names of its own rows. */
const ownNames = {
  organization: /^((organi[sz]ation|agency|provider|partner)?name|organi[sz]ation|agency|provider|partner|title)$/,
  location: /^((location|site|place|facility|branch)?name|location|site|place|facility|branch|title)$/,
  service: /^((service|program|resource|listing)?name|service|program|resource|listing|title)$/,
} as const;

/** What a header means in a table of this kind: "name" in a table of agencies is theirs. */
function inTable(kind: Kind, header: string): ColumnTarget | undefined {
  for (const [pattern, names] of numbers) {
    if (pattern.test(header)) return kind === names ? 'row.id' : `row.${names}`;
  }
  const own = kind === 'organization' || kind === 'location' || kind === 'service' ? kind : undefined;
  if (own !== undefined) {
    if (ownNames[own].test(header)) return `${own}.name`;
    const field = `${own}.${header}`;
    if ((columnTargets as readonly string[]).includes(field)) return field as ColumnTarget;
    if (own === 'organization' && /^(website|url|web|webaddress|homepage)$/.test(header)) return 'organization.website';
    if (own === 'organization' && /^(about|summary)$/.test(header)) return 'organization.description';
  }
  if (kind === 'phone' && /^(phone)?(number)$/.test(header)) return 'phone.number';
  if ((kind === 'phone' || kind === 'schedule') && header === 'description') return `${kind}.description`;
  if (kind === 'schedule' && /^(weekdays?|days?|byday)$/.test(header)) return 'schedule.byday';
  if (kind === 'schedule' && /^(opens?(at)?|from|start(s|time)?)$/.test(header)) return 'schedule.opens_at';
  if (kind === 'schedule' && /^(closes?(at)?|to|until|end(s|time)?)$/.test(header)) return 'schedule.closes_at';
  const target = byName.get(header);
  // A row has what its own kind of row has; a name in a table of phones is nobody's.
  return target !== undefined &&
    /^(service|organization|location)\./.test(target) &&
    own === undefined &&
    !header.includes(target.split('.')[0] ?? '')
    ? undefined
    : target;
}

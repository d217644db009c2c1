/**
 * HSDS 3.1.3, table by table: the columns an import fills, in an order in which no table refers to a later one (but to
 * itself). After a column's name its kind; `line` is one line of plain text, `text` prose, `!` that it may not be empty.
 */
const tables = {
  taxonomy: 'name:line! description:text uri:uri version:line',
  taxonomy_term:
    'code:line name:line! description:text parent_id:taxonomy_term taxonomy:line language:line taxonomy_id:taxonomy term_uri:uri',
  unit: 'name:line! scheme:line identifier:line uri:uri',
  organization:
    'name:line! alternate_name:line description:text email:email website:uri tax_status:line tax_id:line year_incorporated:integer legal_status:line logo:uri uri:uri parent_organization_id:organization',
  organization_identifier:
    'organization_id:organization! identifier_scheme:line identifier_type:line! identifier:line!',
  program: 'organization_id:organization! name:line! alternate_name:line description:text',
  location:
    'organization_id:organization location_type:location_type url:uri name:line alternate_name:line description:text transportation:text latitude:number longitude:number external_identifier:line external_identifier_type:line',
  service:
    'organization_id:organization! program_id:program name:line! alternate_name:line description:text url:uri email:email status:status interpretation_services:text application_process:text fees_description:text wait_time:text fees:text accreditations:text eligibility_description:text minimum_age:number maximum_age:number assured_date:date assurer_email:email licenses:text alert:text last_modified:datetime',
  service_at_location: 'service_id:service! location_id:location! description:text',
  contact:
    'organization_id:organization service_id:service service_at_location_id:service_at_location location_id:location name:line title:line department:line email:email',
  phone:
    'location_id:location service_id:service organization_id:organization contact_id:contact service_at_location_id:service_at_location number:line! extension:line type:phone_type description:line',
  address:
    'location_id:location! attention:line address_1:line address_2:line city:line region:line state_province:state postal_code:zip country:country address_type:location_type',
  schedule:
    'service_id:service location_id:location service_at_location_id:service_at_location valid_from:date valid_to:date dtstart:date timezone:number until:date count:integer wkst:weekday freq:freq interval:integer byday:byday byweekno:line bymonthday:line byyearday:line description:text opens_at:time closes_at:time schedule_link:uri attending_type:line notes:text',
  service_area:
    'service_id:service service_at_location_id:service_at_location name:line description:text extent:text extent_type:extent_type uri:line',
  cost_option:
    'service_id:service! valid_from:date valid_to:date option:line currency:currency amount:number amount_description:text',
  required_document: 'service_id:service document:text uri:uri',
  funding: 'organization_id:organization service_id:service source:text',
  language: 'service_id:service location_id:location phone_id:phone name:line code:line note:text',
  accessibility: 'location_id:location description:text details:text url:uri',
  service_capacity:
    'service_id:service! unit_id:unit! available:number! maximum:number description:text updated:datetime!',
  url: 'organization_id:organization service_id:service label:line url:uri!',
  meta_table_description: 'name:line language:line character_set:line',
  attribute: 'link_id:any! taxonomy_term_id:taxonomy_term! link_type:line link_entity:entity! value:line label:line',
  metadata:
    'resource_id:any! resource_type:entity! last_action_date:date! last_action_type:line! field_name:line! previous_value:text replacement_value:text updated_by:line!',
} as const;

export type EntityName = keyof typeof tables;

/** What a column holds. A kind that is an entity's name is a link to a row of that entity. */
type Kind =
  | 'line'
  | 'text'
  | 'uri'
  | 'email'
  | 'number'
  | 'integer'
  | 'date'
  | 'datetime'
  | 'time'
  | 'byday'
  | 'weekday'
  | 'freq'
  | 'status'
  | 'location_type'
  | 'phone_type'
  | 'extent_type'
  | 'state'
  | 'zip'
  | 'country'
  | 'currency'
  | 'entity'
  | 'any'
  | EntityName;

export interface Column {
  name: string;
  kind: Kind;
  required: boolean;
}

export const entityNames = Object.keys(tables) as EntityName[];

const columns = new Map(
  entityNames.map((entity): [EntityName, readonly Column[]] => [
    entity,
    tables[entity].split(' ').map((spec) => {
      const [name = '', kind = 'line'] = spec.replace('!', '').split(':');
      return { name, kind: kind as Kind, required: spec.endsWith('!') };
    }),
  ]),
);

export function columnsOf(entity: EntityName): readonly Column[] {
  return columns.get(entity) ?? [];
}

export function isEntity(name: string): name is EntityName {
  return Object.hasOwn(tables, name);
}

export function hasColumn(entity: EntityName, name: string): boolean {
  return columnsOf(entity).some((column) => column.name === name);
}

/** Tables whose rows mean nothing without one of the rows they may link to. */
export const children: ReadonlySet<EntityName> = new Set<EntityName>([
  'contact',
  'phone',
  'schedule',
  'service_area',
  'required_document',
  'funding',
  'language',
  'accessibility',
  'url',
]);

/** What the hub keeps beside HSDS and an import can work out. */
export const derivedColumns: Readonly<Partial<Record<EntityName, readonly string[]>>> = {
  phone: ['e164'],
  service: ['is_free', 'categories', 'sensitivity', 'time_zone'],
  organization: ['time_zone'],
  service_area: ['covers'],
  metadata: ['at'],
};

import { columnsOf, type Column, type EntityName, isEntity } from '../hsds/model.js';

/** Who may write the rows of a table: those who keep the listing (curators, and the agency whose it is), or curators alone. */
export type Keeper = 'KEEPERS' | 'CURATORS';

export interface RecordKind {
  keeper: Keeper;
  /** Links of which a new row gets exactly one: what it hangs on. They never change. */
  owners: readonly string[];
  /** Columns that may be written; links that are no owners are among them. */
  columns: readonly Column[];
  /** Rows of listings of their own are changed here and made elsewhere. */
  changeOnly?: boolean;
}

// `entity: keeper: owners: columns`; no columns means all that are no owners. What an agency may not say at once
// (where it is, what it is filed under) is a curator's here, and a suggestion elsewhere.
const specs = [
  'organization_identifier:KEEPERS:organization_id',
  'program:KEEPERS:organization_id',
  'contact:KEEPERS:organization_id service_id service_at_location_id location_id',
  'phone:KEEPERS:organization_id service_id service_at_location_id location_id contact_id',
  'schedule:KEEPERS:service_id service_at_location_id location_id',
  'service_area:KEEPERS:service_id service_at_location_id',
  'cost_option:KEEPERS:service_id',
  'required_document:KEEPERS:service_id',
  'funding:KEEPERS:organization_id service_id',
  'language:KEEPERS:service_id location_id phone_id',
  'accessibility:KEEPERS:location_id',
  'service_capacity:KEEPERS:service_id',
  'url:KEEPERS:organization_id service_id',
  'service:KEEPERS::alternate_name program_id interpretation_services wait_time fees accreditations assurer_email licenses',
  'organization:KEEPERS::alternate_name description email website tax_status tax_id year_incorporated legal_status logo uri',
  'location:CURATORS:organization_id',
  'service_at_location:CURATORS:service_id location_id',
  'address:CURATORS:location_id',
  'attribute:CURATORS:link_id:taxonomy_term_id link_type value label',
  'taxonomy:CURATORS:',
  'taxonomy_term:CURATORS:',
  'unit:CURATORS:',
  'meta_table_description:CURATORS:',
] as const;

type Spec = (typeof specs)[number];
export type RecordName = Spec extends infer S ? (S extends `${infer Name}:${string}` ? Name : never) : never;

const changeOnly: ReadonlySet<string> = new Set(['service', 'organization']);

function kindOf(spec: string): [RecordName, RecordKind] {
  const [name = '', keeper = '', owners = '', columns] = spec.split(':');
  const owned = owners.split(' ').filter(Boolean);
  const listed = columns?.split(' ');
  const entity = name as RecordName & EntityName;
  const kept = columnsOf(entity).filter((column) =>
    listed ? listed.includes(column.name) : !owned.includes(column.name),
  );
  return [entity, { keeper: keeper as Keeper, owners: owned, columns: kept, changeOnly: changeOnly.has(name) }];
}

/** The tables of HSDS that are written row by row. */
export const recordKinds: ReadonlyMap<RecordName, RecordKind> = new Map(specs.map(kindOf));
export const recordNames = [...recordKinds.keys()];
export const isRecord = (name: string): name is RecordName => recordNames.some((one) => one === name);

/** `service_at_location_id` → `serviceAtLocationId`, `address_1` → `address1`. */
export const camel = (name: string): string => name.replace(/_([a-z\d])/g, (_, letter: string) => letter.toUpperCase());

/** The entity that a link leads to; undefined where it may lead to any. */
export function linkedEntity(entity: EntityName, column: string): EntityName | undefined {
  const kind = columnsOf(entity).find(({ name }) => name === column)?.kind ?? '';
  return isEntity(kind) ? kind : undefined;
}

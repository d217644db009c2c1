import { Arg, createUnionType, Ctx, Field, Mutation, ObjectType, Resolver, type ClassType } from 'type-graphql';
import { byId, Can, type HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Contact, Phone, Url } from '../detail/contact.entities.js';
import {
  CostOption,
  Funding,
  Program,
  RequiredDocument,
  ServiceArea,
  ServiceCapacity,
  SpokenLanguage,
  TaxonomyTerm,
} from '../detail/offer.entities.js';
import {
  attributes,
  descriptions,
  identifiers,
  programById,
  taxonomyById,
  termById,
  unitById,
} from '../detail/record.loaders.js';
import { Attribute, MetaTableDescription, OrganizationIdentifier, Taxonomy, Unit } from '../detail/record.types.js';
import { Schedule } from '../detail/schedule.entity.js';
import {
  contacts,
  costOptions,
  fundings,
  languages,
  phones,
  requiredDocuments,
  schedules,
  serviceAreas,
  serviceCapacities,
  urls,
} from '../detail/tables.js';
import type { Table } from '../parts.js';
import { Accessibility, Address, Location, ServiceAtLocation } from '../place/place.entities.js';
import { accessibilities, addresses, locations, sites } from '../place/place.loaders.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import type { RecordName } from './record-kinds.js';
import { touch } from './history.js';
import { DeleteRecordInput, SaveRecordInput, UndoRecordInput } from './record.inputs.js';
import { undoRecord } from './undo-record.js';
import { deleteRecord, saveRecord, type Written } from './write-record.js';

type Read = (ctx: HubContext, id: string) => Promise<object | null>;
const from = <T extends { id: string }>(table: Table<T>): Read => byId<T>(table.by('id'));

/** Each table's type in the API, and how one of its rows is read by who wrote it. */
const TYPES: Readonly<Record<RecordName, { Type: ClassType; read: Read }>> = {
  organization_identifier: { Type: OrganizationIdentifier, read: from(identifiers) },
  program: { Type: Program, read: programById },
  contact: { Type: Contact, read: from(contacts) },
  phone: { Type: Phone, read: from(phones) },
  schedule: { Type: Schedule, read: from(schedules) },
  service_area: { Type: ServiceArea, read: from(serviceAreas) },
  cost_option: { Type: CostOption, read: from(costOptions) },
  required_document: { Type: RequiredDocument, read: from(requiredDocuments) },
  funding: { Type: Funding, read: from(fundings) },
  language: { Type: SpokenLanguage, read: from(languages) },
  accessibility: { Type: Accessibility, read: from(accessibilities) },
  service_capacity: { Type: ServiceCapacity, read: from(serviceCapacities) },
  url: { Type: Url, read: from(urls) },
  service: { Type: Service, read: serviceById },
  organization: { Type: Organization, read: organizationById },
  location: { Type: Location, read: from(locations) },
  service_at_location: { Type: ServiceAtLocation, read: from(sites) },
  address: { Type: Address, read: from(addresses) },
  attribute: { Type: Attribute, read: from(attributes) },
  taxonomy: { Type: Taxonomy, read: taxonomyById },
  taxonomy_term: { Type: TaxonomyTerm, read: termById },
  unit: { Type: Unit, read: unitById },
  meta_table_description: { Type: MetaTableDescription, read: from(descriptions) },
};

const typeOf = new WeakMap<object, ClassType>();
const DirectoryRecord = createUnionType({
  name: 'DirectoryRecord',
  description: 'A row of a table of HSDS.',
  types: () => Object.values(TYPES).map(({ Type }) => Type) as unknown as readonly [ClassType],
  resolveType: (row: object) => typeOf.get(row),
});

@ObjectType({ description: 'The answer to `saveRecord`.' })
class SaveRecordPayload extends Payload {
  @Field(() => DirectoryRecord, { nullable: true, description: 'The row as it stands now.' })
  record!: object | null;
}

@ObjectType({ description: 'The answer to `deleteRecord`.' })
class DeleteRecordPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether it was taken out.' })
  deleted!: boolean | null;
}

@ObjectType({ description: 'The answer to `undoRecord`.' })
class UndoRecordPayload extends Payload {
  @Field(() => DirectoryRecord, {
    nullable: true,
    description: 'The row as it stands now; null when it was taken out.',
  })
  record!: object | null;
}

async function written(ctx: HubContext, { entity, id }: Written): Promise<object | null> {
  const { Type, read } = TYPES[entity];
  const row = await read(ctx, id);
  if (row) typeOf.set(row, Type);
  return row;
}

/** The one way in which rows of HSDS are written that have no mutation of their own. */
@Resolver()
export class RecordWriteResolver {
  @Can('directory.write', 'listing.write')
  @Mutation(() => SaveRecordPayload, {
    description:
      'Adds or changes a row of HSDS that hangs on a listing, with its history. Curators write all rows; an agency those of its own listings, but for where they are and what they are filed under.',
  })
  async saveRecord(
    @Arg('input', () => SaveRecordInput, { description: 'One row.' }) input: SaveRecordInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<SaveRecordPayload>> {
    return { record: await written(ctx, await saveRecord(ctx, input)) };
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => DeleteRecordPayload, {
    description: 'Takes a row of HSDS out, and what hangs on it, with its history.',
  })
  async deleteRecord(
    @Arg('input', () => DeleteRecordInput, { description: 'Which row.' }) input: DeleteRecordInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<DeleteRecordPayload>> {
    await deleteRecord(ctx, input);
    return { deleted: true };
  }

  @Can('directory.write', 'listing.write')
  @Mutation(() => UndoRecordPayload, {
    description:
      'Takes the last write of a row of HSDS back: what was added is taken out, what was changed or taken out stands there as before, with all that hung on it. A second time brings it back.',
  })
  async undoRecord(
    @Arg('input', () => UndoRecordInput, { description: 'Which row.' }) { entity, id }: UndoRecordInput,
    @Ctx() ctx: HubContext,
  ): Promise<Partial<UndoRecordPayload>> {
    const { write, owners, before, after } = await undoRecord(ctx, entity, id);
    await touch(ctx, write, owners, { before, after });
    return { record: after && (await written(ctx, { entity, id })) };
  }
}

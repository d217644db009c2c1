import { Ctx, FieldResolver, Resolver, Root, type ClassType } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { Organization, organizationById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Accessibility, Address, Location, ServiceAtLocation } from '../place/place.entities.js';
import { contactsOfLocation, contactsOfSite, serviceAreasOfSite } from './record.loaders.js';
import { Service } from '../service/service.entity.js';
import { Contact, Phone, Url } from './contact.entities.js';
import {
  CostOption,
  Funding,
  Program,
  RequiredDocument,
  ServiceArea,
  ServiceCapacity,
  SpokenLanguage,
  TaxonomyTerm,
} from './offer.entities.js';
import {
  attributesOf,
  fundingOfOrganization,
  identifiersOfOrganization,
  languagesOfPhone,
  metadataOf,
  phonesOfContact,
  programsOfOrganization,
  registerOf,
  taxonomyById,
  termById,
  unitById,
  urlsOfOrganization,
  contactsOfOrganization,
} from './record.loaders.js';
import { Attribute, Metadata, OrganizationIdentifier, OrganizationRegister, Taxonomy, Unit } from './record.types.js';
import { Schedule } from './schedule.entity.js';

interface Row {
  id: string;
}
type Rows<T> = Promise<readonly T[]>;

/** What HSDS lets hang on every row: its marks, and what was changed of it. */
function rowFields(Type: ClassType<Row>, marked = true): ClassType[] {
  @Resolver(() => Type)
  class RowMetadata {
    @FieldResolver(() => [Metadata], {
      description: 'What was changed of it, the newest 20 (HSDS metadata); nothing of a service whose place is secret.',
    })
    metadata(@Root() row: Row, @Ctx() ctx: HubContext): Rows<Metadata> {
      return metadataOf(ctx, row.id);
    }
  }
  @Resolver(() => Type)
  class RowAttributes {
    @FieldResolver(() => [Attribute], { description: 'Terms and values that it is marked with (HSDS attributes).' })
    attributes(@Root() row: Row, @Ctx() ctx: HubContext): Rows<Attribute> {
      return attributesOf(ctx, row.id);
    }
  }
  return marked ? [RowMetadata, RowAttributes] : [RowMetadata];
}

@Resolver(() => Organization)
export class OrganizationRecord {
  @FieldResolver(() => OrganizationRegister, { description: 'What registers say of it.' })
  async register(@Root() organization: Organization, @Ctx() ctx: HubContext): Promise<OrganizationRegister> {
    return (await registerOf(ctx, organization.id)) ?? fail.notFound('Organization');
  }

  @FieldResolver(() => [OrganizationIdentifier], { description: 'Numbers by which it is known elsewhere.' })
  identifiers(@Root() organization: Organization, @Ctx() ctx: HubContext): Rows<OrganizationIdentifier> {
    return identifiersOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => [Program], { description: 'Its programmes.' })
  programs(@Root() organization: Organization, @Ctx() ctx: HubContext): Rows<Program> {
    return programsOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => [Contact], { description: 'Whom to speak to there.' })
  contacts(@Root() organization: Organization, @Ctx() ctx: HubContext): Rows<Contact> {
    return contactsOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => [Funding], { description: 'Who pays for it.' })
  funding(@Root() organization: Organization, @Ctx() ctx: HubContext): Rows<Funding> {
    return fundingOfOrganization(ctx, organization.id);
  }

  @FieldResolver(() => [Url], { description: 'Further web pages.' })
  additionalWebsites(@Root() organization: Organization, @Ctx() ctx: HubContext): Rows<Url> {
    return urlsOfOrganization(ctx, organization.id);
  }
}

@Resolver(() => OrganizationRegister)
export class RegisterFields {
  @FieldResolver(() => Organization, { nullable: true, description: 'The organization that it is part of.' })
  parentOrganization(
    @Root() register: OrganizationRegister,
    @Ctx() ctx: HubContext,
  ): Promise<Organization | null> | null {
    return register.parentOrganizationId ? listedOrganization(ctx, register.parentOrganizationId) : null;
  }
}

async function listedOrganization(ctx: HubContext, id: string): Promise<Organization | null> {
  const found = await organizationById(ctx, id);
  return found?.listed ? found : null;
}

@Resolver(() => Contact)
export class ContactFields {
  @FieldResolver(() => [Phone], { description: 'Their numbers.' })
  phones(@Root() contact: Contact, @Ctx() ctx: HubContext): Rows<Phone> {
    return phonesOfContact(ctx, contact.id);
  }
}

@Resolver(() => Phone)
export class PhoneFields {
  @FieldResolver(() => [SpokenLanguage], { description: 'What is spoken at the other end.' })
  languages(@Root() phone: Phone, @Ctx() ctx: HubContext): Rows<SpokenLanguage> {
    return languagesOfPhone(ctx, phone.id);
  }
}

@Resolver(() => Location)
export class LocationRecord {
  @FieldResolver(() => [Contact], { description: 'Whom to speak to there.' })
  contacts(@Root() location: Location, @Ctx() ctx: HubContext): Rows<Contact> {
    return contactsOfLocation(ctx, location.id);
  }
}

@Resolver(() => ServiceAtLocation)
export class SiteRecord {
  @FieldResolver(() => [Contact], { description: 'Whom to speak to about the service at this place.' })
  contacts(@Root() site: ServiceAtLocation, @Ctx() ctx: HubContext): Rows<Contact> {
    return contactsOfSite(ctx, site.id);
  }

  @FieldResolver(() => [ServiceArea], { description: 'Where people must live to be served at this place.' })
  serviceAreas(@Root() site: ServiceAtLocation, @Ctx() ctx: HubContext): Rows<ServiceArea> {
    return serviceAreasOfSite(ctx, site.id);
  }
}

@Resolver(() => ServiceCapacity)
export class ServiceCapacityFields {
  @FieldResolver(() => Unit, { description: 'What is counted, as HSDS has it.' })
  async unitDetail(@Root() capacity: ServiceCapacity, @Ctx() ctx: HubContext): Promise<Unit> {
    return (await unitById(ctx, capacity.unitId)) ?? fail.notFound('Unit');
  }
}

@Resolver(() => Attribute)
export class AttributeFields {
  @FieldResolver(() => TaxonomyTerm, { description: 'The term.' })
  async term(@Root() attribute: Attribute, @Ctx() ctx: HubContext): Promise<TaxonomyTerm> {
    return (await termById(ctx, attribute.taxonomyTermId)) ?? fail.notFound('TaxonomyTerm');
  }
}

@Resolver(() => TaxonomyTerm)
export class TermFields {
  @FieldResolver(() => Taxonomy, { nullable: true, description: 'The taxonomy it belongs to.' })
  taxonomyDetail(@Root() term: TaxonomyTerm, @Ctx() ctx: HubContext): Promise<Taxonomy | null> | null {
    return term.taxonomyId ? taxonomyById(ctx, term.taxonomyId) : null;
  }

  @FieldResolver(() => TaxonomyTerm, { nullable: true, description: 'The term above it.' })
  parent(@Root() term: TaxonomyTerm, @Ctx() ctx: HubContext): Promise<TaxonomyTerm | null> | null {
    return term.parentId ? termById(ctx, term.parentId) : null;
  }
}

const marked: readonly ClassType<Row>[] = [
  Service,
  Organization,
  Location,
  ServiceAtLocation,
  Program,
  Contact,
  Phone,
  Schedule,
  ServiceArea,
  CostOption,
  RequiredDocument,
  Funding,
  SpokenLanguage,
  Accessibility,
  Address,
  ServiceCapacity,
  Unit,
  Url,
  OrganizationIdentifier,
];

/** Fields that the tables of HSDS have beside those of listings. */
export const recordResolvers = [
  OrganizationRecord,
  RegisterFields,
  ContactFields,
  PhoneFields,
  LocationRecord,
  SiteRecord,
  ServiceCapacityFields,
  AttributeFields,
  TermFields,
  ...marked.flatMap((Type) => rowFields(Type)),
  ...[Taxonomy, TaxonomyTerm].flatMap((Type) => rowFields(Type, false)),
];

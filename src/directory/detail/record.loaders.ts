import { sql } from 'kysely';
import { byId, manyBy, type HubContext } from '../../access/index.js';
import { partsOf, tableOf } from '../parts.js';
import { Program, type ServiceArea, TaxonomyTerm } from './offer.entities.js';
import { openArea, openContact, openPhone } from './open-rows.js';
import {
  Attribute,
  type Metadata,
  MetaTableDescription,
  OrganizationIdentifier,
  OrganizationRegister,
  Taxonomy,
  Unit,
} from './record.types.js';
import { contacts, fundings, languages, phones, serviceAreas, urls } from './tables.js';

const organizations = tableOf<OrganizationRegister>('organization', [
  'id',
  'taxStatus',
  'taxId',
  'yearIncorporated',
  'legalStatus',
  'logo',
  'uri',
  'parentOrganizationId',
  'version',
]);
export const registerOf = byId<OrganizationRegister>(organizations.by('id'));

export const identifiers = tableOf<OrganizationIdentifier & { organizationId: string }>('organization_identifier', [
  'id',
  'organizationId',
  'identifierScheme',
  'identifierType',
  'identifier',
]);
export const identifiersOfOrganization = partsOf(identifiers, 'organizationId');

const programs = tableOf<Program & { organizationId: string }>('program', [
  'id',
  'organizationId',
  'name',
  'alternateName',
  'description',
]);
export const programById = byId<Program>(programs.by('id'));
export const programsOfOrganization = partsOf(programs, 'organizationId');

export const contactsOfOrganization = partsOf(contacts, 'organizationId', openContact);
export const contactsOfLocation = partsOf(contacts, 'locationId', openContact);
export const contactsOfSite = partsOf(contacts, 'serviceAtLocationId', openContact);
export const phonesOfContact = partsOf(phones, 'contactId', openPhone);
export const languagesOfPhone = partsOf(languages, 'phoneId');
export const serviceAreasOfSite = partsOf<ServiceArea>(serviceAreas, 'serviceAtLocationId', openArea);
export const fundingOfOrganization = partsOf(fundings, 'organizationId');
export const urlsOfOrganization = partsOf(urls, 'organizationId');

export const taxonomies = tableOf<Taxonomy>('taxonomy', ['id', 'name', 'description', 'uri', 'version', 'licence']);
export const taxonomyById = byId<Taxonomy>(taxonomies.by('id'));

export const terms = tableOf<TaxonomyTerm>(
  'taxonomy_term',
  ['id', 'code', 'name', 'description', 'parentId', 'taxonomyId', 'language', 'termUri', 'taxonomy'],
  { columns: { taxonomy: 'coalesce((select x.name from hub.taxonomy x where x.id = t.taxonomy_id), t.taxonomy)' } },
);
export const termById = byId<TaxonomyTerm>(terms.by('id'));

export const units = tableOf<Unit>('unit', ['id', 'name', 'scheme', 'identifier', 'uri']);
export const unitById = byId<Unit>(units.by('id'));

export const attributes = tableOf<Attribute & { linkId: string }>('attribute', [
  'id',
  'linkId',
  'taxonomyTermId',
  'linkType',
  'value',
  'label',
]);

export const descriptions = tableOf<MetaTableDescription>('meta_table_description', [
  'id',
  'name',
  'language',
  'characterSet',
]);
export const descriptionById = byId<MetaTableDescription>(descriptions.by('id'));

/** Ids are unique over all tables, so that one loader serves every kind of row. */
export const attributesOf = partsOf(attributes, 'linkId');

/** Changes of one row that are shown; the whole of a listing's is its history. */
const MOST_CHANGES = 20;
/** Written by those who keep a listing, for those who keep it. */
const INTERNAL = ['referral_email', 'verification_note', 'retirement_reason'];

/** The newest changes of rows. What was once written of a shelter may tell where it is, and is left out. */
export const metadataOf: (ctx: HubContext, id: string) => Promise<readonly Metadata[]> = manyBy<
  Metadata & { resourceId: string }
>(
  async (ctx, ids) => {
    const { rows } = await sql<Metadata & { resourceId: string }>`
      select id, resource_id as "resourceId", last_action_date as "lastActionDate", last_action_type as "lastActionType", field_name as "fieldName",
        previous_value as "previousValue", replacement_value as "replacementValue", updated_by as "updatedBy"
      from (select m.*, row_number() over (partition by m.resource_id order by m.at desc, m.id desc) as nth from hub.metadata m
        where m.resource_id = any (${[...ids]}::uuid[]) and m.field_name <> all (${INTERNAL})
          and not exists (select from hub.service s where s.id = m.resource_id and hub.is_confidential(s.sensitivity, s.categories))) m
      where nth <= ${MOST_CHANGES} order by m.at desc, m.id desc`.execute((await ctx.db.em()).getKysely<unknown>());
    return rows;
  },
  (row) => row.resourceId,
);

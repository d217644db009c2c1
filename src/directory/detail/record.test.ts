import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymous, type Visitor } from '../../../test/actors.js';
import { insert, organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../test/listings.js';
import { HubConnection } from '../../platform/database/driver.js';
import { newId } from '../../platform/id.js';

let hub: TestHub;
let anyone: Visitor;
let whole: ListingRow;
let statements = 0;

/** All that HSDS knows of a service, in one question. */
const SERVICE = `id
  phones { number languages { code } attributes { value } metadata { fieldName } }
  schedules { dtstart until count wkst byweekno byyearday timezone scheduleLink opensAt }
  serviceAreas { name extent extentType uri covers } costOptions { validFrom validTo amount currency } requiredDocuments { document uri }
  languages { code name note } contacts { name phones { number } } funding { source } additionalUrls { url label }
  capacities { available description unitDetail { name scheme } } terms { name description language termUri parent { name } taxonomyDetail { name version } }
  attributes { label linkType value term { name code taxonomyDetail { name } } metadata: id } metadata { lastActionType updatedBy }
  program { name alternateName }
  sites { contacts { name } serviceAreas { name } phones { number } location { locationType url alternateName externalIdentifier contacts { name phones { number } }
    addresses { region city } accessibility { description } languages { code } attributes { value } } }
  organization { register { taxId legalStatus yearIncorporated version parentOrganization { name } } identifiers { identifierType identifier }
    programs { name } contacts { name phones { number } } funding { source } additionalWebsites { url } attributes { value } phones { number } }`;

beforeAll(async () => {
  hub = await testHub();
  anyone = await anonymous(hub);
  whole = await listing(hub, { site: true });
  await addEverything(hub, whole);
  const { organizationId } = whole;
  const contact = newId();
  await insert(hub, 'contact', { id: contact, organization_id: organizationId, name: 'Director' });
  await insert(hub, 'phone', { id: newId(), contact_id: contact, number: '410-555-0110' });
  await insert(hub, 'organization_identifier', {
    id: newId(),
    organization_id: organizationId,
    identifier_type: 'EIN',
    identifier: '1',
  });
  await insert(hub, 'program', { id: newId(), organization_id: organizationId, name: 'Winter help' });
  await insert(hub, 'meta_table_description', { id: newId(), name: 'services', language: 'en' });
  const [taxonomy, above] = [newId(), newId()];
  await insert(hub, 'taxonomy', { id: taxonomy, name: 'County terms' });
  await insert(hub, 'taxonomy_term', { id: above, name: 'Above', taxonomy_id: taxonomy });
  await insert(hub, 'taxonomy_term', { id: newId(), name: 'Below', taxonomy_id: taxonomy, parent_id: above });
  const connection = hub.orm.em.getConnection('write');
  if (connection instanceof HubConnection) connection.statementListeners.add(() => (statements += 1));
});
afterAll(() => hub.stop());

describe('the tables of HSDS', () => {
  it('are read by anybody, from the service down', async () => {
    const { service } = await anyone.gql(`query ($id: ID!) { service(id: $id) { ${SERVICE} } }`, { id: whole.id });
    expect(service).toMatchObject({
      capacities: [{ unitDetail: { name: 'Bed' } }],
      attributes: [{ term: { name: 'Food Pantry' } }],
      organization: {
        register: { version: 1, parentOrganization: null },
        identifiers: [{ identifierType: 'EIN' }],
        programs: [{ name: 'Winter help' }],
        contacts: [{ name: 'Director', phones: [{ number: '410-555-0110' }] }],
      },
      sites: [{ location: { locationType: 'physical', accessibility: [{ description: 'Ramp' }] } }],
    });
  });

  it('take as many statements for many services as for one', async () => {
    const organizationId = (await organization(hub)).id;
    const count = async (): Promise<number> => {
      statements = 0;
      const query = `query ($id: ID!) { organization(id: $id) { services(first: 20) { edges { node { ${SERVICE.replace(/organization \{[\s\S]*$/, '')} } } } } }`;
      await anyone.gql(query, { id: organizationId });
      return statements;
    };
    const add = async () => addEverything(hub, await listing(hub, { organizationId, site: true }));
    await add();
    const one = await count();
    for (let n = 0; n < 4; n += 1) await add();
    expect(await count()).toBe(one);
    expect(one).toBeLessThan(45);
  });

  it('are listed by name, page by page', async () => {
    const query = `{ taxonomies(first: 1, search: "COUNTY") { edges { node { name metadata { id } } } }
      taxonomyTerms(topOnly: true, search: "abov") { edges { node { name taxonomy } } } units { edges { node { name } } }
      metaTableDescriptions { edges { node { name language characterSet } } } organizations(first: 1) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
    const found = await anyone.gql(query);
    expect(found).toMatchObject({
      taxonomies: { edges: [{ node: { name: 'County terms' } }] },
      taxonomyTerms: { edges: [{ node: { name: 'Above', taxonomy: 'County terms' } }] },
      metaTableDescriptions: { edges: [{ node: { name: 'services' } }] },
      organizations: { pageInfo: { hasNextPage: true } },
    });
    const next = await anyone.gql(
      'query ($after: String) { organizations(first: 50, after: $after) { edges { node { name } } } }',
      {
        after: found.organizations.pageInfo.endCursor,
      },
    );
    const names = [found.organizations, next.organizations].flatMap(({ edges }) =>
      edges.map((edge: { node: { name: string } }) => edge.node.name),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([...names].sort());
  });

  it('are not found where they are not: an organization that is not listed, an id of nothing', async () => {
    const { id } = await organization(hub, { kind: 'CARE', name: 'Clinic' });
    const { organizations } = await anyone.gql('{ organizations(search: "clinic") { edges { node { id } } } }');
    expect(organizations.edges).toEqual([]);
    for (const field of ['location', 'serviceAtLocation', 'program', 'taxonomy', 'taxonomyTerm']) {
      expect([field, await anyone.codes(`query ($id: ID!) { ${field}(id: $id) { id } }`, { id })]).toEqual([
        field,
        ['NOT_FOUND'],
      ]);
    }
  });
});

it('a secret place shows in none of them, whatever row hangs on it', async () => {
  const shelter = await listing(hub, {
    categories: ['intimate-partner-violence'],
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site: { address1: '77 Hidden Lane' },
  });
  const beside = await listing(hub, { organizationId: shelter.organizationId });
  const contact = newId();
  await insert(hub, 'contact', {
    id: contact,
    service_id: shelter.id,
    organization_id: shelter.organizationId,
    name: 'Warden',
  });
  await insert(hub, 'phone', {
    id: newId(),
    service_id: beside.id,
    location_id: shelter.locationId,
    number: '410-555-0177',
  });
  await insert(hub, 'phone', {
    id: newId(),
    organization_id: shelter.organizationId,
    contact_id: contact,
    number: '410-555-0177',
  });
  await insert(hub, 'schedule', {
    id: newId(),
    service_id: beside.id,
    location_id: shelter.locationId,
    description: '77 Hidden Lane',
  });
  await insert(hub, 'language', {
    id: newId(),
    service_id: beside.id,
    location_id: shelter.locationId,
    note: '77 Hidden Lane',
  });
  await insert(hub, 'metadata', {
    id: newId(),
    resource_id: shelter.id,
    resource_type: 'service',
    last_action_date: '2026-01-01',
    last_action_type: 'update',
    field_name: 'description',
    previous_value: '77 Hidden Lane',
    replacement_value: '',
    updated_by: 'x',
  });
  const answers = [
    await anyone.gql(`query ($id: ID!) { service(id: $id) { ${SERVICE} } }`, { id: shelter.id }),
    await anyone.gql(`query ($id: ID!) { service(id: $id) { ${SERVICE} } }`, { id: beside.id }),
  ];
  expect(JSON.stringify(answers)).not.toMatch(/Hidden|Warden|410-555-0177/);
  expect(await anyone.codes('query ($id: ID!) { location(id: $id) { id } }', { id: shelter.locationId })).toEqual([
    'NOT_FOUND',
  ]);
  expect(await anyone.codes('query ($id: ID!) { serviceAtLocation(id: $id) { id } }', { id: shelter.siteId })).toEqual([
    'NOT_FOUND',
  ]);
});

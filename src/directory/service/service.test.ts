import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countStatements } from '../../platform/database/statements.js';
import { asTask } from '../../platform/database/operation.js';
import { agencyStaff, anonymous, curator, type Visitor } from '../../../test/actors.js';
import { insert, organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing } from '../../../test/listings.js';
import { identity } from '../../identity/index.js';
import { newId } from '../../platform/id.js';
import { directory, rebuildSearch } from '../index.js';

const everything = `
  id name status organization { id name claimed phones { id } } program { id } categories { code label } terms { name }
  eligibilityRules { kind words } isFree minimumAge
  sites { id phones { number } schedules { byday } location { id latitude addresses { city } phones { number } schedules { byday }
    languages { code } accessibility { description } } }
  phones { number callable } schedules { opensAt } serviceAreas { name covers } languages { code } costOptions { amount }
  requiredDocuments { document } contacts { name } additionalUrls { url } funding { source } capacities { unit available updated }
  takesReferrals capacity { status stale } openState { state today { opensAt } timeZone } weekHours { days opensAt closesAt }
  freshness { state verifiedBy } sensitivity lastModified version viewerCanCorrect viewerCanRetire`;

describe('a listing', () => {
  let hub: TestHub;
  let anyone: Visitor;

  beforeAll(async () => {
    hub = await testHub({ features: [identity, directory], now: '2026-11-23T15:00:00Z' }); // Monday, 10:00 in New York
    anyone = await anonymous(hub);
  });
  afterAll(() => hub.stop());

  it('is read whole by anyone, without signing in', async () => {
    const row = await listing(hub, { site: true, columns: { minimum_age: 60, is_free: true } });
    await addEverything(hub, row);
    const { service } = await anyone.gql(`query($id: ID!) { service(id: $id) { ${everything} } }`, { id: row.id });
    expect(service).toMatchObject({
      status: 'ACTIVE',
      categories: [{ code: 'food-insecurity', label: 'Food' }],
      terms: [{ name: 'Food Pantry' }],
      eligibilityRules: [{ kind: 'AGE', words: 'Age 60 and older' }],
      phones: [{ number: '410-555-0101', callable: '+14105550101' }],
      costOptions: [{ amount: 12.5 }],
      capacities: [{ unit: 'Bed', available: 3 }],
      capacity: { status: 'UNKNOWN', stale: false },
      openState: { state: 'OPEN', timeZone: 'America/New_York' },
      freshness: { state: 'NEVER', verifiedBy: null },
      viewerCanCorrect: false,
    });
    expect(service.weekHours).toEqual([
      { days: ['MO', 'TU', 'WE', 'TH', 'FR'], opensAt: '09:00', closesAt: '17:00' },
      { days: ['SA', 'SU'], opensAt: null, closesAt: null },
    ]);
    expect(service.sites[0].location).toMatchObject({
      addresses: [{ city: 'Columbia' }],
      accessibility: [{ description: 'Ramp' }],
    });
  });

  it('is not found by an id that is none', async () => {
    const query = 'query($id: ID!) { service(id: $id) { id } }';
    expect(await anyone.codes(query, { id: newId() })).toEqual(['NOT_FOUND']);
    expect(await anyone.codes(query, { id: 'x' })).toEqual(['BAD_USER_INPUT']);
  });

  it('takes its hours from its place when it has none of its own', async () => {
    const row = await listing(hub, { site: true });
    await insert(hub, 'schedule', {
      id: newId(),
      location_id: row.locationId,
      freq: 'WEEKLY',
      byday: 'MO',
      opens_at: '09:00',
      closes_at: '11:00',
    });
    const { service } = await anyone.gql('query($id: ID!) { service(id: $id) { openState { state closesAt } } }', {
      id: row.id,
    });
    expect(service.openState).toEqual({ state: 'OPEN', closesAt: '2026-11-23T16:00:00.000Z' });
  });

  it('costs a statement for each step to what hangs on it, however many are listed', async () => {
    const { id: organizationId } = await organization(hub, { name: 'Many Listings' });
    for (let n = 0; n < 20; n += 1) {
      await addEverything(hub, await listing(hub, { organizationId, site: true, name: `Paint ${n}` }));
    }
    await rebuildSearch(asTask(hub.orm));
    const page = `query($id: ID!) { organization(id: $id) { services(first: 20) { edges { node { ${everything} } } } } }`;
    const one = `query($id: ID!) { organization(id: $id) { services(first: 1) { edges { node { ${everything} } } } } }`;
    await anyone.gql(page, { id: organizationId });
    const twenty = await countStatements(hub.orm, () => anyone.gql(page, { id: organizationId }));
    const single = await countStatements(hub.orm, () => anyone.gql(one, { id: organizationId }));
    expect(twenty).toBe(single);
    expect(twenty).toBeLessThanOrEqual(7);
    const search = `query($id: ID!) { searchServices(input: { text: "paint", organizationId: $id }, first: 20) { edges { node {
      site { id location { id } } latitude service { ${everything} } } } facets { free } } }`;
    const found = await countStatements(hub.orm, () => anyone.gql(search, { id: organizationId }));
    expect(found).toBeLessThanOrEqual(7);
  });

  it('shows the buttons of those who may press them', async () => {
    const staff = await agencyStaff(hub);
    const other = await agencyStaff(hub);
    const keeper = await curator(hub);
    const row = await listing(hub, { organizationId: staff.organization.id });
    const query =
      'query($id: ID!) { service(id: $id) { viewerCanCorrect viewerCanVerify viewerCanSetCapacity viewerCanRetire } }';
    const buttons = async (who: Visitor) => Object.values((await who.gql(query, { id: row.id })).service as object);
    expect(await buttons(staff)).toEqual([true, true, true, false]);
    expect(await buttons(keeper)).toEqual([true, true, true, true]);
    expect(await buttons(other)).toEqual([false, false, false, false]);
    expect(await buttons(anyone)).toEqual([false, false, false, false]);
  });
});

describe('a shelter for survivors', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await testHub({ features: [identity, directory] });
  });
  afterAll(() => hub.stop());

  it('never tells where it is: not in the listing, nor its agency, nor the search', async () => {
    const anyone = await anonymous(hub);
    const shelter = await listing(hub, {
      name: 'Safe Harbor',
      categories: ['intimate-partner-violence'],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: { address1: '1 Secret Ln', city: 'Hiddenville', zip: '21044' },
    });
    await addEverything(hub, shelter);
    // Another service of the same agency at the same place would give it away.
    const clinic = await listing(hub, { name: 'Harbor Legal Clinic', organizationId: shelter.organizationId });
    const siteId = newId();
    await insert(hub, 'service_at_location', { id: siteId, service_id: clinic.id, location_id: shelter.locationId });
    await rebuildSearch(asTask(hub.orm));
    const detail = `{ id phones { number } contacts { name } sites { id } openState { state } }`;
    const read = await anyone.gql(
      `query($id: ID!, $clinic: ID!, $agency: ID!) { service(id: $id) ${detail} clinic: service(id: $clinic) ${detail}
        organization(id: $agency) { locations { id } services { edges { node ${detail} } } } }`,
      { id: shelter.id, clinic: clinic.id, agency: shelter.organizationId },
    );
    expect(read.service).toMatchObject({ sites: [], contacts: [], phones: [{ number: '410-555-0101' }] });
    expect(read.clinic.sites).toEqual([]);
    expect(read.organization.locations).toEqual([]);
    const search = async (input: object) => {
      const query = `query($input: SearchServicesInput!) { searchServices(input: $input) { edges { node { service { id } distanceMiles
        latitude longitude site { id } servesArea explanation { name } } } } }`;
      return (await anyone.gql(query, { input })).searchServices.edges.map((edge: { node: unknown }) => edge.node);
    };
    const text = 'safe harbor';
    expect((await search({ text }))[0]).toMatchObject({ service: { id: shelter.id }, latitude: null, site: null });
    expect(await search({ text: 'hiddenville' })).toEqual([]);
    const [found] = await search({ text, near: { place: '21044', radiusMiles: 5 } });
    expect(found).toMatchObject({ service: { id: shelter.id }, distanceMiles: null, latitude: null, servesArea: true });
    // The agency's other service is at the secret place too: no distance is told.
    const [near] = await search({ text: 'legal clinic', near: { place: '21044' } });
    expect(near).toMatchObject({ service: { id: clinic.id }, distanceMiles: null, latitude: null });
    expect(await search({ text, near: { place: '10001', radiusMiles: 250 } })).toEqual([]);
  });
});

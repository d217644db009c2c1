import { afterAll, beforeAll, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { addEverything, listing } from '../listings.js';
import { act } from '../suggestions.js';
import { organization } from '../factories.js';
import { hsds } from '../hsds-client.js';
import { reindex } from '../../src/directory/search/index-services.js';
import { asTask } from '../../src/platform/database/operation.js';
import { findDuplicates } from '../../src/directory/duplicate/find-duplicates.js';

/*
 * Where a survivor is sheltered, through everything that keeps the directory true: it must not come out by a side door.
 */
let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
});
afterAll(() => hub.stop());

const LEAK = /Secretlane|Hiddenville|Elsewhere Rd|39\.2037|-76\.861/;

it('the place of a shelter comes out of no list, diff, history, letter, link, pair or count of the curation', async () => {
  const keeper = await curator(hub);
  const staff = await agencyStaff(hub);
  const [care, nobody, stranger] = [await careManager(hub), await anonymous(hub), await agencyStaff(hub)];
  const site = { address1: '1 Secretlane', city: 'Hiddenville', zip: '21044' };
  const shelter = await listing(hub, {
    organizationId: staff.organization.id,
    name: 'Safe Harbor',
    categories: ['intimate-partner-violence'],
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site,
    columns: { email: 'desk@example.org', assured_date: '2026-01-01', next_verification_on: '2026-02-01' },
  });
  await addEverything(hub, shelter);
  const twin = await listing(hub, { name: 'Safe Harbour', sensitivity: 'INTIMATE_PARTNER_VIOLENCE', site });
  const address = { address1: '2 Elsewhere Rd', city: 'Hiddenville', stateProvince: 'MD', postalCode: '21044' };
  await act(staff, 'correctService', { id: shelter.id, expectedVersion: 1, address }, 'service { id }');
  await act(care, 'suggestChange', { serviceId: shelter.id, changes: { address } }, 'suggestion { id }');
  await act(nobody, 'reportListing', { serviceId: shelter.id, signal: 'CLOSED' }, 'reported');
  await act(keeper, 'requestVerification', { serviceIds: [shelter.id] }, 'requests { id }');
  await hub.runJobs();
  await findDuplicates(asTask(hub.orm), hub.clock.now(), { from: 0 });
  const letter = hub.mail.letters.at(-1)?.text ?? '';
  const token = /#token=([\w-]+)/.exec(letter)?.[1] ?? '';
  const { suggestions } = await keeper.gql(
    'query ($id: ID) { suggestions(serviceId: $id, filter: CHANGES) { edges { node { id version } } } }',
    {
      id: shelter.id,
    },
  );
  for (const { node } of suggestions.edges.slice(0, 1)) {
    const [{ version }] = (await hub.sql<{ version: number }>('select version from hub.service where id = $1', [
      shelter.id,
    ])) as [{ version: number }];
    await act(
      keeper,
      'acceptSuggestion',
      { id: node.id, expectedVersion: node.version, serviceVersion: version },
      'suggestion { id }',
    );
  }
  const seen = async (who: Visitor): Promise<string> => {
    const asked = `query ($id: ID!, $token: String!) {
      service(id: $id) { name sites { id } fieldAges { group state by } history(first: 100) { edges { node { field previous replacement by } } } complaints
        merges { id } organization { locations { id addresses { address1 } } } }
      listingCheck(token: $token) { agency fields { key current } service { sites { id } } } }`;
    return JSON.stringify(await who.gql(asked, { id: shelter.id, token }));
  };
  for (const who of [nobody, care, stranger]) expect(await seen(who)).not.toMatch(LEAK);
  const open = 'query { suggestions(first: 100) { edges { node { fields { key current base suggested } notes } } } }';
  expect(JSON.stringify(await stranger.gql(open))).not.toMatch(LEAK);
  const { suggestions: own } = await hub
    .sql<{ id: string }>(`select id from hub.suggestion where source = 'CARE'`)
    .then(async ([row]) => ({
      suggestions: await care.gql(
        'query ($id: ID!) { suggestion(id: $id) { fields { key current base suggested withheld } } }',
        { id: row?.id },
      ),
    }));
  expect(JSON.stringify(own)).not.toMatch(LEAK);
  const desk = `query { curationQueue(filter: ALL, first: 100, county: "MD/Howard") { edges { node { name } } }
    duplicates(first: 100) { edges { node { score evidence { kind weight } first { id name sites { id } } second { id sites { id } } } } } }`;
  const queue = await keeper.gql(desk);
  expect(JSON.stringify(queue)).not.toMatch(LEAK);
  // The area it serves is public; the county of its door is not.
  expect(queue.curationQueue.edges.map((edge: { node: { name: string } }) => edge.node.name)).not.toContain(
    'Safe Harbour',
  );
  expect(JSON.stringify(queue.duplicates)).not.toMatch(/"(ADDRESS|NEAR|FAR)"/);
  expect(letter).not.toMatch(LEAK);
  const words = await hub.sql('select previous_value, replacement_value from hub.metadata where resource_id = $1', [
    shelter.id,
  ]);
  expect(JSON.stringify(words)).not.toMatch(LEAK);
  expect(
    JSON.stringify(
      await hub.sql('select key from hub.listing_key where service_id = any($1)', [[shelter.id, twin.id]]),
    ),
  ).not.toMatch(/secretlane|21044|:7840/);
});

it('nothing else that the agency lists at the shelter’s door tells where it is; another agency’s door stays open', async () => {
  const own = (await organization(hub)).id;
  const at = {
    address1: '77 Quietcourt Rd, Suite 2',
    city: 'Veiltown',
    zip: '21045',
    latitude: 39.3011,
    longitude: -76.8011,
  };
  const beside = { ...at, address1: '77 Quietcourt Road' };
  const shelter = await listing(hub, {
    organizationId: own,
    name: 'Nightfall House',
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site: at,
  });
  const sameStreet = await listing(hub, {
    organizationId: own,
    name: 'Speakers of Nightfall',
    site: { ...beside, latitude: 39.5, longitude: -76.5 },
  });
  const samePoint = await listing(hub, {
    organizationId: own,
    name: 'Groups of Nightfall',
    site: { ...at, address1: 'Corner of Veil St' },
  });
  const office = await listing(hub, {
    organizationId: own,
    name: 'Office of Nightfall',
    site: { address1: '5 Openplace', city: 'Columbia', zip: '21044', latitude: 39.21, longitude: -76.85 },
  });
  const other = await listing(hub, { name: 'Dentist upstairs', site: { ...at, address1: '77 Quietcourt Rd' } });
  const nobody = await anonymous(hub);
  const all = [shelter, sameStreet, samePoint, office, other].map(({ id }) => id);
  await asTask(hub.orm).write((em) => reindex(em, hub.app.platform.search, all));
  const asked =
    'query ($id: ID!) { service(id: $id) { sites { id location { latitude addresses { address1 } } } organization { locations { id latitude addresses { address1 } } } } }';
  const found = async (id: string) => JSON.stringify(await nobody.gql(asked, { id }));
  const door = /Quietcourt|Corner of Veil|39\.3011|39\.5,/;
  for (const { id } of [shelter, sameStreet, samePoint, office]) expect(await found(id)).not.toMatch(door);
  expect(await found(office.id)).toMatch(/Openplace/);
  expect(await found(other.id)).toMatch(/Quietcourt/);
  const { searchServices } = await nobody.gql(
    'query { searchServices(input: { text: "nightfall" }, first: 20) { edges { node { latitude distanceMiles service { name } site { id } } } } }',
  );
  const shown = searchServices.edges.map(({ node }: { node: { service: { name: string }; site: unknown } }) => [
    node.service.name,
    node.site !== null,
  ]);
  expect(new Map(shown)).toEqual(
    new Map([
      ['Nightfall House', false],
      ['Speakers of Nightfall', false],
      ['Groups of Nightfall', false],
      ['Office of Nightfall', true],
    ]),
  );
  const secret = [shelter, sameStreet, samePoint].flatMap((row) => [row.siteId, row.locationId]);
  for (const path of [
    `/services/${sameStreet.id}`,
    `/services?full=true&organization_id=${own}`,
    `/organizations/${own}`,
    '/service_at_locations?per_page=100',
  ]) {
    const { text } = await hsds(hub, path);
    expect([path, secret.filter((id) => text.includes(String(id)))]).toEqual([path, []]);
  }
  expect((await hsds(hub, '/service_at_locations?per_page=100')).text).toContain(String(other.siteId));
});

it('a shelter that is unmarked gives its agency’s other listings their door back', async () => {
  const keeper = await curator(hub);
  const own = (await organization(hub)).id;
  const site = { address1: '9 Duskmere Way', city: 'Veiltown', zip: '21046', latitude: 39.4, longitude: -76.7 };
  const court = await listing(hub, {
    organizationId: own,
    name: 'Duskmere Intake',
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    site,
  });
  const desk = await listing(hub, { organizationId: own, name: 'Duskmere Desk', site });
  await asTask(hub.orm).write((em) => reindex(em, hub.app.platform.search, [court.id, desk.id]));
  const places = () =>
    hub.sql<{ n: string; place: string | null }>(
      "select d.name as n, location_id as place from hub.search_document d join hub.service s on s.id = d.service_id where d.name like 'Duskmere%' order by 1",
    );
  expect((await places()).map(({ place }) => place)).toEqual([null, null]);
  await act(keeper, 'correctService', { id: court.id, expectedVersion: 1, confidential: false }, 'service { id }');
  await hub.runJobs();
  expect((await places()).every(({ place }) => place !== null)).toBe(true);
});

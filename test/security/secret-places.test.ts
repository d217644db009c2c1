import { afterAll, beforeAll, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Visitor } from '../actors.js';
import { testHub, type TestHub } from '../hub.js';
import { addEverything, listing } from '../listings.js';
import { act } from '../suggestions.js';
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

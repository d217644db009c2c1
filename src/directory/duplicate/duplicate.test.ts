import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Actor, type Visitor } from '../../../test/actors.js';
import { insert, organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { listing, type ListingRow } from '../../../test/listings.js';
import { pair, send } from '../../../test/referral-factories.js';
import { act, versionOf } from '../../../test/suggestions.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { findDuplicates } from './find-duplicates.js';

let hub: TestHub;
let keeper: Actor;
let nobody: Visitor;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z' });
  [keeper, nobody] = [await curator(hub), await anonymous(hub)];
});
afterAll(() => hub.stop());

const PAIRS = `query { duplicates(first: 100) { edges { node { id version score evidence { kind weight } first { id name } second { id name } } } } }`;
interface PairNode {
  id: string;
  version: number;
  score: number;
  evidence: { kind: string }[];
  first: { id: string };
  second: { id: string };
}
const pairsOf = async (id: string): Promise<PairNode[]> =>
  (await keeper.gql(PAIRS)).duplicates.edges
    .map((edge: { node: PairNode }) => edge.node)
    .filter(({ first, second }: PairNode) => first.id === id || second.id === id);
const find = () => findDuplicates(asTask(hub.orm), hub.clock.now());
const phone = (row: ListingRow, e164: string) =>
  insert(hub, 'phone', { id: newId(), service_id: row.id, number: e164, e164 });
const MERGE = 'merge { id kept { id name } merged { id } }';
const merge = async (keep: string, go: string, take: string[] = []) =>
  act(
    keeper,
    'mergeListings',
    {
      keepId: keep,
      keepVersion: await versionOf(keeper, keep),
      mergeId: go,
      mergeVersion: await versionOf(keeper, go),
      take,
    },
    MERGE,
  );

describe('looking for duplicates', () => {
  it('finds the same help listed twice, with what speaks for it and no value of it', async () => {
    const one = await listing(hub, {
      name: 'Harvest Table Food Pantry',
      site: { address1: '10 N. Main Street', zip: '21044' },
    });
    const two = await listing(hub, {
      name: 'Harvest Table Food Pantrys',
      site: { address1: '10 Main St, Suite 2', zip: '21044-1234' },
    });
    await phone(one, '+14105550190');
    await phone(two, '+14105550190');
    await find();
    const [found, ...more] = await pairsOf(one.id);
    expect(more).toEqual([]);
    expect([found?.first.id, found?.second.id].toSorted()).toEqual([one.id, two.id].toSorted());
    expect(found?.score).toBeGreaterThan(0.9);
    expect(found?.evidence.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['NAME', 'PHONE', 'ADDRESS']));
    expect(JSON.stringify(found?.evidence)).not.toMatch(/Main|2104|0190/);
  });

  it('tells branches and programmes of one agency apart', async () => {
    const { id: organizationId } = await organization(hub, { name: 'County Health Department' });
    const site = { address1: '5 Elm Ave', zip: '21201', latitude: 39.29, longitude: -76.61 };
    const far = { address1: '99 Oak Rd', zip: '21740', latitude: 39.64, longitude: -77.72 };
    const rows = [
      await listing(hub, { organizationId, name: 'County Health Department, Dental Care', site }),
      await listing(hub, { organizationId, name: 'County Health Department, Vaccines', site }),
      await listing(hub, { organizationId, name: 'Legal Help Desk, Somerset', site }),
      await listing(hub, { organizationId, name: 'Legal Help Desk, Worcester', site: far }),
      await listing(hub, { organizationId, name: 'Evening Meals', site }),
      await listing(hub, { organizationId, name: 'Evening Meals', site: far }),
    ];
    await find();
    for (const row of rows) expect(await pairsOf(row.id)).toEqual([]);
  });

  it('remembers that a pair is two, and forgets one that no longer looks alike', async () => {
    const site = { address1: '77 Pine St', zip: '21045' };
    const [one, two, three] = [
      await listing(hub, { name: 'Lighthouse Closet', site }),
      await listing(hub, { name: 'Lighthouse Closet', site }),
      await listing(hub, { name: 'Lighthouse Closets', site }),
    ];
    await find();
    const pairs = await pairsOf(one.id);
    expect(pairs).toHaveLength(2);
    const apart = pairs.find(({ first, second }) => [first.id, second.id].includes(two.id));
    const kept = await act(
      keeper,
      'keepApart',
      { id: apart?.id, expectedVersion: apart?.version, note: 'Men, women' },
      'duplicate { status version }',
    );
    expect(kept.data.duplicate).toMatchObject({ status: 'DIFFERENT' });
    expect(await pairsOf(two.id)).toHaveLength(1);
    const again = { id: apart?.id, expectedVersion: kept.data.duplicate.version };
    const back = await act(keeper, 'reopenDuplicate', again, 'duplicate { status version }');
    expect(back.data.duplicate).toMatchObject({ status: 'OPEN' });
    expect(await pairsOf(two.id)).toHaveLength(2);
    const twice = { id: apart?.id, expectedVersion: back.data.duplicate.version };
    expect((await act(keeper, 'reopenDuplicate', twice, 'duplicate { status }')).refused).toEqual(['NOT_KEPT_APART']);
    await act(keeper, 'keepApart', twice, 'duplicate { status }');
    await hub.sql(`update hub.service set name = 'Quilting Circle' where id = $1`, [three.id]);
    await find();
    expect(await pairsOf(one.id)).toEqual([]);
    await find();
    expect(await pairsOf(two.id)).toEqual([]);
  });

  it('runs after an import for what it changed, and nightly', async () => {
    const site = { address1: '3 Birch Ct', zip: '21045' };
    const one = await listing(hub, { name: 'Bridge to Work', site });
    await listing(hub, { name: 'Bridge to Work', site });
    await hub.sql(
      `select hub.enqueue('directory.find-duplicates', json_build_object('sinceMs', $1::bigint), run_at => '2026-01-01')`,
      [hub.clock.now().getTime() - 1000],
    );
    await hub.runJobs();
    expect(await pairsOf(one.id)).toHaveLength(1);
  });

  it('never meets by the place of a shelter, nor tells it', async () => {
    const secret = { address1: '1 Hidden Ln', city: 'Hiddenville', zip: '21046' };
    const one = await listing(hub, { name: 'Safe Harbor', sensitivity: 'INTIMATE_PARTNER_VIOLENCE', site: secret });
    const two = await listing(hub, { name: 'Safe Harbor House' });
    await insert(hub, 'service_at_location', { id: newId(), service_id: two.id, location_id: one.locationId });
    await find();
    const keys = await hub.sql('select key from hub.listing_key where service_id = any($1)', [[one.id, two.id]]);
    expect(JSON.stringify(keys)).not.toMatch(/hidden|21046/);
    const rows = await hub.sql(
      'select evidence from hub.duplicate_candidate where service_a = any($1) or service_b = any($1)',
      [[one.id, two.id]],
    );
    expect(JSON.stringify(rows)).not.toMatch(/ADDRESS|NEAR|FAR/);
  });
});

describe('a merge', () => {
  it('makes one listing of two that links, referrals, room and places follow, and is taken back whole', async () => {
    const between = await pair(hub);
    const referralId = await send(between);
    const gone = between.serviceId;
    const kept = await listing(hub, { name: 'Kept Pantry', site: true });
    const [location, site] = [newId(), newId()];
    await insert(hub, 'location', {
      id: location,
      organization_id: between.agency.organization.id,
      latitude: 39,
      longitude: -76,
    });
    await insert(hub, 'address', {
      id: newId(),
      location_id: location,
      address_1: '8 Other Rd',
      city: 'Laurel',
      state_province: 'MD',
      postal_code: '20707',
    });
    await insert(hub, 'service_at_location', { id: site, service_id: gone, location_id: location });
    await hub.sql(
      `update hub.service set fees_description = 'Free', capacity_status = 'WAITLIST', capacity_updated_at = $2 where id = $1`,
      [gone, hub.clock.now()],
    );
    await act(nobody, 'reportListing', { serviceId: gone, signal: 'CLOSED' }, 'reported');
    hub.clock.advance({ minutes: 1 });
    const before = await hub.sql(
      'select id, name, status, fees_description, capacity_status from hub.service where id = any($1) order by id',
      [[gone, kept.id]],
    );

    const { data, refused } = await merge(kept.id, gone, ['feesDescription']);
    expect(refused).toEqual([]);
    const read = `query ($id: ID!) { service(id: $id) { id name feesDescription capacity { status } sites { location { addresses { address1 } } } } }`;
    for (const id of [gone, kept.id]) {
      const { service } = await nobody.gql(read, { id });
      expect(service).toMatchObject({
        id: kept.id,
        name: 'Kept Pantry',
        feesDescription: 'Free',
        capacity: { status: 'WAITLIST' },
      });
      expect(
        service.sites
          .map((one: { location: { addresses: { address1: string }[] } }) => one.location.addresses[0]?.address1)
          .toSorted(),
      ).toEqual(['10 Main St', '8 Other Rd']);
    }
    const { referral } = await between.sender.gql('query ($id: ID!) { referral(id: $id) { service { id name } } }', {
      id: referralId,
    });
    expect(referral.service).toEqual({ id: kept.id, name: 'Kept Pantry' });
    expect(await hub.sql('select service_id from hub.referral where id = $1', [referralId])).toEqual([
      { service_id: gone },
    ]);
    const { suggestions } = await keeper.gql(
      'query ($id: ID) { suggestions(serviceId: $id) { edges { node { signal } } } }',
      { id: kept.id },
    );
    expect(suggestions.edges).toEqual([{ node: { signal: 'CLOSED' } }]);
    const listed = await keeper.gql(
      'query ($text: String) { curationQueue(filter: RETIRED, text: $text) { edges { node { id } } } }',
      { text: 'Pantry' },
    );
    expect(JSON.stringify(listed)).not.toContain(gone);

    hub.clock.advance({ minutes: 1 });
    const undone = await act(keeper, 'unmergeListings', { mergeId: data.merge.id }, 'merge { undoneAt }');
    expect(undone.refused).toEqual([]);
    expect(
      await hub.sql(
        'select id, name, status, fees_description, capacity_status from hub.service where id = any($1) order by id',
        [[gone, kept.id]],
      ),
    ).toEqual(before);
    expect((await nobody.gql(read, { id: gone })).service.id).toBe(gone);
    expect((await nobody.gql(read, { id: kept.id })).service.sites).toHaveLength(1);
    expect((await act(keeper, 'unmergeListings', { mergeId: data.merge.id }, 'merge { id }')).refused).toEqual([
      'ALREADY_UNDONE',
    ]);
  });

  it('leads on through several merges, and is taken back in any order that leaves no listing astray', async () => {
    const [a, b, c] = [
      await listing(hub, { name: 'A' }),
      await listing(hub, { name: 'B' }),
      await listing(hub, { name: 'C' }),
    ];
    const first = await merge(b.id, a.id);
    const second = await merge(c.id, b.id);
    const name = async (id: string) =>
      (await nobody.gql('query ($id: ID!) { service(id: $id) { name } }', { id })).service.name;
    expect(await Promise.all([a.id, b.id, c.id].map(name))).toEqual(['C', 'C', 'C']);
    const unmerge = (id: string) => act(keeper, 'unmergeListings', { mergeId: id }, 'merge { id }');
    expect((await unmerge(first.data.merge.id)).refused).toEqual(['CANNOT_UNDO']);
    await unmerge(second.data.merge.id);
    expect(await Promise.all([a.id, b.id, c.id].map(name))).toEqual(['B', 'B', 'C']);
    await unmerge(first.data.merge.id);
    expect(await Promise.all([a.id, b.id, c.id].map(name))).toEqual(['A', 'B', 'C']);
  });

  it('keeps what a curator changed since, when it is taken back', async () => {
    const [kept, gone] = [
      await listing(hub, { columns: { alert: 'Own' } }),
      await listing(hub, { columns: { alert: 'Theirs' } }),
    ];
    const { data } = await merge(kept.id, gone.id, ['alert']);
    hub.clock.advance({ minutes: 1 });
    await act(
      keeper,
      'correctService',
      { id: kept.id, expectedVersion: await versionOf(keeper, kept.id), alert: 'Later' },
      'service { id }',
    );
    await act(keeper, 'unmergeListings', { mergeId: data.merge.id }, 'merge { id }');
    expect(await hub.sql('select alert from hub.service where id = $1', [kept.id])).toEqual([{ alert: 'Later' }]);
  });

  it('is refused for one and the same, for what was not looked at, and where one place is secret', async () => {
    const [one, two] = [await listing(hub), await listing(hub)];
    const shelter = await listing(hub, { sensitivity: 'INTIMATE_PARTNER_VIOLENCE' });
    expect((await merge(one.id, one.id)).refused).toEqual(['SAME_LISTING']);
    expect((await merge(one.id, shelter.id)).refused).toEqual(['ONE_IS_SECRET']);
    expect((await merge(one.id, two.id, ['organizationId'])).refused).toEqual(['UNKNOWN_FIELD']);
    const merging = 'mutation ($input: MergeListingsInput!) { mergeListings(input: $input) { merge { id } } }';
    const input = { keepId: one.id, keepVersion: 1, mergeId: two.id, mergeVersion: 1 };
    expect(await keeper.codes(merging, { input: { ...input, mergeVersion: 7 } })).toEqual(['CONFLICT']);
    for (const who of [await agencyStaff(hub), await careManager(hub)]) {
      expect(await who.codes(merging, { input })).toEqual(['FORBIDDEN']);
      expect(await who.codes(PAIRS)).toEqual(['FORBIDDEN']);
    }
    expect(await nobody.codes(PAIRS)).toEqual(['UNAUTHENTICATED']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Actor, type Visitor } from '../../../test/actors.js';
import { organization } from '../../../test/factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../test/listings.js';
import { pair, send } from '../../../test/referral-factories.js';
import { act, versionOf } from '../../../test/suggestions.js';
import { useOf } from './use.js';

let hub: TestHub;
let keeper: Actor;
let staff: Actor;
let nobody: Visitor;

beforeAll(async () => {
  hub = await testHub({ now: '2026-11-20T15:00:00Z', env: { VERIFY_LETTERS: '2' } });
  [keeper, staff, nobody] = [await curator(hub), await agencyStaff(hub), await anonymous(hub)];
});
afterAll(() => hub.stop());

interface QueuePage {
  pageInfo: { endCursor: string | null };
  edges: { node: { name: string } }[];
}

const CHECK = `query ($token: String!) { listingCheck(token: $token) { agency expiresAt fields { key group current due }
  service { id name version sites { id } } } }`;
const own = async (more: object = {}): Promise<ListingRow> => {
  const row = await listing(hub, {
    organizationId: staff.organization.id,
    columns: { email: 'desk@example.org' },
    ...more,
  });
  hub.clock.advance({ minutes: 20 });
  return row;
};
/** Asks about a listing and returns the token that went out. */
async function ask(serviceId: string): Promise<string> {
  const before = hub.mail.letters.length;
  await act(keeper, 'requestVerification', { serviceIds: [serviceId] }, 'requests { email } withoutAddress { id }');
  await hub.runJobs();
  const [letter] = hub.mail.letters.slice(before);
  return /#token=([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
}
const answer = (token: string, more: object) =>
  act(
    nobody,
    'answerVerification',
    { token, confirmed: [], ...more },
    'service { version phones { number } capacity { status } freshness { assuredOn state verifiedBy } } waiting',
  );

describe('a letter that asks an agency to check its listing', () => {
  it('holds a link in two languages, whose token the database does not know', async () => {
    const row = await own({ name: 'Corner Pantry' });
    const token = await ask(row.id);
    const letter = hub.mail.letters.at(-1);
    expect(letter).toMatchObject({ to: 'desk@example.org', purpose: 'verification' });
    expect(letter?.text).toContain('“Corner Pantry”');
    expect(letter?.text).toContain('no necesita una cuenta');
    const kept = JSON.stringify(await hub.sql("select *, encode(token_hash, 'base64') from hub.verification_request"));
    expect(kept).not.toContain(token);
    expect(token).toMatch(/^[\w-]{43}$/);
  });

  it('says nothing of a service that tells what somebody suffers from', async () => {
    const row = await own({ name: 'Sober House', categories: ['homelessness'], sensitivity: 'SUBSTANCE_USE' });
    await ask(row.id);
    expect(hub.mail.letters.at(-1)?.text).not.toContain('Sober');
  });

  it('changes nothing when it is opened, however often', async () => {
    const row = await own();
    const token = await ask(row.id);
    const before = await hub.sql(
      'select s.*, r.answered_at from hub.service s join hub.verification_request r on r.service_id = s.id where s.id = $1',
      [row.id],
    );
    for (let n = 0; n < 4; n += 1) expect((await nobody.gql(CHECK, { token })).listingCheck.service.id).toBe(row.id);
    expect(
      await hub.sql(
        'select s.*, r.answered_at from hub.service s join hub.verification_request r on r.service_id = s.id where s.id = $1',
        [row.id],
      ),
    ).toEqual(before);
    // A mutation goes by POST alone: what a scanner opens is a page, and what a page opens is this query.
    const url = `${await hub.url()}/graphql?query=${encodeURIComponent(`mutation { answerVerification(input: { token: "${token}", confirmed: ["phone"] }) { waiting } }`)}`;
    expect((await fetch(url)).status).toBeGreaterThanOrEqual(400);
    expect(
      (await hub.sql('select answered_at from hub.verification_request where service_id = $1', [row.id]))[0],
    ).toEqual({ answered_at: null });
  });

  it('is answered field by field: plain at once, sensitive for a curator, with a history that can be undone', async () => {
    const row = await own({ name: 'Old Name', site: true });
    await addEverything(hub, row);
    const token = await ask(row.id);
    const { listingCheck } = await nobody.gql(CHECK, { token });
    const keys: string[] = listingCheck.fields.map((field: { key: string }) => field.key);
    expect(keys.slice(0, 3)).toEqual(['phone', 'hours', 'address']);
    expect(listingCheck.fields[2]).toMatchObject({
      group: 'PLACE',
      current: '10 Main St, Columbia, MD 21044',
      due: true,
    });
    const { data } = await answer(token, {
      confirmed: keys.filter((key) => !['phone', 'name'].includes(key)),
      changes: { phone: '(410) 555-0177', name: 'New Name' },
      room: { status: 'WAITLIST', note: 'Two weeks' },
    });
    expect(data).toMatchObject({
      waiting: ['name'],
      service: { phones: [{ number: '(410) 555-0177' }], capacity: { status: 'WAITLIST' } },
    });
    const asked = `query ($id: ID!) { service(id: $id) { name fieldAges { group assuredOn state via by } history { edges { node { id field via viewerCanUndo } } } } }`;
    const { service } = await keeper.gql(asked, { id: row.id });
    expect(service.name).toBe('Old Name');
    const today = '2026-11-20';
    expect(service.fieldAges).toEqual([
      ...['HOURS', 'CONTACT', 'ELIGIBILITY', 'PLACE'].map((group) => ({
        group,
        assuredOn: today,
        state: 'VERIFIED',
        via: 'LINK',
        by: staff.organization.name,
      })),
      { group: 'NAME', assuredOn: null, state: 'NEVER', via: null, by: null },
    ]);
    const { suggestions } = await keeper.gql(
      'query ($id: ID) { suggestions(serviceId: $id) { edges { node { source fields { key suggested } } } } }',
      { id: row.id },
    );
    expect(suggestions.edges).toEqual([{ node: { source: 'LINK', fields: [{ key: 'name', suggested: 'New Name' }] } }]);
    const phone = service.history.edges
      .map((edge: { node: { field: string } }) => edge.node)
      .find((one: { field: string }) => one.field === 'phones');
    expect(phone).toMatchObject({ via: 'LINK', viewerCanUndo: true });
    const undone = await act(
      keeper,
      'undoChange',
      { changeId: phone.id, expectedVersion: await versionOf(keeper, row.id) },
      'service { phones { number } }',
    );
    expect(undone.data.service.phones).toEqual([{ number: '410-555-0101' }]);
  });

  it('that confirms all of it assures the listing whole', async () => {
    const row = await own();
    const token = await ask(row.id);
    const { listingCheck } = await nobody.gql(CHECK, { token });
    const { data } = await answer(token, { confirmed: listingCheck.fields.map((field: { key: string }) => field.key) });
    expect(data.service.freshness).toEqual({
      assuredOn: '2026-11-20',
      state: 'VERIFIED',
      verifiedBy: staff.organization.name,
    });
  });

  it('takes nothing out of the directory: that it is over is a report', async () => {
    const row = await own();
    const token = await ask(row.id);
    await answer(token, { notOffered: true, note: 'Grant ended' });
    expect(await hub.sql('select status, complaints from hub.service where id = $1', [row.id])).toEqual([
      { status: 'active', complaints: 1 },
    ]);
    expect((await answer(token, { changes: { status: 'DEFUNCT' } })).refused).toEqual(['STATUS_NEEDS_CURATOR']);
  });

  it('has a link for one listing of one agency, that runs out, is called back by the next, and cannot be guessed', async () => {
    const row = await own();
    const first = await ask(row.id);
    const second = await ask(row.id);
    expect(await nobody.codes(CHECK, { token: first })).toEqual(['NOT_FOUND']);
    expect((await answer(first, { confirmed: ['phone'] })).refused).toEqual(['LINK_ENDED']);
    expect(await nobody.codes(CHECK, { token: 'a'.repeat(43) })).toEqual(['NOT_FOUND']);
    hub.clock.advance({ days: 31 });
    expect(await nobody.codes(CHECK, { token: second })).toEqual(['NOT_FOUND']);
    const moved = await ask(row.id);
    await hub.sql('update hub.service set organization_id = $2 where id = $1', [row.id, (await organization(hub)).id]);
    expect(await nobody.codes(CHECK, { token: moved })).toEqual(['NOT_FOUND']);
    const answering = 'mutation ($input: AnswerVerificationInput!) { answerVerification(input: $input) { waiting } }';
    expect(await nobody.codes(answering, { input: { token: moved, confirmed: ['phone'] } })).not.toEqual([]);
    const codes: string[] = [];
    for (let n = 0; n < 31; n += 1) codes.push(...(await nobody.codes(CHECK, { token: 'b'.repeat(43) })));
    expect(codes).toContain('RATE_LIMITED');
    hub.clock.advance({ hours: 1 });
  });

  it('never shows or asks for the place of a shelter, and is whole without it', async () => {
    const row = await own({
      categories: ['intimate-partner-violence'],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: { address1: '1 Secret Ln', city: 'Hiddenville' },
    });
    const token = await ask(row.id);
    expect(hub.mail.letters.at(-1)?.text).not.toMatch(/Secret|Hidden/);
    const { listingCheck } = await nobody.gql(CHECK, { token });
    expect(JSON.stringify(listingCheck)).not.toMatch(/Secret|Hidden|address/);
    expect(listingCheck.service.sites).toEqual([]);
    const { data } = await answer(token, { confirmed: listingCheck.fields.map((field: { key: string }) => field.key) });
    expect(data.service.freshness.state).toBe('VERIFIED');
  });

  it('is asked for by curators alone', async () => {
    const row = await own();
    const asking =
      'mutation ($input: RequestVerificationInput!) { requestVerification(input: $input) { requests { id } withoutAddress { id } } }';
    const input = { serviceIds: [row.id] };
    for (const who of [staff, await careManager(hub)]) {
      expect(await who.codes(asking, { input })).toEqual(['FORBIDDEN']);
    }
    expect(await nobody.codes(asking, { input })).toEqual(['UNAUTHENTICATED']);
    const silent = await listing(hub);
    const { requestVerification } = await keeper.gql(asking, { input: { serviceIds: [silent.id] } });
    expect(requestVerification).toEqual({ requests: [], withoutAddress: [{ id: silent.id }] });
    const last = 'query ($id: ID!) { service(id: $id) { lastRequest { email } } }';
    await ask(row.id);
    expect((await nobody.gql(last, { id: row.id })).service.lastRequest).toBeNull();
    expect((await staff.gql(last, { id: row.id })).service.lastRequest).toEqual({ email: 'desk@example.org' });
  });
});

describe('the nightly work', () => {
  it('asks about what is due: reported first, one letter an agency, as many as the settings say', async () => {
    const due = { email: 'a@example.org', assured_date: '2026-01-01', next_verification_on: '2026-07-01' };
    const [quiet, loud, other] = [
      await listing(hub, { columns: due }),
      await listing(hub, { columns: { ...due, complaints: 3, email: 'loud@example.org' } }),
      await listing(hub, { columns: { ...due, use_weight: 50, email: 'used@example.org' } }),
    ];
    await listing(hub, { organizationId: loud.organizationId, columns: due });
    await hub.sql(
      'update hub.service set next_verification_on = null where id not in ($1, $2, $3) and next_verification_on < current_date and organization_id <> $4',
      [quiet.id, loud.id, other.id, loud.organizationId],
    );
    await hub.sql(`select hub.enqueue('directory.ask-agencies')`);
    await hub.runJobs();
    await hub.runJobs();
    const sent = await hub.sql<{ service_id: string }>(
      'select service_id from hub.verification_request where created_by is null',
    );
    expect(sent.map((row) => row.service_id).toSorted()).toEqual([loud.id, other.id].toSorted());
    await hub.sql(`select hub.enqueue('directory.ask-agencies')`);
    await hub.runJobs();
    expect(await hub.sql('select 1 from hub.verification_request where created_by is null')).toHaveLength(4);
  });

  it('dates what an import left undated, and weighs what is used', async () => {
    const row = await listing(hub, { columns: { assured_date: '2026-11-01' } });
    const between = await pair(hub);
    await send(between);
    useOf(hub.platform).shown([row.id, row.id]);
    await nobody.gql('query ($id: ID!) { service(id: $id) { id } }', { id: row.id });
    await useOf(hub.platform).write(hub.orm, hub.clock.now());
    await hub.runJobs();
    await hub.sql(`select hub.enqueue('directory.due-days'), hub.enqueue('directory.weigh-use')`);
    await hub.runJobs();
    expect(
      await hub.sql('select next_verification_on::text as due, use_weight from hub.service where id = $1', [row.id]),
    ).toEqual([{ due: '2027-04-30', use_weight: 5 }]);
    expect(await hub.sql('select use_weight from hub.service where id = $1', [between.serviceId])).toEqual([
      { use_weight: 20 },
    ]);
  });
});

describe('the verification queue', () => {
  it('is ordered by due day, complaints or use, paged by key, and narrowed to a county or an agency', async () => {
    const { id: organizationId } = await organization(hub, { name: 'Queue House' });
    const make = (name: string, columns: object, more: object = {}) =>
      listing(hub, { organizationId, name, columns: columns as Record<string, unknown>, ...more });
    const assured = { assured_date: '2026-01-01' };
    await make('A', { ...assured, next_verification_on: '2026-03-01', use_weight: 1 }, { site: true });
    await make('B', { ...assured, next_verification_on: '2026-02-01', complaints: 2, use_weight: 9 });
    await make(
      'C',
      { ...assured, next_verification_on: '2026-04-01', complaints: 5 },
      { covers: ['county:MD/Howard'] },
    );
    await make(
      'Secret',
      { ...assured, next_verification_on: '2026-05-01' },
      { site: { address1: '9 Quiet Way', latitude: 39.3, longitude: -76.9 }, sensitivity: 'INTIMATE_PARTNER_VIOLENCE' },
    );
    const query = `query ($filter: CurationFilter, $order: CurationOrder, $county: String, $organizationId: ID, $first: Int, $after: String) {
      curationQueue(filter: $filter, order: $order, county: $county, organizationId: $organizationId, first: $first, after: $after) {
        pageInfo { endCursor hasNextPage } edges { node { name } } } }`;
    const names = async (variables: object) =>
      (await keeper.gql(query, { organizationId, ...variables })).curationQueue.edges.map(
        (edge: { node: { name: string } }) => edge.node.name,
      );
    expect(await names({})).toEqual(['B', 'A', 'C', 'Secret']);
    expect(await names({ order: 'USE' })).toEqual(expect.arrayContaining(['B', 'A']));
    expect((await names({ order: 'USE' })).slice(0, 2)).toEqual(['B', 'A']);
    expect(await names({ filter: 'REPORTED' })).toEqual(['C', 'B']);
    expect(await names({ county: 'MD/Howard' })).toEqual(['A', 'C']);
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 4; page += 1) {
      const { curationQueue }: { curationQueue: QueuePage } = await keeper.gql(query, {
        organizationId,
        order: 'COMPLAINTS',
        first: 1,
        after,
      });
      seen.push(...curationQueue.edges.map((edge) => edge.node.name));
      after = curationQueue.pageInfo.endCursor;
    }
    expect(seen.slice(0, 2)).toEqual(['C', 'B']);
    expect(new Set(seen).size).toBe(4);
    expect(await keeper.codes(query, { county: 'Howard' })).toEqual(['BAD_USER_INPUT']);
  });
});

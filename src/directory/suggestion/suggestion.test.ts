import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor, type Visitor } from '../../../test/actors.js';
import { type TestHub } from '../../../test/hub.js';
import { pair, send, take } from '../../../test/referral-factories.js';
import { act, DIFF, listingDesk, olderListing } from '../../../test/suggestions.js';

let hub: TestHub;
let keeper: Actor;
let staff: Actor;
let care: Actor;
let nobody: Visitor;

beforeAll(async () => {
  ({ hub, keeper, staff, care, nobody } = await listingDesk());
});
afterAll(() => hub.stop());

const own = (more: object = {}) => olderListing(hub, staff, more);

describe('what an agency says of its own listing', () => {
  it('counts at once where it is plain, and waits for a curator where it is sensitive', async () => {
    const row = await own();
    const input = { id: row.id, expectedVersion: 1, name: 'New Name', phone: '(410) 555-0144', minimumAge: 60 };
    const { data } = await act(staff, 'correctService', input, `service { name version phones { number } } ${DIFF}`);
    expect(data.service).toEqual({ name: 'Old Name', version: 2, phones: [{ number: '(410) 555-0144' }] });
    expect(data.suggestion).toMatchObject({ status: 'OPEN', source: 'AGENCY', signal: null });
    expect(data.suggestion.fields).toEqual([
      {
        key: 'name',
        field: 'name',
        current: 'Old Name',
        base: 'Old Name',
        suggested: 'New Name',
        changedSince: false,
        withheld: false,
      },
      {
        key: 'minimumAge',
        field: 'minimum_age',
        current: '',
        base: '',
        suggested: '60',
        changedSince: false,
        withheld: false,
      },
    ]);
    const accepted = await act(
      keeper,
      'acceptSuggestion',
      { id: data.suggestion.id, expectedVersion: 1, serviceVersion: 2, fields: ['name'] },
      'suggestion { status service { name minimumAge } }',
    );
    expect(accepted.data.suggestion).toEqual({ status: 'ACCEPTED', service: { name: 'New Name', minimumAge: null } });
  });

  it('is one suggestion until it is decided, and nothing when nothing differs', async () => {
    const row = await own();
    const correct = async (name: string) =>
      (await act(staff, 'correctService', { id: row.id, expectedVersion: 1, name }, DIFF)).data.suggestion;
    expect(await correct('Old Name')).toBeNull();
    const [first, second] = [await correct('One'), await correct('Two')];
    expect(second.id).toBe(first.id);
    expect(second.fields).toMatchObject([{ suggested: 'Two', base: 'Old Name' }]);
  });
});

describe('a suggestion', () => {
  it('made against an older version shows what changed since, and is accepted only as it was looked at', async () => {
    const row = await own();
    const { data } = await act(
      care,
      'suggestChange',
      {
        serviceId: row.id,
        changes: { phone: '(410) 555-0150', url: 'https://example.org/new' },
        note: 'I called them.',
      },
      DIFF,
    );
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 1, phone: '(410) 555-0151' }, 'service { id }');
    const { suggestion } = await keeper.gql(
      `query ($id: ID!) { ${DIFF.replace('suggestion', 'suggestion(id: $id)')} }`,
      {
        id: data.suggestion.id,
      },
    );
    expect(suggestion.fields).toMatchObject([
      { key: 'phone', current: '(410) 555-0151', base: '', suggested: '(410) 555-0150', changedSince: true },
      { key: 'url', current: '', changedSince: false },
    ]);
    const accept = { id: suggestion.id, expectedVersion: 1, fields: ['url'] };
    const accepting = `mutation ($input: AcceptSuggestionInput!) { acceptSuggestion(input: $input) { suggestion { id } } }`;
    expect(await keeper.codes(accepting, { input: { ...accept, serviceVersion: 1 } })).toEqual(['CONFLICT']);
    expect(await care.codes(accepting, { input: { ...accept, serviceVersion: 2 } })).toEqual(['FORBIDDEN']);
    expect(await keeper.codes(accepting, { input: { ...accept, serviceVersion: 2 } })).toEqual([]);
    const again = await act(keeper, 'acceptSuggestion', { ...accept, serviceVersion: 3 }, 'suggestion { id }');
    expect(again.refused).toEqual(['ALREADY_DECIDED']);
    expect(
      (await care.gql('query ($id: ID!) { suggestion(id: $id) { status } }', { id: suggestion.id })).suggestion,
    ).toEqual({
      status: 'ACCEPTED',
    });
  });

  it('is seen by curators, by the agency it is about and by who made it: mine, my partner’s, a stranger’s', async () => {
    const row = await own();
    const stranger = await agencyStaff(hub);
    const otherCare = await careManager(hub);
    const { data } = await act(care, 'suggestChange', { serviceId: row.id, changes: { alert: 'Moved' } }, DIFF);
    const read = 'query ($id: ID!) { suggestion(id: $id) { id } }';
    for (const who of [keeper, staff, care]) expect(await who.codes(read, { id: data.suggestion.id })).toEqual([]);
    for (const who of [stranger, otherCare]) {
      expect(await who.codes(read, { id: data.suggestion.id })).toEqual(['NOT_FOUND']);
    }
    expect(await nobody.codes(read, { id: data.suggestion.id })).toEqual(['UNAUTHENTICATED']);
    const list = 'query ($id: ID) { suggestions(serviceId: $id) { edges { node { id } } } }';
    expect((await staff.gql(list, { id: row.id })).suggestions.edges).toHaveLength(1);
    expect((await stranger.gql(list, { id: row.id })).suggestions.edges).toEqual([]);
    const rejected = await act(
      keeper,
      'rejectSuggestion',
      { id: data.suggestion.id, expectedVersion: 1, note: 'They have not.' },
      'suggestion { status decisionNote }',
    );
    expect(rejected.data.suggestion).toEqual({ status: 'REJECTED', decisionNote: 'They have not.' });
  });

  it('that was turned down by a slip waits again, once, for curators alone, and not beside another one that says the same', async () => {
    const row = await own();
    const asked = { serviceId: row.id, signal: 'CLOSED' };
    await act(nobody, 'reportListing', asked, 'reported');
    await act(care, 'reportListing', asked, 'reported');
    const list = `query ($id: ID, $filter: SuggestionFilter) { suggestions(serviceId: $id, filter: $filter) { edges { node { id version evidence } } } }`;
    const find = async (filter: string) => (await keeper.gql(list, { id: row.id, filter })).suggestions.edges[0]?.node;
    const complaints = async () =>
      (await keeper.gql('query ($id: ID!) { service(id: $id) { complaints } }', { id: row.id })).service.complaints;
    const { id } = await find('OPEN');
    const reopen = `mutation ($input: ReopenSuggestionInput!) { reopenSuggestion(input: $input) { suggestion { id } userErrors { code } } }`;
    const early = await act(
      keeper,
      'reopenSuggestion',
      { id, expectedVersion: (await find('OPEN')).version },
      'suggestion { id }',
    );
    expect(early.refused).toEqual(['NOT_REJECTED']);
    await act(keeper, 'rejectSuggestion', { id, expectedVersion: (await find('OPEN')).version }, 'suggestion { id }');
    expect(await complaints()).toBe(0);
    const { version } = await find('DECIDED');
    for (const who of [care, staff, nobody]) {
      expect(await who.codes(reopen, { input: { id, expectedVersion: version } })).not.toEqual([]);
    }
    expect(await keeper.codes(reopen, { input: { id, expectedVersion: version - 1 } })).toEqual(['CONFLICT']);
    const again = await act(
      keeper,
      'reopenSuggestion',
      { id, expectedVersion: version },
      'suggestion { status decisionNote evidence }',
    );
    expect(again.data.suggestion).toEqual({ status: 'OPEN', decisionNote: null, evidence: 2 });
    expect(await complaints()).toBe(2);
    await act(keeper, 'rejectSuggestion', { id, expectedVersion: (await find('OPEN')).version }, 'suggestion { id }');
    await act(nobody, 'reportListing', asked, 'reported');
    const late = { id, expectedVersion: (await find('DECIDED')).version };
    expect((await act(keeper, 'reopenSuggestion', late, 'suggestion { id }')).refused).toEqual(['OPEN_AGAIN']);
  });
});

describe('a report', () => {
  const report = (who: Visitor, serviceId: string, signal: string, note?: string) =>
    act(who, 'reportListing', { serviceId, signal, note }, 'reported');
  const open = async (id: string) =>
    (
      await keeper.gql(
        `query ($id: ID) { suggestions(serviceId: $id) { edges { node { id version signal source evidence notes evidenceBySource { source count }
          fields { key suggested } service { version } } } } }`,
        { id },
      )
    ).suggestions.edges.map((edge: { node: object }) => edge.node);

  it('by anyone opens one suggestion that others join, each counted once, and changes nothing', async () => {
    const row = await own();
    await report(nobody, row.id, 'WRONG_NUMBER', 'Rings at a bakery');
    await report(nobody, row.id, 'WRONG_NUMBER');
    await report(care, row.id, 'WRONG_NUMBER');
    expect(await open(row.id)).toMatchObject([
      {
        signal: 'WRONG_NUMBER',
        source: 'PUBLIC',
        evidence: 2,
        notes: ['Rings at a bakery'],
        evidenceBySource: [
          { source: 'CARE', count: 1 },
          { source: 'PUBLIC', count: 1 },
        ],
        fields: [],
      },
    ]);
    expect(await hub.sql('select version, status, complaints from hub.service where id = $1', [row.id])).toEqual([
      { version: 1, status: 'active', complaints: 2 },
    ]);
    const [{ id, version }] = await open(row.id);
    const accept = { id, expectedVersion: version, serviceVersion: 1 };
    expect((await act(keeper, 'acceptSuggestion', accept, 'suggestion { id }')).refused).toEqual(['NOTHING_TO_CHANGE']);
    const right = { ...accept, changes: { phone: '(410) 555-0155' } };
    expect((await act(keeper, 'acceptSuggestion', right, 'suggestion { status }')).data.suggestion.status).toBe(
      'ACCEPTED',
    );
    expect(await hub.sql('select complaints from hub.service where id = $1', [row.id])).toEqual([{ complaints: 0 }]);
  });

  it('says what it would change, needs words for anything else, and is limited', async () => {
    const row = await own();
    expect((await report(nobody, row.id, 'OTHER')).refused).toEqual(['REQUIRED']);
    await report(nobody, row.id, 'CLOSED');
    expect(await open(row.id)).toMatchObject([{ fields: [{ key: 'status', suggested: 'inactive' }] }]);
    const asking = 'mutation ($input: ReportListingInput!) { reportListing(input: $input) { reported } }';
    expect(await nobody.codes(asking, { input: { serviceId: row.id, signal: 'WRONG_AREA' } })).toEqual([
      'BAD_USER_INPUT',
    ]);
    const codes: string[] = [];
    for (let n = 0; n < 20; n += 1) {
      codes.push(...(await nobody.codes(asking, { input: { serviceId: row.id, signal: 'CLOSED' } })));
    }
    expect(codes).toContain('RATE_LIMITED');
    hub.clock.advance({ hours: 2 });
  });

  it('comes from a declined and a failed referral, and does not say from which', async () => {
    const between = await pair(hub);
    const first = await send(between);
    await take(between.agency, 'declineReferral', first, { reasonCode: 'NO_CAPACITY', reason: '' });
    const other = await pair(hub, { agency: between.agency, serviceId: between.serviceId });
    const second = await send(other);
    await take(other.agency, 'acceptReferral', second);
    await take(other.agency, 'failReferral', second, { reasonCode: 'NO_FUNDS', reason: '' });
    await hub.runJobs();
    await hub.runJobs();
    const [suggestion] = await open(between.serviceId);
    expect(suggestion).toMatchObject({
      signal: 'NO_ROOM',
      source: 'REFERRAL',
      evidence: 2,
      fields: [{ key: 'capacity', suggested: 'NO_CAPACITY' }],
    });
    const kept = JSON.stringify(await hub.sql('select * from hub.suggestion_evidence'));
    for (const id of [first, second, between.patientId]) expect(kept).not.toContain(id);
    const accept = {
      id: suggestion.id,
      expectedVersion: suggestion.version,
      serviceVersion: suggestion.service.version,
    };
    const accepted = await act(keeper, 'acceptSuggestion', accept, 'suggestion { service { capacity { status } } }');
    expect(accepted.data.suggestion.service.capacity.status).toBe('NO_CAPACITY');
  });
});

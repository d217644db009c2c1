import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, curator, type Actor, type Visitor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../test/listings.js';
import { pair, send, take } from '../../../test/referral-factories.js';
import { act, versionOf } from '../../../test/suggestions.js';

const DIFF =
  'suggestion { id version status source signal evidence fields { key field current base suggested changedSince withheld } }';
const HISTORY = `query ($id: ID!) { service(id: $id) { name version history { edges { node { id field previous replacement action via undone viewerCanUndo } } } } }`;

let hub: TestHub;
let keeper: Actor;
let staff: Actor;
let care: Actor;
let nobody: Visitor;

beforeAll(async () => {
  hub = await testHub({ now: '2026-11-22T15:00:00Z' });
  [keeper, staff, care, nobody] = [
    await curator(hub),
    await agencyStaff(hub),
    await careManager(hub),
    await anonymous(hub),
  ];
});
afterAll(() => hub.stop());

/** A listing of the agency, made some minutes ago. */
const own = async (more: object = {}): Promise<ListingRow> => {
  const row = await listing(hub, {
    organizationId: staff.organization.id,
    name: 'Old Name',
    ...more,
  });
  hub.clock.advance({ minutes: 5 });
  return row;
};
const history = async (who: Visitor, id: string) =>
  (await who.gql(HISTORY, { id })).service.history.edges.map((edge: { node: object }) => edge.node);

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

describe('the history', () => {
  it('takes back any change: a name, hours with their odd rules, a number, an address, a confirmation, room', async () => {
    const row = await own({ site: true, columns: { assured_date: '2026-01-05', next_verification_on: '2026-07-04' } });
    await addEverything(hub, row);
    await hub.sql(
      `update hub.schedule set freq = 'MONTHLY', byday = '2MO', notes = 'By appointment' where service_id = $1`,
      [row.id],
    );
    const address = { address1: '9 New St', city: 'Columbia', stateProvince: 'Maryland', postalCode: '21045' };
    const correct = {
      id: row.id,
      expectedVersion: 1,
      name: 'New Name',
      phone: '(410) 555-0160',
      hours: [{ days: ['TU'], opensAt: '10:00', closesAt: '12:00' }],
      address,
    };
    await act(keeper, 'correctService', correct, 'service { id }');
    await act(keeper, 'verifyService', { id: row.id, expectedVersion: 2 }, 'service { id }');
    await act(
      keeper,
      'setCapacity',
      { id: row.id, status: 'UNKNOWN', units: [{ unit: 'bed', available: 0, maximum: 8 }] },
      'service { id }',
    );
    const asked = `query ($id: ID!) { service(id: $id) { name version phones { number } schedules { freq byday notes } capacity { status }
      capacities { unit available maximum } freshness { assuredOn dueOn } sites { location { latitude addresses { address1 postalCode } } } } }`;
    expect((await nobody.gql(asked, { id: row.id })).service).toMatchObject({
      name: 'New Name',
      schedules: [{ freq: 'WEEKLY', byday: 'TU' }],
      capacity: { status: 'NO_CAPACITY' },
      capacities: [{ unit: 'Bed', available: 0, maximum: 8 }],
      freshness: { assuredOn: '2026-11-22', dueOn: '2027-05-21' },
      sites: [{ location: { latitude: null, addresses: [{ address1: '9 New St', postalCode: '21045' }] } }],
    });
    const lines = await history(keeper, row.id);
    expect(lines.find((line: { field: string }) => line.field === 'address')).toMatchObject({
      previous: '10 Main St, Columbia, MD 21044',
      replacement: '9 New St, Columbia, MD 21045',
      via: 'CURATOR',
    });
    expect((await history(nobody, row.id)).some((line: { viewerCanUndo: boolean }) => line.viewerCanUndo)).toBe(false);
    for (const { id, viewerCanUndo } of lines) {
      if (!viewerCanUndo) continue;
      const undone = await act(
        keeper,
        'undoChange',
        { changeId: id, expectedVersion: await versionOf(keeper, row.id) },
        'service { id }',
      );
      expect(undone.refused).toEqual([]);
    }
    expect((await nobody.gql(asked, { id: row.id })).service).toMatchObject({
      name: 'Old Name',
      phones: [{ number: '410-555-0101' }],
      schedules: [{ freq: 'MONTHLY', byday: '2MO', notes: 'By appointment' }],
      capacity: { status: 'UNKNOWN' },
      capacities: [{ unit: 'Bed', available: 3 }],
      freshness: { assuredOn: '2026-01-05', dueOn: '2026-07-04' },
      sites: [{ location: { latitude: 39.2037, addresses: [{ address1: '10 Main St', postalCode: '21044' }] } }],
    });
    // Taking back is a change, and can be taken back.
    const back = (await history(keeper, row.id)).find(
      (line: { field: string; action: string }) => line.field === 'name' && line.action === 'undo',
    );
    await act(
      keeper,
      'undoChange',
      { changeId: back.id, expectedVersion: await versionOf(keeper, row.id) },
      'service { id }',
    );
    expect((await nobody.gql(asked, { id: row.id })).service.name).toBe('New Name');
  });

  it('lets an agency take back what is plain and its own, and refuses what was not looked at', async () => {
    const row = await own();
    await act(staff, 'correctService', { id: row.id, expectedVersion: 1, alert: 'Closed today' }, 'service { id }');
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 2, name: 'Other' }, 'service { id }');
    const [name, alert] = await history(staff, row.id);
    expect([name.viewerCanUndo, alert.viewerCanUndo]).toEqual([false, true]);
    const undo = (who: Actor, changeId: string, expectedVersion: number) =>
      act(who, 'undoChange', { changeId, expectedVersion }, 'service { alert }');
    expect((await undo(staff, name.id, 3)).refused).toEqual(['NEEDS_CURATOR']);
    const undoing = 'mutation ($input: UndoChangeInput!) { undoChange(input: $input) { service { id } } }';
    const stranger = await agencyStaff(hub);
    expect(await stranger.codes(undoing, { input: { changeId: alert.id, expectedVersion: 3 } })).toEqual(['FORBIDDEN']);
    expect(await staff.codes(undoing, { input: { changeId: alert.id, expectedVersion: 2 } })).toEqual(['CONFLICT']);
    expect((await undo(staff, alert.id, 3)).data.service).toEqual({ alert: null });
  });
});

describe('a place that must stay secret', () => {
  it('stands in no diff and no history but for those who keep the listing', async () => {
    const row = await own({
      categories: ['intimate-partner-violence'],
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      site: { address1: '1 Secret Ln', city: 'Hiddenville' },
    });
    const address = { address1: '2 Hidden Rd', city: 'Elsewhere', stateProvince: 'MD', postalCode: '21044' };
    const { data } = await act(care, 'suggestChange', { serviceId: row.id, changes: { address } }, DIFF);
    expect(data.suggestion.fields).toMatchObject([
      { key: 'address', current: null, base: null, suggested: null, withheld: true },
    ]);
    const seen = await keeper.gql(`query ($id: ID!) { ${DIFF.replace('suggestion', 'suggestion(id: $id)')} }`, {
      id: data.suggestion.id,
    });
    expect(seen.suggestion.fields).toMatchObject([{ current: '1 Secret Ln, Hiddenville, MD 21044', withheld: false }]);
    const accept = { id: data.suggestion.id, expectedVersion: 1, serviceVersion: 1 };
    await act(keeper, 'acceptSuggestion', accept, 'suggestion { id }');
    for (const who of [nobody, care, await agencyStaff(hub)]) {
      expect(JSON.stringify(await history(who, row.id))).not.toMatch(/Secret|Hidden|Elsewhere|2104/);
    }
    expect(JSON.stringify(await history(keeper, row.id))).toContain('2 Hidden Rd');
    const words = await hub.sql('select previous_value, replacement_value from hub.metadata where resource_id = $1', [
      row.id,
    ]);
    expect(JSON.stringify(words)).not.toMatch(/Secret|Hidden/);
  });

  it('is hidden in what was written before it became secret', async () => {
    const row = await own({ site: true });
    const address = { address1: '7 Plain St', city: 'Columbia', stateProvince: 'MD', postalCode: '21044' };
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 1, address }, 'service { id }');
    expect(JSON.stringify(await history(nobody, row.id))).toContain('7 Plain St');
    await act(keeper, 'correctService', { id: row.id, expectedVersion: 2, confidential: true }, 'service { id }');
    expect(JSON.stringify(await history(nobody, row.id))).not.toContain('Plain St');
  });
});

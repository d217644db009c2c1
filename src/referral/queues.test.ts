import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, careSupervisor, type Actor } from '../../test/actors.js';
import { assignment, need } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { InboxQueue } from './referral.enums.js';

let hub: TestHub;
const monday = '2026-11-16T15:00:00Z';
beforeAll(async () => {
  hub = await testHub({ now: monday });
});
afterAll(() => hub.stop());

const INBOX = `query ($queue: InboxQueue, $first: Int, $after: String) { inbox(filter: { queue: $queue }, first: $first, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { id overdue } } } }`;
const SENT = `query ($filter: ReferralFilter, $first: Int, $after: String) { referrals(filter: $filter, first: $first, after: $after) {
  pageInfo { hasNextPage endCursor } edges { node { id } } } }`;
interface Page {
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: { node: { id: string } }[];
}
const ids = (page: Page): string[] => page.edges.map((edge) => edge.node.id);
const inbox = async (actor: Actor, queue?: string) => ids((await actor.gql(INBOX, { queue })).inbox);
const sent = async (actor: Actor, filter: object) => ids((await actor.gql(SENT, { filter })).referrals);
const counts = async (actor: Actor) => (await actor.gql('{ inboxCounts { new overdue waiting inWork } }')).inboxCounts;
const why = { reasonCode: 'OTHER', reason: 'x' };

/** One referral in every state that a queue tells apart, by name; the clock ends on Thursday morning. */
async function everyState(between: Pair) {
  const { agency, sender } = between;
  const made = async (steps: [Actor, string, object?][], given: object = {}) => {
    const id = await send(await pair(hub, between), { ...given });
    for (const [actor, mutation, input] of steps) {
      const { refused } = await take(actor, mutation, id, { ...input });
      if (refused.length > 0) throw new Error(refused.join());
    }
    hub.clock.advance({ minutes: 1 });
    return id;
  };
  hub.clock.set(monday);
  const accept: [Actor, string] = [agency, 'acceptReferral'];
  const complete: [Actor, string, object] = [agency, 'completeReferral', { outcome: 'HELP_RECEIVED' }];
  const states = {
    late: await made([]),
    accepted: await made([accept]),
    started: await made([accept, [agency, 'startReferral']]),
    held: await made([accept, [agency, 'holdReferral', why]]),
    completed: await made([accept, complete]),
    confirmed: await made([
      accept,
      complete,
      [sender, 'confirmReferralOutcome', { confirmation: 'HELPED', needMet: true }],
    ]),
    declined: await made([[agency, 'declineReferral', why]]),
    failed: await made([accept, [agency, 'failReferral', why]]),
    cancelled: await made([[sender, 'cancelReferral', why]]),
    mistaken: await made([[sender, 'withdrawReferralInError', { reason: 'x' }]]),
    urgentLate: await made([], { priority: 'URGENT' }),
  };
  hub.clock.set('2026-11-19T14:00:00Z');
  const fresh = { new: await made([]) };
  await hub.runJobs();
  return { ...states, ...fresh };
}

describe('the queues', () => {
  let between: Pair;
  let state: Awaited<ReturnType<typeof everyState>>;
  beforeAll(async () => {
    between = await pair(hub);
    state = await everyState(between);
  }, 60_000);

  it('of an agency hold each open referral once, who waits longest first, and the counts agree', async () => {
    const { agency } = between;
    expect(await inbox(agency, 'NEW')).toEqual([state.new]);
    expect(await inbox(agency, 'OVERDUE')).toEqual([state.urgentLate, state.late]);
    expect(await inbox(agency, 'WAITING')).toEqual([state.held]);
    expect(await inbox(agency, 'IN_WORK')).toEqual([state.accepted, state.started]);
    expect(await counts(agency)).toEqual({ new: 1, overdue: 2, waiting: 1, inWork: 2 });
  });

  it('of an agency hold what is done, newest first, and all but what was sent in error', async () => {
    const { agency } = between;
    expect(await inbox(agency, 'DONE')).toEqual([
      state.cancelled,
      state.failed,
      state.declined,
      state.confirmed,
      state.completed,
    ]);
    const all = Object.entries(state).filter(([name]) => name !== 'mistaken');
    expect((await inbox(agency)).toSorted()).toEqual(all.map(([, id]) => id).toSorted());
  });

  it('of a care organization put stuck ones first', async () => {
    const { sender } = between;
    expect(await sent(sender, { queue: 'STUCK' })).toEqual([state.urgentLate, state.late]);
    expect(await sent(sender, {})).toEqual([
      state.urgentLate,
      state.late,
      state.new,
      state.accepted,
      state.started,
      state.held,
    ]);
    expect(await sent(sender, { queue: 'TO_CONFIRM' })).toEqual([state.completed]);
    expect(await sent(sender, { queue: 'DECLINED' })).toEqual([state.failed, state.declined]);
    expect(await sent(sender, { queue: 'CLOSED' })).toEqual([
      state.cancelled,
      state.failed,
      state.declined,
      state.confirmed,
      state.completed,
    ]);
    expect(await sent(sender, { queue: 'ALL' })).toHaveLength(Object.keys(state).length);
  });

  it('of a care organization are narrowed to a patient, and to what the viewer sent', async () => {
    const { sender } = between;
    const [row] = await hub.sql<{ patient_id: string }>('select patient_id from hub.referral where id = $1', [
      state.late,
    ]);
    expect(await sent(sender, { queue: 'ALL', patientId: row?.patient_id })).toEqual([state.late]);
    const colleague = await careManager(hub, { organization: sender.organization });
    const theirs = await send(await pair(hub, { ...between, sender: colleague }));
    expect(await sent(colleague, { queue: 'ALL', mine: true })).toEqual([theirs]);
    expect(await sent(sender, { queue: 'ALL', mine: true })).not.toContain(theirs);
    await take(colleague, 'cancelReferral', theirs, why);
  });

  it('meet every row once in pages, from the front and through what is added meanwhile', async () => {
    const { agency } = between;
    for (const queue of Object.keys(InboxQueue)) {
      const whole = await inbox(agency, queue);
      const met: string[] = [];
      for (let after: string | null = null; ;) {
        const page: Page = (await agency.gql(INBOX, { queue, first: 2, after })).inbox;
        met.push(...ids(page));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect([queue, met]).toEqual([queue, whole]);
    }
    const { pageInfo } = (await agency.gql(INBOX, { queue: 'DONE', first: 1 })).inbox;
    expect(await agency.codes(INBOX, { queue: 'NEW', after: pageInfo.endCursor })).toEqual(['BAD_USER_INPUT']);
  });

  const DESK = `{ today { counts { overdueReferrals toConfirm declined }
    needsAnswer { id } overdueReferrals { id } toConfirm { id } } }`;
  const desk = async (actor: Actor) => {
    const { counts: numbers, ...lists } = (await actor.gql(DESK)).today;
    const read = Object.entries(lists as Record<string, { id: string }[]>).map(([name, rows]) => [
      name,
      rows.map((row) => row.id),
    ]);
    return { numbers, ...Object.fromEntries(read) };
  };

  it('stand on the desk: of the whole organization for a supervisor, for a care manager what is theirs', async () => {
    const { sender } = between;
    const everything = {
      numbers: { overdueReferrals: 2, toConfirm: 1, declined: 2 },
      needsAnswer: [state.failed, state.declined],
      overdueReferrals: [state.urgentLate, state.late],
      toConfirm: [state.completed],
    };
    expect(await desk(await careSupervisor(hub, { organization: sender.organization }))).toEqual(everything);
    expect(await desk(sender)).toEqual(everything);
    const colleague = await careManager(hub, { organization: sender.organization });
    expect((await desk(colleague)).numbers).toEqual({ overdueReferrals: 0, toConfirm: 0, declined: 0 });
    const [row] = await hub.sql<{ patient_id: string }>('select patient_id from hub.referral where id = $1', [
      state.late,
    ]);
    await assignment(hub, between.owner, row?.patient_id ?? '', colleague.user.id);
    expect(await desk(colleague)).toMatchObject({ numbers: { overdueReferrals: 1 }, overdueReferrals: [state.late] });
  });

  it('let go of a declined referral once its need is helped in another way', async () => {
    const { sender } = between;
    const again = await pair(hub, between);
    const id = await send(again);
    await take(between.agency, 'declineReferral', id, why);
    await hub.runJobs();
    expect(await sent(sender, { queue: 'DECLINED' })).toContain(id);
    const other = await send(again);
    expect(await sent(sender, { queue: 'DECLINED' })).not.toContain(id);
    await take(sender, 'cancelReferral', other, why);
    await hub.runJobs();
    expect(await sent(sender, { queue: 'DECLINED' })).toContain(id);
    await take(sender, 'confirmReferralOutcome', id, { confirmation: 'NOT_HELPED' });
    expect(await sent(sender, { queue: 'DECLINED' })).not.toContain(id);
  });

  it('stand beside patients and needs too', async () => {
    const { sender, owner } = between;
    const [row] = await hub.sql<{ patient_id: string; need_id: string }>(
      'select r.patient_id, n.need_id from hub.referral r join hub.referral_need n on n.referral_id = r.id where r.id = $1',
      [state.late],
    );
    const patientId = row?.patient_id ?? '';
    const rides = await need(hub, owner, patientId, { category: 'transportation-insecurity', label: 'Rides' });
    const { patient } = await sender.gql(
      `query ($id: ID!) { patient(id: $id) { summary { openReferrals overdueReferrals }
         referrals { edges { node { id status } } } needs { edges { node { id referrals { id } } } } } }`,
      { id: patientId },
    );
    expect(patient.summary).toEqual({ openReferrals: 1, overdueReferrals: 1 });
    expect(patient.referrals.edges).toEqual([{ node: { id: state.late, status: 'REQUESTED' } }]);
    const referred = patient.needs.edges.map((edge: { node: { id: string; referrals: object[] } }) => edge.node);
    expect(referred).toHaveLength(2);
    expect(referred).toContainEqual({ id: row?.need_id, referrals: [{ id: state.late }] });
    expect(referred).toContainEqual({ id: rides, referrals: [] });
  });

  it('hand over the open referrals of a consent that is revoked', async () => {
    const again = await pair(hub, between);
    const open = await send(again);
    const done = await send({ ...again });
    await take(between.agency, 'declineReferral', done, why);
    const revoke = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) {
      consent { status } openReferrals { id status } userErrors { code } } }`;
    const { revokeConsent } = await between.sender.gql(revoke, { input: { id: again.consentId } });
    expect(revokeConsent).toEqual({
      consent: { status: 'REVOKED' },
      openReferrals: [{ id: open, status: 'REQUESTED' }],
      userErrors: [],
    });
  });
});

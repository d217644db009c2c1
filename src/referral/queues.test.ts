import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, type Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { everyState, MONDAY } from '../../test/referral-states.js';
import { InboxQueue } from './referral.enums.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: MONDAY });
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

describe('the queues', () => {
  let between: Pair;
  let state: Awaited<ReturnType<typeof everyState>>;
  beforeAll(async () => {
    between = await pair(hub);
    state = await everyState(hub, between);
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

  it('of an agency put what is urgent before what is due sooner, over pages too', async () => {
    const own = await pair(hub);
    const sooner = await send(own);
    hub.clock.advance({ days: 1 });
    const routine = await send(await pair(hub, own));
    const urgent = await send(await pair(hub, own), { priority: 'URGENT' });
    await hub.sql(`update hub.referral set answer_due_at = answer_due_at + interval '9 days' where id = $1`, [urgent]);
    expect(await inbox(own.agency, 'NEW')).toEqual([urgent, sooner, routine]);
    const first: Page = (await own.agency.gql(INBOX, { queue: 'NEW', first: 1 })).inbox;
    const rest: Page = (await own.agency.gql(INBOX, { queue: 'NEW', first: 5, after: first.pageInfo.endCursor })).inbox;
    expect([...ids(first), ...ids(rest)]).toEqual([urgent, sooner, routine]);
  });
});

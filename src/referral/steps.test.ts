import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, type Actor } from '../../test/actors.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, step, take, type Pair } from '../../test/referral-factories.js';
import { replay, type Recorded } from './replay.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

const WHY = { reasonCode: 'OTHER', reason: 'As agreed by phone.' };
/** How to bring a referral from REQUESTED to a status, step by step. */
const WAYS: Record<string, string[]> = {
  REQUESTED: [],
  ACCEPTED: ['acceptReferral'],
  IN_PROGRESS: ['acceptReferral', 'startReferral'],
  ON_HOLD: ['acceptReferral', 'holdReferral'],
};
const inputs: Record<string, object> = {
  declineReferral: { reasonCode: 'NO_CAPACITY', reason: 'Full until June.' },
  holdReferral: { reasonCode: 'WAITLIST', reason: '' },
  failReferral: { reasonCode: 'NO_SHOW', reason: '' },
  completeReferral: { outcome: 'HELP_RECEIVED', enrollment: 'ENROLLED', note: ' Weekly box. ' },
  cancelReferral: WHY,
  withdrawReferralInError: { reason: 'It was for somebody else.' },
};
const go = (actor: Actor, mutation: string, id: string, more: object = {}) =>
  take(actor, mutation, id, { ...inputs[mutation], ...more });
async function at(between: Pair, status: string): Promise<string> {
  const id = await send(between);
  for (const mutation of WAYS[status] ?? []) await go(between.agency, mutation, id);
  return id;
}
const historyOf = async (id: string): Promise<Recorded[]> =>
  (
    await hub.sql<{
      from_status: Recorded['from'];
      to_status: Recorded['to'];
      side: Recorded['side'];
      code: string | null;
      text: string | null;
    }>(
      `select from_status, to_status, side, reason_code as code, reason as text from hub.referral_transition where referral_id = $1 order by id`,
      [id],
    )
  ).map(({ from_status, to_status, side, code, text }) => ({
    from: from_status,
    to: to_status,
    side,
    reason: { code, text },
  }));

describe('a step of a referral', () => {
  it.each([
    ['REQUESTED', 'acceptReferral', 'agency', 'ACCEPTED'],
    ['REQUESTED', 'declineReferral', 'agency', 'REJECTED'],
    ['REQUESTED', 'cancelReferral', 'sender', 'CANCELLED'],
    ['REQUESTED', 'withdrawReferralInError', 'sender', 'ENTERED_IN_ERROR'],
    ['ACCEPTED', 'startReferral', 'agency', 'IN_PROGRESS'],
    ['ACCEPTED', 'holdReferral', 'agency', 'ON_HOLD'],
    ['ACCEPTED', 'completeReferral', 'agency', 'COMPLETED'],
    ['ACCEPTED', 'failReferral', 'agency', 'FAILED'],
    ['ACCEPTED', 'cancelReferral', 'agency', 'CANCELLED'],
    ['IN_PROGRESS', 'holdReferral', 'agency', 'ON_HOLD'],
    ['IN_PROGRESS', 'completeReferral', 'agency', 'COMPLETED'],
    ['IN_PROGRESS', 'cancelReferral', 'sender', 'CANCELLED'],
    ['ON_HOLD', 'startReferral', 'agency', 'IN_PROGRESS'],
    ['ON_HOLD', 'failReferral', 'agency', 'FAILED'],
    ['ON_HOLD', 'withdrawReferralInError', 'sender', 'ENTERED_IN_ERROR'],
  ] as const)('from %s by %s of the %s leads to %s, and the history says so', async (from, mutation, who, to) => {
    const between = await pair(hub);
    const id = await at(between, from);
    const { referral, refused } = await go(between[who], mutation, id);
    expect([refused, referral?.status]).toEqual([[], to]);
    const history = await historyOf(id);
    expect(history.at(-1)).toMatchObject({ from, to, side: who === 'agency' ? 'TARGET' : 'REQUESTER' });
    expect(replay(history)).toBe(to);
  });

  it('keeps when it was answered, by whom, and when it ended', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    const times = async () =>
      (await hub.sql('select seen_at, answered_at, closed_at, assigned_to from hub.referral where id = $1', [id]))[0];
    expect(await times()).toEqual({ seen_at: null, answered_at: null, closed_at: null, assigned_to: null });
    const answered = hub.clock.now();
    await go(agency, 'acceptReferral', id);
    hub.clock.advance({ hours: 3 });
    await go(agency, 'completeReferral', id);
    const now = hub.clock.now();
    expect(await times()).toEqual({
      seen_at: answered,
      answered_at: answered,
      closed_at: now,
      assigned_to: agency.user.id,
    });
    const read = `query ($id: ID!) { referral(id: $id) { outcome outcomeNote enrollment assignedTo { name } version
      transitions { fromStatus toStatus side byName at } } }`;
    const mine = (await agency.gql(read, { id })).referral;
    expect(mine).toMatchObject({
      outcome: 'HELP_RECEIVED',
      outcomeNote: 'Weekly box.',
      enrollment: 'ENROLLED',
      version: 3,
    });
    expect(mine.assignedTo).toEqual({ name: agency.user.name });
    expect(mine.transitions.map((line: { byName: string }) => line.byName)).toEqual([
      sender.user.name,
      agency.user.name,
      agency.user.name,
    ]);
    expect((await sender.gql(read, { id })).referral.assignedTo).toBeNull();
  });

  it('that the machine does not allow is refused in words, with the referral as it stands', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await at(between, 'REQUESTED');
    expect((await go(agency, 'startReferral', id)).refused).toEqual(['NOT_FROM_HERE']);
    await go(sender, 'cancelReferral', id);
    const late = await agency.gql(step('acceptReferral'), { input: { id } });
    expect(late.acceptReferral).toMatchObject({
      referral: { id, status: 'CANCELLED', viewerActions: ['MESSAGE'] },
      userErrors: [{ code: 'FINISHED', message: 'This referral is finished and cannot change.', field: null }],
    });
    expect(replay(await historyOf(id))).toBe('CANCELLED');
  });

  it('asks for its reason, field by field', async () => {
    const between = await pair(hub);
    const { agency } = between;
    const id = await at(between, 'REQUESTED');
    const decline = async (reasonCode: string, reason: string) => {
      const answer = await agency.gql(step('declineReferral'), { input: { id, reasonCode, reason } });
      return answer.declineReferral.userErrors.map(
        (error: { code: string; field: string }) => `${error.code} ${error.field}`,
      );
    };
    expect(await decline('OTHER', '  ')).toEqual(['REASON_TEXT_REQUIRED reason']);
    expect(await decline('NO_SHOW', 'no')).toEqual(['REASON_UNKNOWN reasonCode']);
    expect(await decline('OTHER', 'x'.repeat(1001))).toEqual(['TOO_LONG reason']);
    expect(await decline('NO_CAPACITY', 'Full until June.')).toEqual([]);
    expect(await hub.sql('select reason_code, reason from hub.referral where id = $1', [id])).toEqual([
      { reason_code: 'NO_CAPACITY', reason: 'Full until June.' },
    ]);
  });

  it('forgets the reason of a pause when work goes on, and keeps it in the history', async () => {
    const between = await pair(hub);
    const id = await at(between, 'ON_HOLD');
    expect((await go(between.agency, 'startReferral', id)).referral).toMatchObject({ reasonCode: null });
    expect((await historyOf(id)).map((line) => line.reason?.code)).toEqual([null, null, 'WAITLIST', null]);
  });
});

describe('two people at once', () => {
  it('accept a referral: one does, the other is told and sees how it stands', async () => {
    const between = await pair(hub);
    const second = await agencyStaff(hub, { organization: between.agency.organization });
    const id = await send(between);
    const answers = await Promise.all([between.agency, second].map((actor) => go(actor, 'acceptReferral', id)));
    expect(answers.map((answer) => answer.refused).toSorted()).toEqual([[], ['ALREADY_DONE']]);
    expect(answers.map((answer) => answer.referral?.status)).toEqual(['ACCEPTED', 'ACCEPTED']);
    expect(await historyOf(id)).toHaveLength(2);
  });

  it('answer it differently: the second is refused by the state that the first one made', async () => {
    const between = await pair(hub);
    const second = await agencyStaff(hub, { organization: between.agency.organization });
    const id = await send(between);
    const answers = await Promise.all([go(between.agency, 'acceptReferral', id), go(second, 'declineReferral', id)]);
    const codes = answers.flatMap((answer) => answer.refused);
    expect(codes).toHaveLength(1);
    expect(replay(await historyOf(id))).toMatch(/ACCEPTED|REJECTED/);
  });

  it('who looked at an older state changes nothing; having been seen is no change', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    expect((await take(agency, 'markReferralSeen', id)).referral).toMatchObject({ version: 1 });
    expect((await go(agency, 'acceptReferral', id, { expectedVersion: 1 })).refused).toEqual([]);
    const stale = await go(sender, 'cancelReferral', id, { expectedVersion: 1 });
    expect(stale).toMatchObject({ refused: ['CHANGED_MEANWHILE'], referral: { status: 'ACCEPTED', version: 2 } });
    expect((await go(sender, 'cancelReferral', id, { expectedVersion: 2 })).refused).toEqual([]);
  });
});

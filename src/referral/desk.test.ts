import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, careSupervisor, type Actor } from '../../test/actors.js';
import { assignment, need } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, take, type Pair } from '../../test/referral-factories.js';
import { everyState, MONDAY } from '../../test/referral-states.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: MONDAY });
});
afterAll(() => hub.stop());

const SENT = `query ($filter: ReferralFilter) { referrals(filter: $filter) { edges { node { id } } } }`;
const sent = async (actor: Actor, filter: object): Promise<string[]> =>
  (await actor.gql(SENT, { filter })).referrals.edges.map((edge: { node: { id: string } }) => edge.node.id);
const why = { reasonCode: 'OTHER', reason: 'x' };

describe('the desk', () => {
  let between: Pair;
  let state: Awaited<ReturnType<typeof everyState>>;
  beforeAll(async () => {
    between = await pair(hub);
    state = await everyState(hub, between);
  }, 60_000);

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

  it('is that of the whole organization for a supervisor, for a care manager what is theirs', async () => {
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

  it('lets go of a declined referral once its need is helped in another way', async () => {
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

  it('is not the only place: referrals stand beside patients and needs too', async () => {
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

  it('gets the open referrals of a consent that is revoked', async () => {
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

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testHub, type TestHub } from '../../../test/hub.js';
import {
  agencyAt,
  MONDAY,
  offered,
  offers,
  readOffer,
  referralOf,
  statesOf,
  STOP_OFFER,
  type Offers,
} from '../../../test/offer-factories.js';
import { send, take } from '../../../test/referral-factories.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';

const NEXT = `query ($id: ID!) { nextAgencies(referralId: $id) { agencies { to { id } decideFirst asAsked why } leftOut { reason count } } }`;
const why = { reasonCode: 'NO_CAPACITY', reason: '' };

let hub: TestHub;
let of: Offers;
beforeAll(async () => {
  hub = await testHub({ now: MONDAY });
});
beforeEach(async () => {
  of = await offers(hub);
});
afterAll(() => hub.stop());

describe('one request that goes from agency to agency', () => {
  /** Its clocks ran out and nobody answered. */
  const stall = async (id: string) => {
    await hub.sql('update hub.referral set stalled_at = $2, next_clock_at = null where id = $1', [id, hub.clock.now()]);
    await hub.sql(`select hub.enqueue('referral.hand-over', json_build_object('referralId', $1::text))`, [id]);
    await hub.runJobs();
  };

  it('goes from one to the next when one declines, cannot help or does not answer', async () => {
    const offer = await offered(of, 'CASCADE');
    expect(await statesOf(of, offer.id)).toEqual(['REQUESTED', 'WAITING', 'WAITING']);
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['REJECTED', 'REQUESTED', 'WAITING']);
    await take(agencyAt(of, 1), 'acceptReferral', referralOf(await readOffer(of, offer.id), 1));
    await hub.runJobs();
    expect((await readOffer(of, offer.id)).status).toBe('TAKEN');
    await take(agencyAt(of, 1), 'failReferral', referralOf(await readOffer(of, offer.id), 1), why);
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['REJECTED', 'FAILED', 'REQUESTED']);
    await take(agencyAt(of, 2), 'declineReferral', referralOf(await readOffer(of, offer.id), 2), why);
    await hub.runJobs();
    expect((await readOffer(of, offer.id)).status).toBe('EXHAUSTED');
  });

  it('ends where the search finds nobody else either, and a person decides', async () => {
    const offer = await offered({ ...of, agencies: of.agencies.slice(0, 1) }, 'CASCADE', { sendOn: true });
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    expect((await readOffer(of, offer.id)).status).toBe('EXHAUSTED');
    expect(await hub.sql(`select from hub.empty_search where filters like '%food-insecurity%'`)).not.toEqual([]);
  });

  it('takes a referral away from an agency that is silent, through all its reminders, and only for one that may be asked', async () => {
    const offer = await offered(of, 'CASCADE');
    for (const at of ['2026-11-17T22:00:00Z', '2026-11-18T16:15:00Z', '2026-11-18T22:00:00Z', '2026-11-19T18:00:00Z']) {
      hub.clock.set(at);
      await hub.sql(`select hub.enqueue('referral.tick')`);
      await hub.runJobs();
    }
    expect(await statesOf(of, offer.id)).toEqual(['CANCELLED', 'REQUESTED', 'WAITING']);
    const [row] = await hub.sql('select reason_code from hub.referral where id = $1', [referralOf(offer, 0)]);
    expect(row).toEqual({ reason_code: 'NO_ANSWER' });
    expect((await take(agencyAt(of, 0), 'acceptReferral', referralOf(offer, 0))).refused).toEqual(['FINISHED']);
    await hub.sql(`update hub.service set capacity_status = 'NO_CAPACITY' where id = $1`, [of.agencies[2]?.serviceId]);
    const second = referralOf(await readOffer(of, offer.id), 1);
    await stall(second);
    // Nobody is left: the one that is silent keeps it, and a person decides.
    expect(await statesOf(of, offer.id)).toEqual(['CANCELLED', 'REQUESTED', 'NO_ROOM']);
    expect((await readOffer(of, offer.id)).status).toBe('EXHAUSTED');
    expect((await take(agencyAt(of, 1), 'acceptReferral', second)).refused).toEqual([]);
  });

  it.each<[string, string, (serviceId: string) => Promise<unknown>]>([
    [
      'the consent was taken back',
      'CONSENT',
      () =>
        hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = $2 where patient_id = $1`, [
          of.between.patientId,
          MONDAY,
        ]),
    ],
    [
      'it has a waiting list',
      'NO_ROOM',
      (serviceId) => hub.sql(`update hub.service set capacity_status = 'WAITLIST' where id = $1`, [serviceId]),
    ],
    [
      'nobody knows whether it has room',
      'ROOM_UNKNOWN',
      (serviceId) => hub.sql('update hub.service set capacity_status = null where id = $1', [serviceId]),
    ],
    [
      'what it said of its room is old',
      'ROOM_UNKNOWN',
      (serviceId) => hub.sql(`update hub.service set capacity_updated_at = '2026-09-01' where id = $1`, [serviceId]),
    ],
    [
      'the person does not qualify',
      'NO_FIT',
      (serviceId) =>
        hub.sql(`update hub.service set eligibility_rules = '[{"kind":"AGE","max":20}]' where id = $1`, [serviceId]),
    ],
    [
      'nobody knows whether the person qualifies',
      'FIT_UNKNOWN',
      (serviceId) => hub.sql(`update hub.service set eligibility_rules = '[]' where id = $1`, [serviceId]),
    ],
    [
      'it is not offered any more',
      'NOT_OFFERED',
      (serviceId) => hub.sql(`update hub.service set status = 'inactive' where id = $1`, [serviceId]),
    ],
    [
      'it takes no referrals',
      'NOT_OFFERED',
      (serviceId) => hub.sql('update hub.service set takes_referrals = false where id = $1', [serviceId]),
    ],
    [
      'the need is met',
      'NEED_SETTLED',
      () => hub.sql(`update hub.need set status = 'MET' where id = $1`, [of.between.needId]),
    ],
  ])('does not go on by itself when %s', async (_, skipped, change) => {
    const serviceId = of.agencies[1]?.serviceId ?? '';
    const targets = [{ serviceId: of.agencies[0]?.serviceId }, { serviceId }];
    const offer = await offered(of, 'CASCADE', { targets });
    await change(serviceId);
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why).catch(() => undefined);
    await hub.sql(`update hub.referral set status = 'REJECTED' where id = $1`, [referralOf(offer, 0)]);
    const moved = { referralId: referralOf(offer, 0), patientId: of.between.patientId, to: 'REJECTED', side: 'TARGET' };
    await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['REJECTED', skipped]);
    expect((await readOffer(of, offer.id)).status).toBe('EXHAUSTED');
  });

  it('asks nobody twice when its job runs again, at the same moment or later', async () => {
    const offer = await offered(of, 'CASCADE');
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why);
    const moved = { referralId: referralOf(offer, 0), patientId: of.between.patientId, to: 'REJECTED', side: 'TARGET' };
    for (let times = 0; times < 4; times += 1) {
      await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    }
    await hub.runJobs();
    await hub.sql(`select hub.enqueue('referral.follow-offer', $1::json)`, [JSON.stringify(moved)]);
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['REJECTED', 'REQUESTED', 'WAITING']);
  });

  it('goes nowhere in the name of somebody who left', async () => {
    const offer = await offered(of, 'CASCADE');
    await hub.sql('update hub.membership set ended_at = $2 where user_id = $1', [of.between.sender.user.id, MONDAY]);
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    expect(await hub.sql('select status from hub.referral_offer where id = $1', [offer.id])).toEqual([
      { status: 'EXHAUSTED' },
    ]);
    expect(await hub.sql('select from hub.referral where patient_id = $1', [of.between.patientId])).toHaveLength(1);
  });

  it('is stopped by its sender: what was not answered is withdrawn, and nobody else is asked', async () => {
    const offer = await offered(of, 'CASCADE');
    const { stopReferralOffer } = await of.between.sender.gql(STOP_OFFER, { input: { id: offer.id } });
    expect(stopReferralOffer.offer).toMatchObject({ status: 'STOPPED' });
    await hub.runJobs();
    expect(await statesOf(of, offer.id)).toEqual(['CANCELLED', 'WAITING', 'WAITING']);
    const group = await offered(of, 'GROUP');
    const [answer] = await Promise.all([
      take(agencyAt(of, 0), 'acceptReferral', referralOf(group, 0)),
      of.between.sender.gql(STOP_OFFER, { input: { id: group.id } }),
    ]);
    await hub.runJobs();
    const { status } = await readOffer(of, group.id);
    expect([await statesOf(of, group.id), status]).toEqual(
      answer.refused.length === 0
        ? [['ACCEPTED', 'CANCELLED', 'CANCELLED'], 'TAKEN']
        : [['CANCELLED', 'CANCELLED', 'CANCELLED'], 'STOPPED'],
    );
  });

  it('goes on to who fits best where that was allowed, and proposes the same otherwise', async () => {
    const [first, second] = of.agencies;
    await hub.sql(`update hub.service set capacity_status = 'NO_CAPACITY' where organization_id <> all ($1::uuid[])`, [
      [agencyAt(of, 0).organization.id, agencyAt(of, 1).organization.id],
    ]);
    await hub.sql(
      `insert into hub.service_area (id, service_id, name, covers) select gen_random_uuid(), id, 'Maryland', '{state:MD}' from hub.service`,
    );
    await rebuildSearch(asTask(hub.orm));
    const offer = await offered(of, 'CASCADE', { targets: [{ serviceId: first?.serviceId }], sendOn: true });
    const proposed = (await of.between.sender.gql(NEXT, { id: referralOf(offer, 0) })).nextAgencies.agencies;
    expect(proposed.find((one: { decideFirst: string | null }) => one.decideFirst === null)).toMatchObject({
      to: { id: second?.actor.organization.id },
      asAsked: true,
    });
    expect(proposed.map((one: { to: { id: string } }) => one.to.id)).not.toContain(agencyAt(of, 0).organization.id);
    await take(agencyAt(of, 0), 'declineReferral', referralOf(offer, 0), why);
    await hub.runJobs();
    const after = await readOffer(of, offer.id);
    expect(after.targets).toMatchObject([
      { referral: { status: 'REJECTED' }, chosenByHub: false },
      { referral: { status: 'REQUESTED' }, chosenByHub: true, to: { id: second?.actor.organization.id } },
    ]);
    expect(await agencyAt(of, 0).codes(NEXT, { id: referralOf(offer, 0) })).toEqual(['FORBIDDEN']);
  });

  it('proposes nobody for whom the person does not qualify, even where there is nobody else', async () => {
    await hub.sql(
      `update hub.service set eligibility_rules = '[{"kind": "AGE", "min": 110}]' where organization_id <> $1`,
      [agencyAt(of, 0).organization.id],
    );
    await rebuildSearch(asTask(hub.orm));
    const id = await send(of.between);
    const { nextAgencies } = await of.between.sender.gql(NEXT, { id });
    const proposed = nextAgencies.agencies.map((one: { to: { id: string } }) => one.to.id);
    expect(proposed.filter((one: string) => one !== agencyAt(of, 0).organization.id)).toEqual([]);
  });
});

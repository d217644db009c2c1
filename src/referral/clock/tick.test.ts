import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyAdmin } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';

/** A Monday morning, ten o'clock in New York. */
const MONDAY = '2026-11-16T15:00:00Z';
const ADDRESS = 'front-desk@example.org';

describe('the clocks of referrals', () => {
  let hub: TestHub;
  let between: Pair;
  let leader: string;

  beforeAll(async () => {
    hub = await testHub({ now: MONDAY });
    between = await pair(hub);
    const { agency } = between;
    await hub.sql('update hub.organization set referral_email = $2 where id = $1', [agency.organization.id, ADDRESS]);
    leader = (await agencyAdmin(hub, { organization: agency.organization })).user.email;
  });
  afterAll(() => hub.stop());

  const tick = async () => {
    await hub.sql(`select hub.enqueue('referral.tick')`);
    await hub.runJobs();
  };
  /** Sends one on that Monday morning, with the letter about it out of the way. */
  async function sent(given: Record<string, unknown> = {}): Promise<string> {
    await hub.sql('update hub.referral set next_clock_at = null');
    hub.clock.set(MONDAY);
    const id = await send(await pair(hub, between), given);
    await hub.runJobs();
    hub.mail.letters.length = 0;
    return id;
  }
  /** What was done until a moment, and to whom letters went. */
  async function until(at: string) {
    hub.clock.set(at);
    await tick();
    return hub.mail.letters.splice(0).map(({ to }) => to);
  }
  const stepsOf = async (id: string) =>
    (
      await hub.sql<{ step: string }>('select step from hub.referral_clock_step where referral_id = $1 order by at', [
        id,
      ])
    ).map(({ step }) => step);
  const rowOf = async (id: string) => (await hub.sql('select * from hub.referral where id = $1', [id]))[0] ?? {};

  it('remind the agency, then its leaders, then whoever sent it: to the minute, and each once', async () => {
    const id = await sent();
    expect(await until('2026-11-17T21:59:59.999Z')).toEqual([]);
    expect(await until('2026-11-17T22:00:00Z')).toEqual([ADDRESS]);
    expect(await until('2026-11-17T22:00:00Z')).toEqual([]);
    expect(await until('2026-11-18T16:14:59Z')).toEqual([]);
    expect(await until('2026-11-18T16:15:00Z')).toEqual([ADDRESS]);
    expect(await until('2026-11-18T21:59:59Z')).toEqual([]);
    expect(await until('2026-11-18T22:00:00Z')).toEqual([leader]);
    expect((await rowOf(id))['stalled_at']).toBeNull();
    expect(await until('2026-11-19T17:59:59Z')).toEqual([]);
    expect(await until('2026-11-19T18:00:00Z')).toEqual([between.sender.user.email]);
    expect((await rowOf(id))['stalled_at']).toEqual(new Date('2026-11-19T18:00:00Z'));
    expect(await until('2026-12-24T18:00:00Z')).toEqual([]);
    expect(await stepsOf(id)).toEqual(['REMIND_SEE', 'REMIND_ANSWER', 'ESCALATE_ANSWER', 'HAND_OVER']);
    expect((await rowOf(id))['next_clock_at']).toBeNull();
  });

  it('hurry an urgent one along within the day', async () => {
    const id = await sent({ priority: 'URGENT' });
    expect(await until('2026-11-16T17:00:00Z')).toEqual([ADDRESS]);
    expect(await until('2026-11-16T20:15:00Z')).toEqual([ADDRESS]);
    expect(await until('2026-11-16T22:00:00Z')).toEqual([leader]);
    expect(await until('2026-11-17T15:00:00Z')).toEqual([between.sender.user.email]);
    expect(await stepsOf(id)).toHaveLength(4);
  });

  it('ask for no opening of what was opened, and for nothing of what was answered', async () => {
    const seen = await sent();
    await take(between.agency, 'markReferralSeen', seen);
    expect(await until('2026-11-17T22:00:00Z')).toEqual([]);
    await take(between.agency, 'acceptReferral', seen);
    hub.mail.letters.length = 0;
    await hub.runJobs();
    hub.mail.letters.length = 0;
    expect(await until('2026-11-19T18:00:00Z')).toEqual([]);
    expect(await stepsOf(seen)).toEqual([]);
  });

  it('go on to the first contact and to the outcome once it was accepted', async () => {
    const id = await sent();
    await take(between.agency, 'acceptReferral', id);
    await hub.runJobs();
    hub.mail.letters.length = 0;
    expect(await until('2026-11-19T21:59:59Z')).toEqual([]);
    expect(await until('2026-11-19T22:00:00Z')).toEqual([ADDRESS]);
    expect((await until('2026-11-20T22:00:00Z')).toSorted()).toEqual([leader, between.sender.user.email].toSorted());
    expect((await rowOf(id))['stalled_at']).not.toBeNull();
    await take(between.agency, 'startReferral', id);
    expect((await rowOf(id))['stalled_at']).toBeNull();
    await hub.runJobs();
    hub.mail.letters.length = 0;
    expect(await until('2026-11-30T22:00:00Z')).toEqual([ADDRESS]);
    expect((await until('2026-12-02T22:00:00Z')).toSorted()).toEqual([leader, between.sender.user.email].toSorted());
    expect(await stepsOf(id)).toEqual(['REMIND_CONTACT', 'ESCALATE_CONTACT', 'REMIND_OUTCOME', 'ESCALATE_OUTCOME']);
  });

  it('stand still on hold, and go on with what was left', async () => {
    const id = await sent();
    await take(between.agency, 'acceptReferral', id);
    await take(between.agency, 'holdReferral', id, { reasonCode: 'WAITLIST', reason: '' });
    await hub.runJobs();
    hub.mail.letters.length = 0;
    expect(await until('2026-12-31T22:00:00Z')).toEqual([]);
    hub.clock.set('2027-01-04T15:00:00Z');
    await take(between.agency, 'startReferral', id);
    // Left were seven hours of that Monday, eight weekdays of eight hours and the last day: Thanksgiving is none of them.
    expect(await rowOf(id)).toMatchObject({ outcome_due_at: new Date('2027-01-15T22:00:00Z'), clock_paused_at: null });
    expect(await until('2027-01-14T14:00:00Z')).not.toContain(leader);
    expect(await stepsOf(id)).not.toContain('ESCALATE_OUTCOME');
  });

  it('do late and once what was due while nobody worked, with time for an answer between', async () => {
    const id = await sent();
    expect(await until('2026-12-07T15:00:00Z')).toEqual([ADDRESS]);
    expect(await until('2026-12-07T16:59:59Z')).toEqual([]);
    expect(await until('2026-12-07T17:00:00Z')).toEqual([leader]);
    expect(await until('2026-12-07T19:00:00Z')).toEqual([between.sender.user.email]);
    expect(await stepsOf(id)).toEqual(['REMIND_ANSWER', 'ESCALATE_ANSWER', 'HAND_OVER']);
  });

  it('do nothing twice when the clock is set back', async () => {
    const id = await sent();
    await until('2026-11-17T22:00:00Z');
    for (const earlier of ['2026-11-16T16:00:00Z', '2026-11-17T21:00:00Z', '2026-11-17T22:30:00Z']) {
      expect(await until(earlier)).toEqual([]);
    }
    expect(await stepsOf(id)).toEqual(['REMIND_SEE']);
  });

  it('take each step once when several workers tick at the same moment', async () => {
    const ids = [await sent(), await send(await pair(hub, between)), await send(await pair(hub, between))];
    await hub.runJobs();
    hub.mail.letters.length = 0;
    hub.clock.set('2026-11-17T22:00:00Z');
    await hub.sql(`select hub.enqueue('referral.tick') from generate_series(1, 8)`);
    await hub.runJobs();
    for (const id of ids) expect(await stepsOf(id)).toEqual(['REMIND_SEE']);
    expect(hub.mail.to(ADDRESS)).toHaveLength(1);
    expect(hub.mail.letters[0]?.subject).toContain('3 referrals wait for you');
  });

  it('say in one letter what came while the mail server was down, and nothing of what was answered meanwhile', async () => {
    const first = await sent();
    const [taken, second] = [await send(await pair(hub, between)), await send(await pair(hub, between))];
    await hub.runJobs();
    hub.mail.letters.length = 0;
    const { send: real } = hub.mail;
    hub.mail.send = () => Promise.reject(new Error('The mail server did not take the letter'));
    try {
      for (const at of ['2026-11-17T22:00:00Z', '2026-11-18T16:15:00Z']) {
        hub.clock.set(at);
        await expect(tick()).rejects.toThrow('mail server');
      }
    } finally {
      hub.mail.send = real;
    }
    await take(between.agency, 'declineReferral', taken, { reasonCode: 'NO_CAPACITY', reason: '' });
    hub.clock.set('2026-11-18T20:00:00Z');
    await hub.sql(`update graphile_worker._private_jobs set run_at = now() where run_at > now()`);
    await hub.runJobs();
    const letters = hub.mail.to(ADDRESS);
    expect(letters.map(({ subject }) => subject)).toEqual([expect.stringContaining('2 referrals wait for you')]);
    for (const id of [first, second]) expect(await stepsOf(id)).toEqual(['REMIND_SEE', 'REMIND_ANSWER']);
    await hub.runJobs();
    expect(hub.mail.to(ADDRESS)).toHaveLength(1);
  });

  it('obey what the agency chose: in its letter of the day, by text too, or not at all; what is urgent comes at once', async () => {
    const choose = (letters: string, phone: string | null = null) =>
      hub.sql(
        `insert into hub.agency_notices (organization_id, letters, digest_hour, text_phone, updated_at) values ($1, $2, 8, $3, now())
         on conflict (organization_id) do update set letters = excluded.letters, text_phone = excluded.text_phone`,
        [between.agency.organization.id, letters, phone],
      );
    await choose('NONE');
    const quiet = await sent();
    expect(await until('2026-11-17T22:00:00Z')).toEqual([]);
    expect(await stepsOf(quiet)).toEqual(['REMIND_SEE']);
    await sent({ priority: 'URGENT' });
    expect(await until('2026-11-17T22:00:00Z')).toContain(ADDRESS);
    await choose('DAILY');
    const daily = await sent();
    await hub.sql('delete from hub.digest_item');
    expect(await until('2026-11-17T22:00:00Z')).toEqual([]);
    const waits = await hub.sql('select referral_id, news from hub.digest_item');
    expect(waits).toEqual([{ referral_id: daily, news: 'WAITS' }]);
    await hub.sql('delete from hub.digest_item');
    await choose('EACH', '+14105550177');
    await sent();
    await hub.sql('delete from hub.text_outbox');
    expect(await until('2026-11-17T22:00:00Z')).toEqual([ADDRESS]);
    const texts = await hub.sql<{ recipient: string; body: string }>('select recipient, body from hub.text_outbox');
    expect(texts.map(({ recipient }) => recipient)).toEqual(['+14105550177']);
    expect(texts[0]?.body).toContain('/answer#token=');
    await hub.sql('delete from hub.agency_notices');
  });

  it('write to an agency without accounts about each referral, and no letter names a person, a need or another agency', async () => {
    const one = await pair(hub);
    await hub.sql(
      `update hub.organization set claimed_at = null, email = 'small@example.org', name = 'Casa Secreta' where id = $1`,
      [one.agency.organization.id],
    );
    await hub.sql(`update hub.service set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [one.serviceId]);
    const id = await sent();
    await hub.sql('update hub.referral set to_org_id = $2, service_id = $3 where id = $1', [
      id,
      one.agency.organization.id,
      one.serviceId,
    ]);
    for (const at of ['2026-11-17T22:00:00Z', '2026-11-18T22:00:00Z', '2026-11-19T18:00:00Z', '2026-11-20T18:00:00Z']) {
      hub.clock.set(at);
      await tick();
    }
    const letters = hub.mail.letters.splice(0);
    expect(letters.map(({ to }) => to)).toEqual([...Array(3).fill('small@example.org'), between.sender.user.email]);
    const { patient_label: label } = await rowOf(id);
    for (const { subject, text, to } of letters) {
      expect(`${subject} ${text}`).not.toMatch(/food|hunger|comida|Given|Family|violence|violencia/i);
      expect(`${subject} ${text}`).not.toContain(String(label));
      expect(`${subject} ${to === between.sender.user.email ? text : ''}`).not.toContain('Casa Secreta');
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, careManager, planAnalyst } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take, type Pair } from '../../../test/referral-factories.js';

const TIMES = `query ($id: ID!) { organization(id: $id) { keptTimes { clock medianHours p90Hours shownFrom } } }`;

describe('how long an agency takes', () => {
  let hub: TestHub;
  let between: Pair;
  beforeAll(async () => {
    hub = await testHub({ now: '2026-06-01T14:00:00Z' });
    between = await pair(hub);
  });
  afterAll(() => hub.stop());

  const renew = async () => {
    await hub.sql(`select hub.enqueue('referral.keep-times')`);
    await hub.runJobs();
  };
  const seenBy = async (actor: { gql: typeof between.sender.gql }) =>
    (await actor.gql(TIMES, { id: between.agency.organization.id })).organization.keptTimes;

  it('is not told of fewer than ten people, and of ten by the middle and the tenth that waited longest', async () => {
    for (let index = 1; index <= 10; index += 1) {
      if (index === 10) {
        await renew();
        expect(await seenBy(between.agency)).toEqual([]);
      }
      const sent = hub.clock.now();
      const id = await send(await pair(hub, between));
      hub.clock.advance({ hours: index });
      await take(between.agency, 'acceptReferral', id);
      hub.clock.advance({ hours: 2 * index });
      await take(between.agency, 'completeReferral', id, { outcome: 'HELP_RECEIVED' });
      hub.clock.set(sent);
    }
    hub.clock.advance({ days: 2 });
    await renew();
    const times = await seenBy(between.agency);
    expect(times.map((one: { clock: string }) => one.clock)).toEqual(['SEE', 'ANSWER', 'CONTACT', 'OUTCOME']);
    expect(times[1]).toMatchObject({ medianHours: 5.5, p90Hours: expect.closeTo(9.1, 3) });
    expect(times[3]).toMatchObject({
      medianHours: 11,
      p90Hours: expect.closeTo(18.2, 3),
      shownFrom: '2026-07-03T14:00:00.000Z',
    });
  });

  it('is shown to the agency first, and to senders when it has had thirty days to look', async () => {
    const colleague = await agencyStaff(hub, { organization: between.agency.organization });
    expect(await seenBy(colleague)).toHaveLength(4);
    expect(await seenBy(between.sender)).toEqual([]);
    hub.clock.set('2026-07-03T13:59:59Z');
    await renew();
    expect(await seenBy(await careManager(hub))).toEqual([]);
    hub.clock.set('2026-07-03T14:00:00Z');
    expect(await seenBy(await careManager(hub))).toHaveLength(4);
    for (const other of [await agencyStaff(hub), await planAnalyst(hub), await anonymous(hub)]) {
      expect(await seenBy(other)).toEqual([]);
    }
  });

  it('counts what was never answered as long as it has waited', async () => {
    for (let index = 0; index < 10; index += 1) await send(await pair(hub, between));
    hub.clock.advance({ days: 10 });
    await renew();
    const times = await seenBy(between.agency);
    expect(times.find((one: { clock: string }) => one.clock === 'ANSWER').p90Hours).toBeGreaterThan(200);
  });

  it('is forgotten after a year', async () => {
    hub.clock.set('2027-07-20T14:00:00Z');
    await renew();
    expect(await seenBy(between.agency)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { need } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { pair, send, service, take, type Pair } from '../../test/referral-factories.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());

const NO_ROOM = { reasonCode: 'NO_CAPACITY', reason: '' };
const needIs = async (id: string) =>
  (await hub.sql<{ status: string }>('select status from hub.need where id = $1', [id]))[0]?.status;

async function completed(between: Pair, outcome = 'HELP_RECEIVED'): Promise<string> {
  const id = await send(between);
  await take(between.agency, 'acceptReferral', id);
  await take(between.agency, 'completeReferral', id, { outcome });
  return id;
}
const LOOP = `query ($id: ID!) { referral(id: $id) { patientConfirmation patientConfirmedAt viewerActions
  loop { closedByAgency helpReceived confirmedByPatient disagreement closed } } }`;

describe('what the patient says', () => {
  it('closes the need when it is met, and the loop', async () => {
    const between = await pair(hub);
    const id = await completed(between);
    const before = (await between.sender.gql(LOOP, { id })).referral;
    expect(before.viewerActions).toEqual(['WITHDRAW_IN_ERROR', 'CONFIRM_OUTCOME', 'REOPEN', 'TRANSFER', 'MESSAGE']);
    const note = ' A box each week. ';
    const said = await take(between.sender, 'confirmReferralOutcome', id, {
      confirmation: 'HELPED',
      needMet: true,
      note,
    });
    expect(said.refused).toEqual([]);
    const after = (await between.sender.gql(LOOP, { id })).referral;
    expect(after).toEqual({
      patientConfirmation: 'HELPED',
      patientConfirmedAt: hub.clock.now().toISOString(),
      viewerActions: ['WITHDRAW_IN_ERROR', 'REOPEN', 'TRANSFER', 'MESSAGE'],
      loop: { closedByAgency: true, helpReceived: true, confirmedByPatient: true, disagreement: false, closed: true },
    });
    expect(await hub.sql('select status, note, resolved_at from hub.need where id = $1', [between.needId])).toEqual([
      { status: 'MET', note: 'A box each week.', resolved_at: hub.clock.now() },
    ]);
  });

  it('leaves the need open when help did not come, and shows the disagreement', async () => {
    const between = await pair(hub);
    const id = await completed(between);
    await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'NOT_HELPED', needMet: false });
    expect((await between.sender.gql(LOOP, { id })).referral.loop).toMatchObject({ disagreement: true, closed: false });
    expect(await needIs(between.needId)).toBe('CONFIRMED');
  });

  it('changes no need when nothing is said of it, and can be asked again of who could not be asked', async () => {
    const between = await pair(hub);
    const id = await completed(between);
    await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'COULD_NOT_ASK' });
    expect(await needIs(between.needId)).toBe('BEING_ADDRESSED');
    expect((await between.sender.gql(LOOP, { id })).referral.viewerActions).toContain('CONFIRM_OUTCOME');
  });

  it('leaves a need alone that another referral is still under way for', async () => {
    const between = await pair(hub);
    const id = await completed(between);
    const elsewhere = await service(hub, between.agency.organization.id);
    await send({ ...between, serviceId: elsewhere });
    await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'NOT_HELPED', needMet: false });
    expect(await needIs(between.needId)).toBe('BEING_ADDRESSED');
  });

  it('is refused on an older state, on an error, and with a note that is too long', async () => {
    const between = await pair(hub);
    const id = await completed(between);
    const confirm = async (more: object) =>
      (await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'HELPED', ...more })).refused;
    expect(await confirm({ expectedVersion: 1 })).toEqual(['CHANGED_MEANWHILE']);
    expect(await confirm({ note: 'x'.repeat(1001) })).toEqual(['TOO_LONG']);
    await take(between.sender, 'withdrawReferralInError', id, { reason: 'Entered twice' });
    expect(await confirm({})).toEqual(['NOTHING_TO_CONFIRM']);
  });
});

describe('a referral that ends without help', () => {
  it.each([
    ['declined', async (between: Pair, id: string) => take(between.agency, 'declineReferral', id, NO_ROOM)],
    [
      'withdrawn',
      async (between: Pair, id: string) =>
        take(between.sender, 'cancelReferral', id, { reasonCode: 'NO_ANSWER', reason: '' }),
    ],
    [
      'failed',
      async (between: Pair, id: string) => {
        await take(between.agency, 'acceptReferral', id);
        return take(between.agency, 'failReferral', id, { reasonCode: 'NO_SHOW', reason: '' });
      },
    ],
  ])('because it was %s opens its need again, by a job', async (_, end) => {
    const between = await pair(hub);
    const id = await send(between);
    expect((await end(between, id)).refused).toEqual([]);
    expect(await needIs(between.needId)).toBe('BEING_ADDRESSED');
    await hub.runJobs();
    expect(await needIs(between.needId)).toBe('CONFIRMED');
    await hub.runJobs();
    expect(await needIs(between.needId)).toBe('CONFIRMED');
  });

  it('leaves the needs that another referral is under way for', async () => {
    const between = await pair(hub);
    const other = await need(hub, between.owner, between.patientId, { category: 'housing-instability', label: 'Rent' });
    const id = await send(between, { needIds: [between.needId, other] });
    await send({ ...between, serviceId: await service(hub, between.agency.organization.id) });
    await take(between.agency, 'declineReferral', id, NO_ROOM);
    await hub.runJobs();
    expect([await needIs(between.needId), await needIs(other)]).toEqual(['BEING_ADDRESSED', 'CONFIRMED']);
  });

  it('is told to who sent it, by mail, without naming a sensitive agency', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await hub.runJobs();
    hub.mail.letters.splice(0);
    await take(between.agency, 'declineReferral', id, NO_ROOM);
    await hub.runJobs();
    const [letter] = hub.mail.to(between.sender.user.email);
    expect(letter).toMatchObject({ subject: 'A referral was declined' });
    expect(letter?.text).toContain(`Your referral to ${between.agency.organization.name} was declined.`);
    expect(letter?.text).toContain(`/referrals/${id}\n`);
    const discreet = await pair(hub);
    const secret = await send(discreet);
    await hub.sql(`update hub.service set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [
      discreet.serviceId,
    ]);
    await take(discreet.agency, 'acceptReferral', secret);
    await hub.runJobs();
    expect(hub.mail.to(discreet.sender.user.email)[0]?.text).toContain('A referral you sent was accepted.');
  });
});

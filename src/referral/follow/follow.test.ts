import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, SEND, sendInput, service, step, take, type Pair } from '../../../test/referral-factories.js';

const READ = `query ($id: ID!) { referral(id: $id) { id status kind followsHow viewerActions reasonCode
  follows { id } followedBy { id } transfer { service { id } note settled } } }`;
const why = { reasonCode: 'OTHER', reason: 'x' };

let hub: TestHub;
let between: Pair;
let other: { actor: Actor; serviceId: string };
beforeAll(async () => {
  hub = await testHub({ now: new Date('2026-11-18T15:00:00Z') });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  between = await pair(hub);
  const actor = await agencyStaff(hub);
  other = { actor, serviceId: await service(hub, actor.organization.id) };
});

const read = async (actor: Actor, id: string) => (await actor.gql(READ, { id })).referral;
const follow = async (followsId: string, given: object = {}) =>
  (await between.sender.gql(SEND, { input: sendInput(between, { followsId, ...given }) })).sendReferral;
const declined = async (): Promise<string> => {
  const id = await send(between);
  await take(between.agency, 'declineReferral', id, why);
  return id;
};

describe('a referral that is opened again', () => {
  it('is a new one that follows the old one, and both sides see both', async () => {
    const old = await declined();
    expect((await read(between.sender, old)).viewerActions).toContain('REOPEN');
    const { referral, userErrors } = await follow(old);
    expect(userErrors).toEqual([]);
    for (const actor of [between.sender, between.agency]) {
      expect(await read(actor, referral.id)).toMatchObject({ followsHow: 'REOPENED', follows: { id: old } });
      expect(await read(actor, old)).toMatchObject({ status: 'REJECTED', followedBy: { id: referral.id } });
    }
  });

  it('has ended before, is about the same person and service, and is not followed twice', async () => {
    const refused = async (id: string, given: object = {}) => (await follow(id, given)).userErrors[0]?.code;
    const old = await send(between);
    expect(await refused(old)).toBe('STILL_OPEN');
    await take(between.agency, 'declineReferral', old, why);
    expect(await refused(old, { serviceId: other.serviceId })).toBe('OTHER_SERVICE');
    const someone = await pair(hub, between);
    const input = sendInput(someone, { followsId: old });
    expect((await between.sender.gql(SEND, { input })).sendReferral.userErrors[0]?.code).toBe('OTHER_PERSON');
    expect((await follow(old)).userErrors).toEqual([]);
    expect(await refused(old)).toBe('FOLLOWED_ALREADY');
    const mistake = await send(await pair(hub, between));
    await take(between.sender, 'withdrawReferralInError', mistake, { reason: 'x' });
    const { patient_id: patientId } = (await hub.sql<{ patient_id: string }>('select patient_id from hub.referral where id = $1', [mistake]))[0] ?? { patient_id: '' }; // prettier-ignore
    const needs = await hub.sql<{ id: string }>('select id from hub.need where patient_id = $1', [patientId]);
    expect(await refused(mistake, { patientId, needIds: needs.map(({ id }) => id) })).toBe('NEVER_WAS');
  });

  it('is opened again once when two people do it at the same moment', async () => {
    const old = await declined();
    const both = await Promise.all([follow(old), follow(old)]);
    expect(both.map((one) => one.userErrors[0]?.code ?? 'sent').toSorted()).toEqual(['FOLLOWED_ALREADY', 'sent']);
  });

  it('is opened again after the new one was a mistake', async () => {
    const old = await declined();
    const { referral } = await follow(old);
    await take(between.sender, 'withdrawReferralInError', referral.id, { reason: 'x' });
    expect((await follow(old)).userErrors).toEqual([]);
  });

  it('cannot follow what another organization sent', async () => {
    const old = await declined();
    const stranger = await pair(hub, { ...between, sender: await careManager(hub) });
    const input = sendInput(stranger, { followsId: old });
    expect(await stranger.sender.codes(SEND, { input })).toEqual(['NOT_FOUND']);
  });
});

describe('a referral that is passed on', () => {
  const RECALL = 'recallReferral';
  const propose = (actor: Actor, id: string, given: object = {}) =>
    take(actor, 'proposeTransfer', id, { serviceId: other.serviceId, note: 'They have beds.', ...given });
  const pass = (id: string, given: object = {}) =>
    follow(id, { serviceId: other.serviceId, followsHow: 'TRANSFERRED', ...given });

  it('is proposed by the agency, sent by the sender, and ended where it was', async () => {
    const old = await send(between);
    await take(between.agency, 'acceptReferral', old);
    expect((await read(between.agency, old)).viewerActions).toContain('PROPOSE_TRANSFER');
    expect((await propose(between.agency, old)).refused).toEqual([]);
    expect(await hub.sql('select id from hub.referral where service_id = $1', [other.serviceId])).toEqual([]);
    const proposal = { service: { id: other.serviceId }, note: 'They have beds.', settled: null };
    expect((await read(between.sender, old)).transfer).toEqual(proposal);

    const { referral } = await pass(old);
    expect(await read(between.agency, old)).toMatchObject({
      status: 'CANCELLED',
      reasonCode: 'TRANSFERRED',
      followedBy: null,
      transfer: { settled: 'SENT' },
    });
    expect(await read(other.actor, referral.id)).toMatchObject({ followsHow: 'TRANSFERRED', follows: null });
    expect(await read(between.sender, referral.id)).toMatchObject({ follows: { id: old } });
    await hub.runJobs();
    expect(await hub.sql('select status from hub.need where id = $1', [between.needId])).toEqual([{ status: 'BEING_ADDRESSED' }]); // prettier-ignore
  });

  it('goes nowhere without a consent that covers the agency named, and the old one stays', async () => {
    const old = await send(between);
    await propose(between.agency, old);
    await hub.sql('update hub.consent set grantee_class = null, grantee_organization_id = $2 where id = $1', [
      between.consentId,
      between.agency.organization.id,
    ]);
    expect((await pass(old)).userErrors[0]?.code).toBe('CONSENT_MISSING');
    expect(await read(between.sender, old)).toMatchObject({ status: 'REQUESTED', transfer: { settled: null } });
  });

  it('is left where it is when the sender says so, and a newer proposal takes the place of the older', async () => {
    const old = await send(between);
    await propose(between.agency, old);
    await propose(between.agency, old, { note: null });
    expect((await read(between.sender, old)).transfer).toMatchObject({ note: null, settled: null });
    expect((await take(between.sender, 'declineTransfer', old)).refused).toEqual([]);
    expect((await take(between.sender, 'declineTransfer', old)).refused).toEqual(['ALREADY_DONE']);
    expect((await read(between.agency, old)).transfer).toMatchObject({ settled: 'LEFT' });
    expect(await hub.sql('select settled from hub.referral_transfer where referral_id = $1 order by proposed_at, id', [old])).toEqual([{ settled: 'REPLACED' }, { settled: 'LEFT' }]); // prettier-ignore
  });

  it('is proposed by the agency that has it, to a service that takes referrals, as long as it is not over', async () => {
    const old = await send(between);
    const document = step('proposeTransfer');
    const input = { id: old, serviceId: other.serviceId };
    expect(await other.actor.codes(document, { input })).toEqual(['NOT_FOUND']);
    expect(await between.sender.codes(document, { input })).toEqual(['FORBIDDEN']);
    expect((await propose(between.agency, old, { serviceId: between.serviceId })).refused).toEqual(['SAME_SERVICE']);
    const none = await service(hub, other.actor.organization.id, { takes_referrals: false });
    expect((await propose(between.agency, old, { serviceId: none })).refused).toEqual(['SERVICE_TAKES_NO_REFERRALS']);
    await take(between.sender, RECALL, old, why);
    expect((await propose(between.agency, old)).refused).toEqual(['FINISHED']);
  });

  it('is proposed by a row that no other organization can read, write or settle', async () => {
    const old = await send(between);
    await propose(between.agency, old);
    const app = await asApp(hub);
    const [read, settle] = [
      'select id from hub.referral_transfer where referral_id = $1',
      `update hub.referral_transfer set settled = 'SENT', settled_at = now() where referral_id = $1`,
    ];
    const results = [];
    for (const sql of [read, settle]) {
      for (const actor of [between.sender, between.agency, other.actor]) results.push(await app.run(actor, sql, [old]));
    }
    await app.end();
    expect(results).toEqual([1, 1, 0, 1, '42501', 0]);
  });
});

describe('a referral that is taken back', () => {
  it('is taken back before anybody accepted it, with the reason, and the agency no longer reads the person', async () => {
    const id = await send(between);
    expect((await read(between.sender, id)).viewerActions).toContain('RECALL');
    const { referral, refused } = await take(between.sender, 'recallReferral', id, { reasonCode: 'NEED_MET' });
    expect([referral?.status, referral?.reasonCode, refused]).toEqual(['CANCELLED', 'NEED_MET', []]);
    const seen = await between.agency.gql('query ($id: ID!) { referral(id: $id) { shared { items { key } } } }', {
      id,
    });
    expect(seen.referral.shared.items).toEqual([]);
  });

  it('stays with the agency that accepted at the same moment, or is taken back: never both', async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await send(await pair(hub, between));
      const [back, accepted] = await Promise.all([
        take(between.sender, 'recallReferral', id, why),
        take(between.agency, 'acceptReferral', id),
      ]);
      const { status } = await read(between.sender, id);
      if (status === 'CANCELLED') expect([back.refused, accepted.refused]).toEqual([[], ['FINISHED']]);
      else expect([status, back.refused, accepted.refused]).toEqual(['ACCEPTED', ['ACCEPTED_MEANWHILE'], []]);
    }
  });
});

describe('a referral for an assessment', () => {
  it('ends with what was found, which is no help received, and nothing else ends so', async () => {
    const complete = (id: string, given: object) => take(between.agency, 'completeReferral', id, given);
    const id = await send(between, { kind: 'ASSESSMENT' });
    await take(between.agency, 'acceptReferral', id);
    expect((await complete(id, { outcome: 'HELP_RECEIVED' })).refused).toEqual(['OUTCOME_OF_ANOTHER_KIND']);
    expect((await complete(id, { outcome: 'ASSESSED' })).refused).toEqual(['REQUIRED']);
    expect((await complete(id, { outcome: 'ASSESSED', finding: 'NEEDS_OTHER' })).refused).toEqual([]);
    const loop = 'query ($id: ID!) { referral(id: $id) { kind finding outcome loop { closed helpReceived } } }';
    expect((await between.sender.gql(loop, { id })).referral).toEqual({
      kind: 'ASSESSMENT',
      finding: 'NEEDS_OTHER',
      outcome: 'ASSESSED',
      loop: { closed: true, helpReceived: false },
    });
    const help = await send(await pair(hub, between));
    await take(between.agency, 'acceptReferral', help);
    expect((await complete(help, { outcome: 'ASSESSED', finding: 'NO_NEED' })).refused).toEqual(['OUTCOME_OF_ANOTHER_KIND']); // prettier-ignore
    expect((await complete(help, { outcome: 'HELP_RECEIVED', finding: 'NO_NEED' })).refused).toEqual(['REQUIRED']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { consent, need, patient } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, service, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const RECORD = `mutation ($input: RecordOffPlatformReferralInput!) { recordOffPlatformReferral(input: $input) {
  referral { id status told askedName version consentId: told steps { status note byName } needs { id status } nextStatuses }
  userErrors { code field } } }`;
const UPDATE = `mutation ($input: UpdateOffPlatformReferralInput!) { updateOffPlatformReferral(input: $input) {
  referral { id status reasonCode closedAt steps { status } } userErrors { code field } } }`;
const FOLLOW_UPS = `query ($filter: FollowUpFilter) { followUps(filter: $filter, first: 20) { edges { node {
  id kind dueOn version patient { displayName } offPlatformReferral { askedName } } } } }`;
const COMPLETE = `mutation ($input: CompleteFollowUpInput!) { completeFollowUp(input: $input) {
  followUp { id result doneAt } userErrors { code field } } }`;

let hub: TestHub;
let between: Pair;
beforeAll(async () => {
  // A Thursday.
  hub = await testHub({ now: '2026-06-18T15:00:00Z' });
  between = await pair(hub);
});
afterAll(() => hub.stop());

const input = (given: object = {}, about: Pair = between) => ({
  patientId: about.patientId,
  serviceId: about.serviceId,
  needIds: [about.needId],
  how: 'PHONE',
  status: 'ASKED',
  told: 'NOTHING',
  idempotencyKey: newId(),
  ...given,
});
const record = async (given: object = {}, about: Pair = between, actor: Actor = about.sender) =>
  (await actor.gql(RECORD, { input: input(given, about) })).recordOffPlatformReferral;
const openOf = async ({ sender, patientId }: Pair) =>
  hub.sql<{ kind: string; due_on: string }>(
    `select kind, due_on::text from hub.follow_up where patient_id = $1 and assigned_to = $2 and done_at is null order by kind`,
    [patientId, sender.user.id],
  );

describe('a call to an agency', () => {
  it('is written down with what comes next: call in two working days, ask the patient in a week', async () => {
    const about = await pair(hub);
    const { referral, userErrors } = await record({ note: 'They call back' }, about);
    expect(userErrors).toEqual([]);
    expect(referral).toMatchObject({
      status: 'ASKED',
      steps: [{ status: 'ASKED', note: 'They call back', byName: about.sender.user.name }],
      needs: [{ id: about.needId, status: 'BEING_ADDRESSED' }],
    });
    expect(await openOf(about)).toEqual([
      { kind: 'CALL_AGENCY', due_on: '2026-06-22' },
      { kind: 'CHECK_IN', due_on: '2026-06-25' },
    ]);
  });

  it('sent twice is written down once', async () => {
    const about = await pair(hub);
    const key = newId();
    const [one, two] = [await record({ idempotencyKey: key }, about), await record({ idempotencyKey: key }, about)];
    expect(two.referral.id).toBe(one.referral.id);
    expect(await openOf(about)).toHaveLength(2);
  });

  it.each([
    [{ status: 'DECLINED' }, 'REASON_REQUIRED', 'reasonCode'],
    [{ status: 'DECLINED', reasonCode: 'OTHER' }, 'REASON_REQUIRED', 'reasonCode'],
    [{ reasonCode: 'NO_CAPACITY' }, 'REASON_REQUIRED', 'reasonCode'],
    [{ serviceId: null }, 'WHO_WAS_ASKED', 'serviceId'],
    [{ serviceId: null, agencyName: 'Corner church', told: 'WITH_CONSENT' }, 'NOT_IN_DIRECTORY', 'told'],
    [{ callAgainOn: '2026-06-17' }, 'DAY_NOT_POSSIBLE', 'callAgainOn'],
  ])('with %j is refused', async (given, code, field) => {
    expect(await record(given)).toEqual({ referral: null, userErrors: [{ code, field }] });
  });

  it('may go to somebody whom the directory does not know', async () => {
    const about = await pair(hub);
    const { referral } = await record({ serviceId: null, agencyName: 'Corner church', told: 'PERSON_SPOKE' }, about);
    expect(referral.askedName).toBe('Corner church');
  });
});

describe('what the agency is told', () => {
  it('relies on a consent, which is noted as a disclosure', async () => {
    const about = await pair(hub);
    const { referral } = await record({ told: 'WITH_CONSENT' }, about);
    expect(
      await hub.sql('select consent_id, recipient_org_id from hub.disclosure where off_platform_id = $1', [
        referral.id,
      ]),
    ).toEqual([{ consent_id: about.consentId, recipient_org_id: about.agency.organization.id }]);
  });

  it('without a consent is refused, and so is what a consent does not name', async () => {
    const about = await pair(hub);
    const sensitive = await need(hub, about.owner, about.patientId, {
      category: 'intimate-partner-violence',
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    });
    const refused = await record({ told: 'WITH_CONSENT', needIds: [sensitive] }, about);
    expect(refused.userErrors).toEqual([{ code: 'CONSENT_MISSING', field: 'told' }]);
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [about.consentId]);
    expect((await record({ told: 'WITH_CONSENT' }, about)).userErrors).toEqual([
      { code: 'CONSENT_MISSING', field: 'told' },
    ]);
    expect((await record({ told: 'PERSON_SPOKE', needIds: [sensitive] }, about)).userErrors).toEqual([]);
  });
});

describe('what becomes known later', () => {
  it('ends what was to be done, and a need without help waits again', async () => {
    const about = await pair(hub);
    const { referral } = await record({}, about);
    const change = async (given: object) =>
      (await about.sender.gql(UPDATE, { input: { id: referral.id, ...given } })).updateOffPlatformReferral;
    expect((await change({ status: 'WAITLIST' })).referral.status).toBe('WAITLIST');
    expect((await change({ status: 'ASKED' })).userErrors).toEqual([{ code: 'NOT_FROM_HERE', field: null }]);
    const declined = await change({ status: 'DECLINED', reasonCode: 'NO_CAPACITY' });
    expect(declined.referral.steps.map((step: { status: string }) => step.status)).toEqual([
      'ASKED',
      'WAITLIST',
      'DECLINED',
    ]);
    expect(await openOf(about)).toEqual([]);
    expect(await hub.sql('select status from hub.need where id = $1', [about.needId])).toEqual([
      { status: 'CONFIRMED' },
    ]);
  });

  it('leaves a need alone that a referral in the hub is under way for, and the other way round', async () => {
    const about = await pair(hub);
    const inHub = await send(about);
    await record({ status: 'DECLINED', reasonCode: 'NO_CAPACITY' }, about);
    const status = async () =>
      (await hub.sql('select status from hub.need where id = $1', [about.needId]))[0]?.['status'];
    expect(await status()).toBe('BEING_ADDRESSED');
    const second = await record({}, about);
    await about.sender.gql(
      `mutation ($input: CancelReferralInput!) { cancelReferral(input: $input) { userErrors { code } } }`,
      { input: { id: inHub, reasonCode: 'NO_ANSWER', reason: 'No answer' } },
    );
    await hub.runJobs();
    expect(await status()).toBe('BEING_ADDRESSED');
    await about.sender.gql(UPDATE, { input: { id: second.referral.id, status: 'NOT_HELPED', reasonCode: 'NO_SHOW' } });
    expect(await status()).toBe('CONFIRMED');
  });
});

describe('a check-in with the patient', () => {
  it('keeps what the patient says, and meets the need', async () => {
    const about = await pair(hub);
    const { referral } = await record({ status: 'ACCEPTED', callAgainOn: null }, about);
    const { followUps } = await about.sender.gql(FOLLOW_UPS);
    expect(followUps.edges).toHaveLength(1);
    const [{ node }] = followUps.edges;
    const { completeFollowUp } = await about.sender.gql(COMPLETE, {
      input: { id: node.id, result: 'REACHED', confirmation: 'HELPED', needMet: true },
    });
    expect(completeFollowUp.followUp.result).toBe('REACHED');
    expect(
      await hub.sql('select patient_confirmation from hub.off_platform_referral where id = $1', [referral.id]),
    ).toEqual([{ patient_confirmation: 'HELPED' }]);
    expect(await hub.sql('select status from hub.need where id = $1', [about.needId])).toEqual([{ status: 'MET' }]);
    const again = await about.sender.gql(COMPLETE, { input: { id: node.id, result: 'DONE' } });
    expect(again.completeFollowUp.userErrors).toEqual([{ code: 'ALREADY_DONE', field: null }]);
  });

  it('that reached nobody is made again two working days later, and says nothing for the patient', async () => {
    const about = await pair(hub);
    await record({ status: 'HELPED' }, about);
    const { followUps } = await about.sender.gql(FOLLOW_UPS);
    const [{ node }] = followUps.edges;
    const wrong = { id: node.id, result: 'NOT_REACHED', confirmation: 'HELPED' };
    expect((await about.sender.gql(COMPLETE, { input: wrong })).completeFollowUp.userErrors).toEqual([
      { code: 'NOT_REACHED', field: 'confirmation' },
    ]);
    await about.sender.gql(COMPLETE, { input: { id: node.id, result: 'NOT_REACHED' } });
    expect(await openOf(about)).toEqual([{ kind: 'CHECK_IN', due_on: '2026-06-22' }]);
  });
});

describe('other people', () => {
  it('of another care organization and of the agency see nothing of it and change nothing', async () => {
    const about = await pair(hub);
    const { referral } = await record({}, about);
    const stranger = await careManager(hub);
    const one = `query ($id: ID!) { patient(id: $id) { offPlatformReferrals { edges { node { id } } } followUps { id } } }`;
    expect(await stranger.codes(one, { id: about.patientId })).toEqual(['NOT_FOUND']);
    expect(await stranger.codes(UPDATE, { input: { id: referral.id, status: 'HELPED' } })).toEqual(['NOT_FOUND']);
    expect(await about.agency.codes(UPDATE, { input: { id: referral.id, status: 'HELPED' } })).toEqual(['FORBIDDEN']);
    expect((await stranger.gql(FOLLOW_UPS, { filter: { mine: false } })).followUps.edges).toEqual([]);
    expect(await (await agencyStaff(hub)).codes(FOLLOW_UPS)).toEqual(['FORBIDDEN']);
    const theirs = await patient(hub, { organizationId: stranger.organization.id });
    const elsewhere = await need(hub, { organizationId: stranger.organization.id }, theirs);
    await consent(hub, { organizationId: stranger.organization.id }, theirs, { recorded_by: stranger.user.id });
    expect(await about.sender.codes(RECORD, { input: input({ needIds: [elsewhere] }, about) })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  it('who are colleagues share the desk', async () => {
    const about = await pair(hub);
    await record({ serviceId: await service(hub, about.agency.organization.id) }, about);
    const colleague = await careManager(hub, { organization: about.sender.organization });
    const { followUps } = await colleague.gql(FOLLOW_UPS, { filter: { mine: false, dueBy: '2026-06-22' } });
    expect(followUps.edges.map(({ node }: { node: { kind: string } }) => node.kind)).toEqual(['CALL_AGENCY']);
    expect((await colleague.gql(FOLLOW_UPS)).followUps.edges).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent } from '../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { asTask } from '../platform/database/operation.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { consentsRunOut } from './consent-ended.tasks.js';
import { MESSAGE, pair, send, service, take, type Pair } from '../../test/referral-factories.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: '2026-11-18T15:00:00Z' });
});
afterAll(() => hub.stop());

const REVOKE = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { openReferrals { id } userErrors { code } } }`;
const EVENT = `mutation ($input: NoteConsentEventInput!) { noteConsentEvent(input: $input) { consent { status effective eventAt } userErrors { code } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { status version consentEndedAt consentDecision viewerActions shared { items { key } } } }`;
const INBOX = `{ inboxCounts { new overdue } inbox(filter: { queue: ALL }) { edges { node { id } } } }`;
const TODAY = `{ today { toDecide { id } counts { toDecide overdueReferrals } } }`;
const decide = (mutation: string) =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { referral { consentDecision consentEndedAt } userErrors { code } } }`;
const codesOf = (answer: { userErrors: { code: string }[] }) => answer.userErrors.map(({ code }) => code);

const revoke = ({ sender, consentId }: Pair) => sender.gql(REVOKE, { input: { id: consentId } });
const inboxOf = async ({ agency }: Pair) =>
  (await agency.gql(INBOX)).inbox.edges.map(({ node }: { node: { id: string } }) => node.id);

describe('a consent that is taken back', () => {
  it('takes what was not answered out of the agency’s sight in the same moment', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    expect(await inboxOf(between)).toEqual([id]);
    expect((await revoke(between)).revokeConsent.openReferrals).toEqual([{ id }]);
    expect(await inboxOf(between)).toEqual([]);
    expect((await agency.gql(INBOX)).inboxCounts).toEqual({ new: 0, overdue: 0 });
    expect(await agency.codes(READ, { id })).toEqual(['NOT_FOUND']);
    await expect(take(agency, 'acceptReferral', id)).rejects.toThrow('not found');
    expect(await agency.codes(MESSAGE, { input: { id, body: 'Who was it?', idempotencyKey: 'who-was-it' } })).toEqual([
      'NOT_FOUND',
    ]);
    const { referral } = await sender.gql(READ, { id });
    expect(referral).toMatchObject({ status: 'REQUESTED', consentEndedAt: '2026-11-18T15:00:00.000Z' });
    expect(referral.viewerActions).toContain('RENEW_CONSENT');
    expect(referral.viewerActions).not.toContain('KEEP');
    // Nobody there would read it, and nothing more may be told.
    expect(referral.viewerActions).not.toContain('MESSAGE');
  });

  it('leaves with the agency what it had answered, and lets nothing more go there', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const id = await send(between);
    await take(agency, 'acceptReferral', id);
    await revoke(between);
    const seen = (await agency.gql(READ, { id })).referral;
    expect(seen.shared.items.length).toBeGreaterThan(2);
    const more = { input: { id, body: 'She also needs', idempotencyKey: 'also-needs' } };
    expect(codesOf((await sender.gql(MESSAGE, more)).sendReferralMessage)).toEqual(['CONSENT_ENDED']);
    expect((await take(agency, 'startReferral', id)).refused).toEqual([]);
  });

  it('puts each open referral before the care manager until she decides', async () => {
    const between = await pair(hub);
    const { agency, sender } = between;
    const [unanswered, accepted] = [await send(between), await send({ ...between, serviceId: await service(hub, agency.organization.id) })]; // prettier-ignore
    await take(agency, 'acceptReferral', accepted);
    await revoke(between);
    const { today } = await sender.gql(TODAY);
    expect(today.toDecide.map(({ id }: { id: string }) => id)).toEqual([unanswered, accepted]);
    expect(today.counts).toEqual({ toDecide: 2, overdueReferrals: 0 });
    const act = async (mutation: string, id: string) =>
      codesOf((await sender.gql(decide(mutation), { input: { id } }))[mutation]);
    expect(await act('keepReferral', unanswered)).toEqual(['NOT_ANSWERED']);
    expect(await act('keepReferral', accepted)).toEqual([]);
    expect(await act('renewReferralConsent', unanswered)).toEqual(['CONSENT_MISSING']);
    expect(await agency.codes(decide('keepReferral'), { input: { id: accepted } })).toEqual(['FORBIDDEN']);
    expect((await take(sender, 'cancelReferral', unanswered, { reasonCode: 'CONSENT_WITHDRAWN', reason: '' })).refused).toEqual([]); // prettier-ignore
    expect((await sender.gql(TODAY)).today.toDecide).toEqual([]);
    hub.clock.set('2026-11-30T15:00:00Z');
    expect((await sender.gql(TODAY)).today.counts).toEqual({ toDecide: 0, overdueReferrals: 0 });
    hub.clock.set('2026-11-18T15:00:00Z');
  });

  it('goes on with a new consent of the same person that covers it, as a disclosure of its own', async () => {
    const between = await pair(hub);
    const { agency, sender, owner, patientId } = between;
    const id = await send(between);
    await revoke(between);
    const narrow = await consent(hub, owner, patientId, { categories: ['housing-instability'] });
    expect(codesOf((await sender.gql(decide('renewReferralConsent'), { input: { id } })).renewReferralConsent)).toEqual(['CONSENT_MISSING']); // prettier-ignore
    const renewed = await consent(hub, owner, patientId, { recorded_by: sender.user.id });
    const { renewReferralConsent } = await sender.gql(decide('renewReferralConsent'), { input: { id } });
    expect(renewReferralConsent.referral).toEqual({ consentDecision: 'RENEWED', consentEndedAt: null });
    expect(await inboxOf(between)).toEqual([id]);
    expect((await take(agency, 'acceptReferral', id)).refused).toEqual([]);
    const told = await hub.sql<{ consent_id: string }>(
      'select consent_id from hub.disclosure where referral_id = $1 order by at, id',
      [id],
    );
    expect(told.map((row) => row.consent_id)).toEqual([between.consentId, renewed]);
    expect(narrow).not.toBe(renewed);
  });

  it('pretends nothing away: each disclosure stays with its date and consent, and none is added after', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await between.sender.gql(MESSAGE, { input: { id, body: 'She is home now', idempotencyKey: 'home-now' } });
    const told = () =>
      hub.sql('select fields, consent_id, at, notice from hub.disclosure where referral_id = $1 order by at, id', [id]);
    const before = await told();
    expect(before).toMatchObject([{ consent_id: between.consentId }, { fields: ['message'], notice: false }]);
    await revoke(between);
    expect(await told()).toEqual(before);
  });

  it('tells both sides by letters without a name, once', async () => {
    const between = await pair(hub);
    await send(between);
    await hub.sql(`update hub.organization set referral_email = 'desk@example.org' where id = $1`, [
      between.agency.organization.id,
    ]);
    await hub.runJobs();
    hub.mail.letters.splice(0);
    await revoke(between);
    await hub.runJobs();
    const letters = hub.mail.letters.map(({ to, subject }) => [to, subject]);
    expect(letters).toHaveLength(2);
    expect(letters).toContainEqual([between.sender.user.email, 'A person stopped sharing']);
    expect(hub.mail.letters.map(({ text }) => text).join()).not.toMatch(/Given|food/i);
  });

  it('stops by itself when it runs out, and when the event that ends it has happened', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await hub.sql('update hub.consent set expires_at = $2 where id = $1', [between.consentId, '2026-11-18T16:00:00Z']);
    const run = async () => {
      await asTask(hub.orm).write((em) => enqueue(em, consentsRunOut, {}));
      await hub.runJobs();
    };
    await run();
    expect(await inboxOf(between)).toEqual([id]);
    hub.clock.set('2026-11-18T16:00:01Z');
    await run();
    expect(await inboxOf(between)).toEqual([]);
    hub.clock.set('2026-11-18T15:00:00Z');

    const other = await pair(hub);
    await send(other);
    const none = await other.sender.gql(EVENT, { input: { id: other.consentId } });
    expect(codesOf(none.noteConsentEvent)).toEqual(['NO_EVENT']);
    await hub.sql(`update hub.consent set expiry_event = 'I find work' where id = $1`, [other.consentId]);
    const { noteConsentEvent } = await other.sender.gql(EVENT, { input: { id: other.consentId } });
    expect(noteConsentEvent.consent).toMatchObject({ status: 'EXPIRED', effective: false });
    expect(await inboxOf(other)).toEqual([]);
  });

  it('and an answer at the same moment come one after the other: never both unseen and accepted', async () => {
    for (let round = 0; round < 4; round += 1) {
      const between = await pair(hub);
      const id = await send(between);
      const [answer] = await Promise.allSettled([take(between.agency, 'acceptReferral', id), revoke(between)]);
      const [row] = await hub.sql<{ status: string; answered: boolean; ended: boolean }>(
        `select status, answered_at is not null as answered, consent_ended_at is not null as ended from hub.referral where id = $1`,
        [id],
      );
      const accepted = answer.status === 'fulfilled' && answer.value.refused.length === 0;
      expect(row).toEqual({ status: accepted ? 'ACCEPTED' : 'REQUESTED', answered: accepted, ended: true });
    }
  });
});

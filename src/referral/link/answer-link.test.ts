import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, tokenIn, type Linked } from '../../../test/link-factories.js';
import { MESSAGE, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({
    now: '2026-11-18T15:00:00Z',
    env: { INBOUND_MAIL_ADDRESS: 'reply@hub.example.org', INBOUND_MAIL_SECRET: 'a-secret-of-the-mail-server-32-chars' },
  });
});
afterAll(() => hub.stop());

const typeOf = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
const act = async (
  at: Linked,
  mutation: 'withdrawAnswerLink' | 'renewAnswerLink',
  who = at.sender,
): Promise<string[]> => {
  const document = `mutation ($input: ${typeOf(mutation)}!) { ${mutation}(input: $input) { userErrors { code } } }`;
  return (await who.gql(document, { input: { id: at.id } }))[mutation].userErrors.map(
    (one: { code: string }) => one.code,
  );
};
const LINK = `query ($id: ID!) { referral(id: $id) { answerLink { createdAt expiresAt openedAt answeredAt withdrawnAt }
  contactAttempts { how reached note byName } transitions { toStatus via byName } } }`;
const opens = async (at: Linked, token: string): Promise<boolean> =>
  (await byLink(at.visitor, 'open', { token })).refused.length === 0;

describe('the link of a referral', () => {
  it('is seen by its sender: sent, opened, answered; and by nobody else', async () => {
    const at = await linked(hub);
    const of = async (who = at.sender) => (await who.gql(LINK, { id: at.id })).referral.answerLink;
    expect(await of()).toMatchObject({ openedAt: null, answeredAt: null, withdrawnAt: null });
    await byLink(at.visitor, 'open', { token: at.token });
    await byLink(at.visitor, 'answer', { token: at.token, id: newId(), answer: 'ACCEPT' });
    const seen = await of();
    expect([seen.openedAt, seen.answeredAt]).toEqual([hub.clock.now().toISOString(), hub.clock.now().toISOString()]);
    expect(await of(at.agency)).toBeNull();
  });

  it('is taken back at once, and no later letter holds another until a new one is asked for', async () => {
    const at = await linked(hub);
    expect(await opens(at, at.token)).toBe(true);
    expect(await act(at, 'withdrawAnswerLink')).toEqual([]);
    expect(await opens(at, at.token)).toBe(false);
    await at.sender.gql(MESSAGE, { input: { id: at.id, body: 'Hello', idempotencyKey: newId() } });
    await hub.runJobs();
    const letter = hub.mail.to(at.email).at(-1);
    expect(letter?.subject).toContain('A message about a referral');
    expect(letter?.text).not.toContain('#token=');
    expect(letter?.replyTo).toBeUndefined();
    expect(await act(at, 'renewAnswerLink')).toEqual(['TOO_SOON']);
    hub.clock.advance({ minutes: 11 });
    expect(await act(at, 'renewAnswerLink')).toEqual([]);
    await hub.runJobs();
    const token = tokenIn(hub, at.email);
    expect(token).not.toBe(at.token);
    expect([await opens(at, token), await opens(at, at.token)]).toEqual([true, false]);
    expect(await act(at, 'renewAnswerLink')).toEqual(['TOO_SOON']);
  });

  it('is renewed in one step: the old one dies with it', async () => {
    const at = await linked(hub);
    hub.clock.advance({ minutes: 11 });
    expect(await act(at, 'renewAnswerLink')).toEqual([]);
    expect(await opens(at, at.token)).toBe(false);
    await hub.runJobs();
    expect(await opens(at, tokenIn(hub, at.email))).toBe(true);
    await hub.runJobs();
    const rows = await hub.sql('select from hub.referral_link where referral_id = $1 and revoked_at is null', [at.id]);
    expect(rows).toHaveLength(1);
  });

  it('is nobody’s to take back but the sender’s, and not renewed for what is over or no longer agreed to', async () => {
    const at = await linked(hub);
    hub.clock.advance({ minutes: 11 });
    const document = (name: string) =>
      `mutation ($input: ${typeOf(name)}!) { ${name}(input: $input) { userErrors { code } } }`;
    for (const name of ['withdrawAnswerLink', 'renewAnswerLink']) {
      expect(await at.agency.codes(document(name), { input: { id: at.id } })).toEqual(['FORBIDDEN']);
      expect(await (await agencyStaff(hub)).codes(document(name), { input: { id: at.id } })).toEqual(['FORBIDDEN']);
      expect(await (await careManager(hub)).codes(document(name), { input: { id: at.id } })).toEqual(['NOT_FOUND']);
    }
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [at.consentId]);
    expect(await act(at, 'renewAnswerLink')).toEqual(['CONSENT_ENDED']);
    const over = await linked(hub);
    hub.clock.advance({ minutes: 11 });
    await take(over.agency, 'declineReferral', over.id, { reasonCode: 'OTHER', reason: 'x' });
    expect(await act(over, 'renewAnswerLink')).toEqual(['FINISHED']);
    const audit = await hub.sql(
      `select outcome from hub.audit where action = 'referral.link-renew' and entity_id = $1`,
      [over.id],
    );
    expect(audit).toEqual([{ outcome: 'REFUSED' }]);
  });
});

describe('who answered, and how', () => {
  it('stands beside each step: an account, a link, an answered letter', async () => {
    const by = async (at: Linked) =>
      (await at.sender.gql(LINK, { id: at.id })).referral.transitions.map((one: { via: string }) => one.via);
    const account = await linked(hub);
    await take(account.agency, 'acceptReferral', account.id);
    expect(await by(account)).toEqual(['ACCOUNT', 'ACCOUNT']);
    const link = await linked(hub);
    await byLink(link.visitor, 'answer', { token: link.token, id: newId(), answer: 'WAITLIST', waitlistPosition: 2 });
    expect(await by(link)).toEqual(['ACCOUNT', 'LINK', 'LINK']);
  });

  it('tells both sides how often the agency tried to reach the person', async () => {
    const at = await linked(hub);
    for (const note of ['No answer', 'Left no message']) {
      await byLink(at.visitor, 'answer', {
        token: at.token,
        id: newId(),
        answer: 'NOT_REACHED',
        how: 'PHONE',
        words: note,
        name: 'Rosa',
      });
    }
    for (const who of [at.sender, at.agency]) {
      const { contactAttempts } = (await who.gql(LINK, { id: at.id })).referral;
      expect(contactAttempts).toEqual([
        { how: 'PHONE', reached: false, note: 'No answer', byName: 'Rosa' },
        { how: 'PHONE', reached: false, note: 'Left no message', byName: 'Rosa' },
      ]);
    }
  });
});

describe('a claim of a listing', () => {
  const CLAIM = 'mutation ($input: ClaimListingInput!) { claimListing(input: $input) { userErrors { code } } }';
  const matches = async (serviceId: string) =>
    (
      await hub.sql<{ matches: string[] }>('select matches from hub.listing_claim where service_id = $1', [serviceId])
    ).map((one) => one.matches);

  it('has the link of a referral to it speak for whoever holds that, and no other link', async () => {
    const [at, other] = [await linked(hub), await linked(hub)];
    const person = { name: 'Tom Ortiz', email: 'tom@gmail.com' };
    const claim = (serviceId: string, token: string) =>
      at.visitor.gql(CLAIM, { input: { serviceId, token, ...person } });
    await claim(at.serviceId, at.token);
    expect(await matches(at.serviceId)).toEqual([['referral']]);
    await claim(other.serviceId, at.token);
    await claim(other.serviceId, 'a'.repeat(43));
    await act(other, 'withdrawAnswerLink');
    await claim(other.serviceId, other.token);
    expect(await matches(other.serviceId)).toEqual([[], [], []]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, visitor } from '../../../test/actors.js';
import { consent, need } from '../../../test/caseload-factories.js';
import {
  CONTACT,
  MAKE,
  OPEN,
  PAGE,
  STOP,
  helpPages,
  make,
  read,
  tokenOf,
  type HelpPages,
} from '../../../test/help-page.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, take } from '../../../test/referral-factories.js';

const UNMAKE = `mutation ($input: RevokeHelpLinkInput!) { revokeHelpLink(input: $input) { link { works } userErrors { code } } }`;
const SAY = `mutation ($input: ConfirmMyHelpInput!) { confirmMyHelp(input: $input) { word userErrors { code field } } }`;
const CLOSE = `mutation { closeMyHelp { closed } }`;

let pages: HelpPages;
let hub: TestHub;
beforeAll(async () => {
  pages = await helpPages('2027-11-17T15:00:00Z');
  ({ hub } = pages);
});
afterAll(() => pages.stop());

describe('the page of a patient', () => {
  it('says what was asked for, who knows what on which consent, and who has looked', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await take(between.agency, 'acceptReferral', id);
    const found = await read(await pages.pageOf(between));
    expect(found).toMatchObject({ reader: null, careTeam: between.sender.organization.name, given: null });
    expect(found.needs).toEqual([{ label: 'Not enough food', status: 'BEING_ADDRESSED' }]);
    expect(found.referrals).toMatchObject([{ id, agency: between.agency.organization.name, status: 'ACCEPTED', canSay: true }]); // prettier-ignore
    expect(found.consents).toMatchObject([{ id: between.consentId, status: 'ACTIVE', recipient: 'community agencies that can help' }]); // prettier-ignore
    expect(found.disclosures).toMatchObject([{ to: between.agency.organization.name, consentId: between.consentId }]);
    expect(found.contact).toEqual({ method: 'PHONE', phoneEnding: '0123', phoneSafe: true, windows: null });
    const said = found.accesses.map(({ who, words }: { who: string; words: string }) => `${who}: ${words}`);
    expect(said).toContain(`${between.sender.user.name}: Asked an agency for help for you`);
    // Of another organization the name, not its people.
    expect(said).toContain(`${between.agency.organization.name}: Accepted a referral`);
    expect(said.join()).not.toContain(between.agency.user.name);
    expect((await read(await pages.pageOf(between))).accesses[0]).toBeDefined();
  });

  it('keeps sensitive matters off until they are asked for, agencies and people who looked included', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender, agency } = between;
    const secret = await need(hub, owner, patientId, { category: 'intimate-partner-violence', sensitivity: 'INTIMATE_PARTNER_VIOLENCE', label: 'Not safe at home' }); // prettier-ignore
    await consent(hub, owner, patientId, { grantee_organization_id: agency.organization.id, categories: ['intimate-partner-violence'], sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] }); // prettier-ignore
    const id = await send({ ...between, needId: secret });
    await take(agency, 'acceptReferral', id);
    const page = await pages.pageOf(between);
    const shown = JSON.stringify(await read(page));
    expect(shown).not.toContain('Not safe');
    expect(shown).not.toContain(agency.organization.name);
    const all = await read(page, { withPrivate: true });
    expect(JSON.stringify(all)).toContain('Not safe at home');
    expect(all.referrals).toHaveLength(1);
    expect(all.consents).toHaveLength(2);
    expect(sender.organization.name).toBe(all.careTeam);
  });

  it('stops sharing at once, and the care manager decides on what is open', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const page = await pages.pageOf(between);
    const stop = await page.gql(STOP, { input: { consentId: between.consentId } });
    expect(stop.stopSharing).toEqual({ stopped: 1, userErrors: [] });
    expect(await between.agency.codes('query ($id: ID!) { referral(id: $id) { id } }', { id })).toEqual(['NOT_FOUND']);
    const { today } = await between.sender.gql('{ today { toDecide { id } } }');
    expect(today.toDecide).toEqual([{ id }]);
    const after = await read(page);
    expect(after.consents[0].status).toBe('REVOKED');
    expect(after.disclosures).toHaveLength(1);
    expect(after.referrals[0].consentEndedAt).toBe('2027-11-17T15:00:00.000Z');
    const kept = await between.sender.gql('query ($id: ID!) { patient(id: $id) { consents { revokedByPatient } } }', { id: between.patientId }); // prettier-ignore
    expect(kept.patient.consents).toEqual([{ revokedByPatient: true }]);
    expect((await page.gql(STOP, { input: {} })).stopSharing.stopped).toBe(0);
    await hub.runJobs();
    expect(hub.mail.letters.map(({ subject }) => subject)).toContain('A person stopped sharing');
  });

  it('keeps the patient’s own word beside what the care manager noted', async () => {
    const between = await pair(hub);
    const id = await send(between);
    const page = await pages.pageOf(between);
    const say = async (word: string, note?: string) => (await page.gql(SAY, { input: { referralId: id, word, note } })).confirmMyHelp; // prettier-ignore
    expect((await say('HELPED')).userErrors).toEqual([{ code: 'NOT_YET', field: 'referralId' }]);
    await take(between.agency, 'acceptReferral', id);
    await take(between.agency, 'completeReferral', id, { outcome: 'HELP_RECEIVED' });
    await take(between.sender, 'confirmReferralOutcome', id, { confirmation: 'HELPED' });
    expect(await say('NOT_HELPED', 'The box was empty.')).toEqual({ word: 'NOT_HELPED', userErrors: [] });
    const LOOP =
      'query ($id: ID!) { referral(id: $id) { patientConfirmation ownWord ownWordNote loop { confirmedByPatient disagreement wordsDiffer } } }';
    expect((await between.sender.gql(LOOP, { id })).referral).toEqual({
      patientConfirmation: 'HELPED',
      ownWord: 'NOT_HELPED',
      ownWordNote: 'The box was empty.',
      loop: { confirmedByPatient: false, disagreement: true, wordsDiffer: true },
    });
    expect((await between.agency.gql(LOOP, { id })).referral.ownWordNote).toBeNull();
    expect(await page.codes(SAY, { input: { referralId: id, word: 'COULD_NOT_ASK' } })).toEqual(['BAD_USER_INPUT']);
  });

  it('changes how to be reached, and letters obey from the next one on', async () => {
    const between = await pair(hub);
    const page = await pages.pageOf(between);
    const change = async (input: object) => (await page.gql(CONTACT, { input })).changeMyContact;
    const windows = [{ days: ['TH'], from: '09:00', to: '10:00' }];
    expect(await change({ method: 'TEXT', windows })).toMatchObject({ contact: { method: 'TEXT', windows }, userErrors: [] }); // prettier-ignore
    expect((await change({ windows: [{ days: ['TH'], from: '10:00', to: '09:00' }] })).userErrors).toEqual([
      { code: 'NOT_HOURS', field: 'windows' },
    ]);
    // No hours at all would be never.
    expect((await change({ windows: [] })).userErrors).toEqual([{ code: 'NO_HOURS', field: 'windows' }]);
    // Wednesday 10 am in New York: it waits for Thursday at nine.
    expect(await make(between.sender, { patientId: between.patientId, way: 'TEXT' })).toMatchObject({
      goesAt: '2027-11-18T14:00:00.000Z',
      url: null,
    });
    const sent = () => hub.sql(`select state, not_before from hub.patient_letter where patient_id = $1`, [between.patientId]); // prettier-ignore
    await hub.runJobs();
    expect(await sent()).toMatchObject([{ state: 'WAITING' }]);
    hub.clock.set('2027-11-18T14:00:00Z');
    await hub.runJobs();
    expect(await sent()).toMatchObject([{ state: 'SENT' }]);
    const [text] = await hub.sql<{ body: string }>(`select body from hub.text_outbox where recipient = '+14105550123'`);
    expect(text?.body).toMatch(/my-help#token=[\w-]{43}/);
    expect(text?.body).not.toMatch(/Given|food/);
    hub.clock.set('2027-11-17T15:00:00Z');
  });

  it('holds a letter that became unsafe meanwhile, and puts it before the care manager', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.patient set contact_method = 'TEXT' where id = $1`, [between.patientId]);
    await make(between.sender, { patientId: between.patientId, way: 'TEXT' });
    await hub.sql('update hub.patient set phone_safe = false where id = $1', [between.patientId]);
    await hub.runJobs();
    const HELD = '{ today { heldLetters { id state why patient { id } } } }';
    const { today } = await between.sender.gql(HELD);
    expect(today.heldLetters).toMatchObject([{ state: 'HELD', why: 'NOT_THIS_NUMBER', patient: { id: between.patientId } }]); // prettier-ignore
    const SETTLE = `mutation ($input: SettleLetterInput!) { settleLetter(input: $input) { letter { state } userErrors { code } } }`;
    const settle = async (again: boolean) =>
      (await between.sender.gql(SETTLE, { input: { id: today.heldLetters[0].id, again } })).settleLetter;
    expect((await settle(false)).letter.state).toBe('DROPPED');
    expect((await settle(true)).userErrors).toEqual([{ code: 'NOT_HELD' }]);
    expect((await make(between.sender, { patientId: between.patientId, way: 'TEXT' })).userErrors).toEqual([
      { code: 'NOT_THIS_NUMBER', field: 'way' },
    ]);
  });
});

describe('an attacker', () => {
  it('opens nothing with a link that was made up, altered, old, taken back, or guessed at', async () => {
    const between = await pair(hub);
    const { sender, patientId } = between;
    const { url, link } = await make(sender, { patientId });
    const token = tokenOf(url);
    expect((await pages.open(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 1970)).state).toBe('ENDED');
    expect((await pages.open('x'.repeat(43), 1970)).state).toBe('ENDED');
    expect((await pages.open(token)).state).toBe('ASKS');
    for (let n = 0; n < 4; n += 1) expect((await pages.open(token, 1971)).state).toBe('WRONG');
    // A right answer forgives; five wrong ones end the link for good.
    expect((await pages.open(token, 1970)).state).toBe('OPEN');
    for (let n = 0; n < 4; n += 1) await pages.open(token, 1971);
    expect((await pages.open(token, 1999)).state).toBe('ENDED');
    expect((await pages.open(token, 1970)).state).toBe('ENDED');
    const page = await pages.pageOf(between);
    expect((await pages.open(token, 1970)).state).toBe('ENDED');
    await sender.gql(UNMAKE, { input: { id: link.id } });
    expect(await page.codes(PAGE)).toEqual([]);
    hub.clock.set('2028-01-17T15:00:00Z');
    expect((await pages.open(page.link, 1970)).state).toBe('ENDED');
    hub.clock.set('2027-11-17T15:00:00Z');
  });

  it('is stopped by the address he tries from, before the database is asked', async () => {
    const own = await testHub({ now: '2027-11-17T15:00:00Z' });
    try {
      const nobody = await visitor(own);
      const tries = Array.from({ length: 31 }, (_, n) => ({ input: { token: `${n}`.padStart(43, 'x') } }));
      const codes: string[] = [];
      for (const variables of tries) codes.push(...(await nobody.codes(OPEN, variables)));
      expect(codes).toEqual(['RATE_LIMITED']);
    } finally {
      await own.stop();
    }
  });

  it('finds a page closed after 20 quiet minutes, when it was closed, when the link was taken back', async () => {
    const between = await pair(hub);
    const [quiet, closed, revoked] = [
      await pages.pageOf(between, { days: 2 }),
      await pages.pageOf(between),
      await pages.pageOf(between),
    ];
    // Each new link ends the one before it.
    expect(await quiet.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    expect(await closed.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    hub.clock.set('2027-11-17T15:19:00Z');
    expect(await revoked.codes(PAGE)).toEqual([]);
    hub.clock.set('2027-11-17T15:39:30Z');
    expect(await revoked.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    hub.clock.set('2027-11-17T15:00:00Z');
    const page = await pages.pageOf(between);
    expect((await page.gql(CLOSE)).closeMyHelp).toEqual({ closed: true });
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    await hub.sql(`update hub.patient set status = 'DECEASED' where id = $1`, [between.patientId]);
    expect((await pages.open(page.link, 1970)).state).toBe('ENDED');
  });

  it('reaches with a page nothing but its own record, by the API or with the role of its database', async () => {
    const between = await pair(hub);
    const stranger = await pair(hub);
    const theirs = await send(stranger);
    await take(stranger.agency, 'acceptReferral', theirs);
    const page = await pages.pageOf(between);
    for (const query of [
      '{ patients { edges { node { id } } } }',
      `{ patient(id: "${between.patientId}") { id } }`,
      `{ referral(id: "${theirs}") { id } }`,
      '{ searchServices(input: { text: "food" }) { total } }',
      '{ viewer { user { id } } }',
    ]) {
      expect(await page.codes(query)).toEqual(['FORBIDDEN']);
    }
    expect(await page.codes(STOP, { input: { consentId: stranger.consentId } })).toEqual(['NOT_FOUND']);
    expect(await page.codes(SAY, { input: { referralId: theirs, word: 'HELPED' } })).toEqual(['NOT_FOUND']);
    const rows = await pages.asPage('hub_patient', between, {
      patients: 'select count(*)::int as n from hub.patient',
      referrals: `select count(*)::int as n from hub.referral where id = '${theirs}'`,
      audit: `select count(*)::int as n from hub.audit where patient_id <> '${between.patientId}'`,
    });
    expect(rows).toEqual({ patients: 1, referrals: 0, audit: 0 });
    for (const sql of [
      `update hub.referral set status = 'COMPLETED'`,
      `update hub.patient set family_name = 'X'`,
      'select token_hash from hub.help_link',
      'select * from hub.help_session',
      'select email from hub.user_account',
      'select * from hub.idempotency_key',
      'delete from hub.consent',
      `update hub.consent set status = 'ACTIVE'`,
    ]) {
      await expect(pages.asPage('hub_patient', between, { sql })).rejects.toMatchObject({ code: '42501' });
    }
  });
});

it('another organization’s care manager can make no link, and read none', async () => {
  const between = await pair(hub);
  const other = await careManager(hub);
  expect(await other.codes(MAKE, { input: { patientId: between.patientId, way: 'PAPER' } })).toEqual(['NOT_FOUND']);
  const { link } = await make(between.sender, { patientId: between.patientId });
  expect(await other.codes(UNMAKE, { input: { id: link.id } })).toEqual(['NOT_FOUND']);
  expect(await between.agency.codes(MAKE, { input: { patientId: between.patientId, way: 'PAPER' } })).toEqual(['FORBIDDEN']); // prettier-ignore
});

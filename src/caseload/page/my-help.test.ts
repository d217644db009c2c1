import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { careManager, visitor, type Actor, type Visitor } from '../../../test/actors.js';
import { consent, need, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, send, service, take, type Pair } from '../../../test/referral-factories.js';
import { testSecret } from '../../../test/secret.js';
import { urlFor } from '../../platform/database/roles.js';

const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { link { id works } url goesAt userErrors { code field } } }`;
const UNMAKE = `mutation ($input: RevokeHelpLinkInput!) { revokeHelpLink(input: $input) { link { works } userErrors { code } } }`;
const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { state token } userErrors { code } } }`;
const PAGE = `query ($withPrivate: Boolean, $takeAway: Boolean) { myHelp(withPrivate: $withPrivate, takeAway: $takeAway) { name reader careTeam given { code } givenUntil
  consents { id status recipient statement } disclosures { to fields consentId } accesses { who words } contact { method phoneEnding phoneSafe windows { days from to } }
  needs { label status } referrals { id service agency status ownWord canSay consentEndedAt } } }`;
const STOP = `mutation ($input: StopSharingInput!) { stopSharing(input: $input) { stopped userErrors { code } } }`;
const SAY = `mutation ($input: ConfirmMyHelpInput!) { confirmMyHelp(input: $input) { word userErrors { code field } } }`;
const CONTACT = `mutation ($input: ChangeMyContactInput!) { changeMyContact(input: $input) { contact { method phoneSafe windows { days from to } } userErrors { code field } } }`;
const CLOSE = `mutation { closeMyHelp { closed } }`;

let hub: TestHub;
let login: Client;
beforeAll(async () => {
  hub = await testHub({ now: '2027-11-17T15:00:00Z' });
  login = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
  await login.connect();
});
afterAll(async () => {
  await login.end();
  await hub.stop();
});

const tokenOf = (url: string): string => /#token=([\w-]{43})$/.exec(url)?.[1] ?? '';
const make = async (sender: Actor, input: object) => (await sender.gql(MAKE, { input: { way: 'PAPER', ...input } })).makeHelpLink; // prettier-ignore
const open = async (token: string, birthYear?: number) => {
  const nobody = await visitor(hub);
  return (await nobody.gql(OPEN, { input: { token, birthYear } })).openMyHelp.page as { state: string; token: string };
};
/** The page of a patient, or of somebody around them. */
async function pageOf(
  { sender, patientId }: Pair,
  input: object = {},
): Promise<Visitor & { link: string; token: string }> {
  const { url } = await make(sender, { patientId, ...input });
  // All of these tests come from one address.
  await hub.sql('delete from hub.rate_limit');
  const { token } = await open(tokenOf(url), 1970);
  return { ...(await visitor(hub, token)), link: tokenOf(url), token };
}
const read = async (page: Visitor, variables: object = {}) => (await page.gql(PAGE, variables)).myHelp;

describe('the page of a patient', () => {
  it('says what was asked for, who knows what on which consent, and who has looked', async () => {
    const between = await pair(hub);
    const id = await send(between);
    await take(between.agency, 'acceptReferral', id);
    const found = await read(await pageOf(between));
    expect(found).toMatchObject({ reader: null, careTeam: between.sender.organization.name, given: null });
    expect(found.needs).toEqual([{ label: 'Not enough food', status: 'BEING_ADDRESSED' }]);
    expect(found.referrals).toMatchObject([{ id, agency: between.agency.organization.name, status: 'ACCEPTED', canSay: true }]); // prettier-ignore
    expect(found.consents).toMatchObject([{ id: between.consentId, status: 'ACTIVE', recipient: 'community agencies that can help' }]); // prettier-ignore
    expect(found.disclosures).toMatchObject([{ to: between.agency.organization.name, consentId: between.consentId }]);
    expect(found.contact).toEqual({ method: 'PHONE', phoneEnding: '0123', phoneSafe: true, windows: null });
    const said = found.accesses.map(({ who, words }: { who: string; words: string }) => `${who}: ${words}`);
    expect(said).toContain(`${between.sender.user.name}: Sent a referral`);
    // Of another organization the name, not its people.
    expect(said).toContain(`${between.agency.organization.name}: Accepted a referral`);
    expect(said.join()).not.toContain(between.agency.user.name);
    expect((await read(await pageOf(between))).accesses[0]).toBeDefined();
  });

  it('keeps sensitive matters off until they are asked for, agencies and people who looked included', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender, agency } = between;
    const secret = await need(hub, owner, patientId, { category: 'intimate-partner-violence', sensitivity: 'INTIMATE_PARTNER_VIOLENCE', label: 'Not safe at home' }); // prettier-ignore
    await consent(hub, owner, patientId, { grantee_organization_id: agency.organization.id, categories: ['intimate-partner-violence'], sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] }); // prettier-ignore
    const id = await send({ ...between, needId: secret });
    await take(agency, 'acceptReferral', id);
    const page = await pageOf(between);
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
    const page = await pageOf(between);
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
    const page = await pageOf(between);
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
    const page = await pageOf(between);
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
    expect((await open(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 1970)).state).toBe('ENDED');
    expect((await open('x'.repeat(43), 1970)).state).toBe('ENDED');
    expect((await open(token)).state).toBe('ASKS');
    for (let n = 0; n < 4; n += 1) expect((await open(token, 1971)).state).toBe('WRONG');
    // A right answer forgives; five wrong ones end the link for good.
    expect((await open(token, 1970)).state).toBe('OPEN');
    for (let n = 0; n < 4; n += 1) await open(token, 1971);
    expect((await open(token, 1999)).state).toBe('ENDED');
    expect((await open(token, 1970)).state).toBe('ENDED');
    const page = await pageOf(between);
    expect((await open(token, 1970)).state).toBe('ENDED');
    await sender.gql(UNMAKE, { input: { id: link.id } });
    expect(await page.codes(PAGE)).toEqual([]);
    hub.clock.set('2028-01-17T15:00:00Z');
    expect((await open(page.link, 1970)).state).toBe('ENDED');
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
    const [quiet, closed, revoked] = [await pageOf(between, { days: 2 }), await pageOf(between), await pageOf(between)];
    // Each new link ends the one before it.
    expect(await quiet.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    expect(await closed.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    hub.clock.set('2027-11-17T15:19:00Z');
    expect(await revoked.codes(PAGE)).toEqual([]);
    hub.clock.set('2027-11-17T15:39:30Z');
    expect(await revoked.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    hub.clock.set('2027-11-17T15:00:00Z');
    const page = await pageOf(between);
    expect((await page.gql(CLOSE)).closeMyHelp).toEqual({ closed: true });
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    await hub.sql(`update hub.patient set status = 'DECEASED' where id = $1`, [between.patientId]);
    expect((await open(page.link, 1970)).state).toBe('ENDED');
  });

  it('reaches with a page nothing but its own record, by the API or with the role of its database', async () => {
    const between = await pair(hub);
    const stranger = await pair(hub);
    const theirs = await send(stranger);
    await take(stranger.agency, 'acceptReferral', theirs);
    const page = await pageOf(between);
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
    const rows = await asPage('hub_patient', between, {
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
      await expect(asPage('hub_patient', between, { sql })).rejects.toMatchObject({ code: '42501' });
    }
  });
});

/** Runs statements as the role of a page about this patient, each in a transaction of its own that is rolled back. */
async function asPage(
  role: 'hub_patient' | 'hub_caregiver',
  { owner, patientId }: Pair,
  statements: Record<string, string>,
  settings: Record<string, string> = {},
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, sql] of Object.entries(statements)) {
    await login.query('begin');
    try {
      await login.query(`set local role ${role}`);
      const all = { 'hub.org_id': owner.organizationId, 'hub.patient_id': patientId, ...settings };
      for (const [key, value] of Object.entries(all)) {
        await login.query('select set_config($1, $2, true)', [key, value]);
      }
      counts[name] = (await login.query<{ n: number }>(sql)).rows[0]?.n ?? -1;
    } finally {
      await login.query('rollback');
    }
  }
  return counts;
}

describe('somebody around the patient', () => {
  const given = async (between: Pair, input: object = {}) => {
    const { owner, patientId, sender } = between;
    const daughter = await relatedPerson(hub, owner, patientId, { name: 'Rosa' });
    expect((await make(sender, { patientId, relatedPersonId: daughter })).userErrors).toEqual([
      { code: 'NOTHING_GIVEN', field: 'relatedPersonId' },
    ]);
    const consentId = await consent(hub, owner, patientId, {
      kind: 'FAMILY',
      grantee_class: null,
      grantee_related_person_id: daughter,
      categories: ['food-insecurity'],
      purpose: 'FAMILY_INVOLVEMENT',
      recorded_by: sender.user.id,
      ...input,
    });
    return { daughter, consentId, page: await pageOf(between, { relatedPersonId: daughter }) };
  };

  it('sees what she was given and until when, never what is sensitive, never how to reach the patient', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender, agency } = between;
    await need(hub, owner, patientId, { category: 'housing-instability', label: 'Behind with the rent' });
    const secret = await need(hub, owner, patientId, { sensitivity: 'INTIMATE_PARTNER_VIOLENCE', label: 'Not safe' });
    await consent(hub, owner, patientId, { sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] });
    const food = await send(between);
    await send({ ...between, needId: secret, serviceId: await service(hub, agency.organization.id) });
    const { page, daughter, consentId } = await given(between);
    const found = await read(page, { withPrivate: true });
    expect(found).toMatchObject({ reader: 'Rosa', given: [{ code: 'food-insecurity' }], givenUntil: '2028-11-16T15:00:00.000Z' }); // prettier-ignore
    expect(found).toMatchObject({ consents: [], disclosures: [], accesses: [], contact: { phoneEnding: null } });
    expect(found.needs).toEqual([{ label: 'Not enough food', status: 'BEING_ADDRESSED' }]);
    expect(found.referrals.map(({ id }: { id: string }) => id)).toEqual([food]);
    // Showing it is a disclosure to her, on the consent that allowed it.
    const told = await hub.sql('select recipient_related_person_id, consent_id from hub.disclosure where recipient_org_id is null and patient_id = $1', [patientId]); // prettier-ignore
    expect(told).toEqual([{ recipient_related_person_id: daughter, consent_id: consentId }]);
    expect(await page.codes(STOP, { input: {} })).toEqual(['FORBIDDEN']);
    const rows = await asPage(
      'hub_caregiver',
      between,
      {
        needs: 'select count(*)::int as n from hub.need',
        referrals: 'select count(*)::int as n from hub.referral',
      },
      { 'hub.categories': '{*}', 'hub.related_person_id': daughter },
    );
    expect(rows).toEqual({ needs: 2, referrals: 1 });
    for (const sql of [
      'select phone from hub.patient',
      'select shared from hub.referral',
      'select id from hub.disclosure',
      'select evidence from hub.need',
      'select id from hub.audit',
      'select id from hub.screening',
    ]) {
      // prettier-ignore
      await expect(asPage('hub_caregiver', between, { sql })).rejects.toMatchObject({ code: '42501' });
    }
    expect(sender.user.name).toBeTruthy();
  });

  it('says how she herself is reached: her letters obey, and nothing of the patient changes', async () => {
    const between = await pair(hub);
    const { patientId, sender } = between;
    const { page, daughter } = await given(between);
    await hub.sql(`update hub.related_person set phone = '+14155550142', contact_note = 'Works at night', time_zone = 'America/Los_Angeles' where id = $1`, [daughter]); // prettier-ignore
    const before = await hub.sql('select * from hub.patient where id = $1', [patientId]);
    expect((await read(page)).contact).toEqual({ method: 'TEXT', phoneEnding: '0142', phoneSafe: true, windows: null });
    const linkFor = () => make(sender, { patientId, relatedPersonId: daughter, way: 'TEXT' });
    // A note is for a person to follow, until she says herself when it is safe.
    expect((await linkFor()).userErrors).toEqual([{ code: 'TIMES_IN_WORDS', field: 'way' }]);
    const evenings = [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '18:00', to: '20:00' }];
    const change = async (input: object, on: Visitor = page) => (await on.gql(CONTACT, { input })).changeMyContact;
    expect(await change({ windows: evenings })).toMatchObject({ contact: { windows: evenings }, userErrors: [] });
    expect((await change({ windows: [{ days: ['MO'], from: '20:00', to: '18:00' }] })).userErrors).toEqual([
      { code: 'NOT_HOURS', field: 'windows' },
    ]);
    // Six in the evening where she lives, three hours after six in Baltimore.
    expect((await linkFor()).goesAt).toBe('2027-11-18T02:00:00.000Z');
    // The new link ended the older one, and her page with it.
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    const again = await pageOf(between, { relatedPersonId: daughter });
    expect(await change({ phoneSafe: false }, again)).toMatchObject({ contact: { phoneSafe: false } });
    expect((await linkFor()).userErrors).toEqual([{ code: 'NOT_THIS_NUMBER', field: 'way' }]);
    expect(await hub.sql('select * from hub.patient where id = $1', [patientId])).toEqual(before);
    const own = await read(await pageOf(between));
    const said = own.accesses.map(({ who, words }: { who: string; words: string }) => `${who}: ${words}`);
    expect(said).toContain('Someone you let see this: Changed how family is reached');
    expect(own.contact).toMatchObject({ phoneSafe: true, windows: null });
  });

  it('changes with the role of her page only how she is reached, and only her own row', async () => {
    const between = await pair(hub);
    const { owner, patientId } = between;
    const { daughter } = await given(between);
    const son = await relatedPerson(hub, owner, patientId, { name: 'Sam' });
    const as = { 'hub.categories': '{*}', 'hub.related_person_id': daughter };
    const tryTo = (sql: string) => asPage('hub_caregiver', between, { sql }, as);
    for (const set of [
      `authority = 'GUARDIAN'`,
      `phone = '+14105550100'`,
      `ended_at = null`,
      `own_patient_id = null`,
    ]) {
      await expect(tryTo(`update hub.related_person set ${set}`)).rejects.toMatchObject({ code: '42501' });
    }
    const both =
      'with done as (update hub.related_person set voicemail_ok = true returning 1) select count(*)::int as n from done';
    expect(await tryTo(both)).toEqual({ sql: 1 });
    expect(await tryTo(`select count(*)::int as n from hub.related_person where id = '${son}'`)).toEqual({ sql: 0 });
    await expect(tryTo(`update hub.patient set voicemail_ok = true`)).rejects.toMatchObject({ code: '42501' });
  });

  it('sees nothing any more in the moment the patient takes it back, or it runs out', async () => {
    const between = await pair(hub);
    const { page, consentId } = await given(between);
    expect(await page.codes(PAGE)).toEqual([]);
    const patient = await pageOf(between);
    await patient.gql(STOP, { input: { consentId } });
    expect(await page.codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    expect((await open(page.link, 1970)).state).toBe('ENDED');
  });

  it('sees all that is not sensitive by her own authority, as long as that holds', async () => {
    const between = await pair(hub);
    const { owner, patientId } = between;
    await need(hub, owner, patientId, { category: 'housing-instability', label: 'Behind with the rent' });
    const guardian = await relatedPerson(hub, owner, patientId, { authority: 'GUARDIAN', authority_to: '2027-11-17' });
    const page = await pageOf(between, { relatedPersonId: guardian });
    const found = await read(page);
    expect(found).toMatchObject({ given: null, givenUntil: '2027-11-18T05:00:00.000Z' });
    expect(found.needs).toHaveLength(2);
    hub.clock.set('2027-11-18T05:00:00Z');
    expect((await open(page.link, 1970)).state).toBe('ENDED');
    hub.clock.set('2027-11-17T15:00:00Z');
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

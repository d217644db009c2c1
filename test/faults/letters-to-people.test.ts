import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/referral/self/self.tasks.js';
import { newId } from '../../src/platform/id.js';
import { addressOf, anonymous, careManager, carePrivacyOfficer, careSupervisor } from '../actors.js';
import { assignment, patient } from '../caseload-factories.js';
import { insert } from '../factories.js';
import type { TestHub } from '../hub.js';
import { MESSAGE, pair, send, take, type Pair } from '../referral-factories.js';
import { testSecret } from '../secret.js';
import { letterGround, type LetterGround } from './letter-ground.js';

/*
 * The other half of the table of letters: to those who asked alone, to patients, to whoever is invited, to those who watch over
 * emergencies, about consents that ended, with papers and with lists. Each leaves once, whatever happens to the mail server and
 * to the process that sends it.
 */
let ground: LetterGround;
let hub: TestHub;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-letters-'));
  ground = await letterGround({ HUB_DATA_DIR: folder, MAIL_FROM: 'Hub <hub@hub.example.org>' });
  hub = ground.hub;
});
afterAll(async () => {
  await ground.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => ground.anew());

let made = 0;
async function agencyOf(): Promise<Pair & { desk: string }> {
  const between = await pair(hub);
  const desk = `desk${(made += 1)}@agency.example`;
  await hub.sql('update hub.organization set referral_email = $1 where id = $2', [
    desk,
    between.agency.organization.id,
  ]);
  return { ...between, desk };
}

const BEGIN = `mutation ($input: BeginSelfReferralInput!) { beginSelfReferral(input: $input) { ticket userErrors { code } } }`;
const TEXT = `query ($input: SelfStatementInput!) { selfReferralStatement(input: $input) { version } }`;
const SEND_SELF = `mutation ($input: SendSelfReferralInput!) { sendSelfReferral(input: $input) { sent url userErrors { code field } } }`;
const MY_PAGES = `mutation ($input: AskForMyPagesInput!) { askForMyPages(input: $input) { ticket userErrors { code } } }`;
const INVITE = `mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { userErrors { code } } }`;
const PROTECT = `mutation ($input: RestrictPatientInput!) { restrictPatient(input: $input) { userErrors { code } } }`;
const BREAK = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { userErrors { code } } }`;
const REVOKE = `mutation ($input: RevokeConsentInput!) { revokeConsent(input: $input) { userErrors { code } } }`;
const PAGE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { userErrors { code } } }`;
const LIST = `mutation ($input: MailListInput!) { mailList(input: $input) { userErrors { code } } }`;

/** Somebody who asks alone, by mail, in the zone where it is morning. */
async function asks(serviceId: string, address: string): Promise<void> {
  const person = await anonymous(hub);
  const { ticket } = (await person.gql(BEGIN, { input: { serviceId, way: 'EMAIL', address } })).beginSelfReferral;
  await ground.quiet();
  const about = { serviceId, givenName: 'Ana', familyName: 'R', categories: ['food-insecurity'] };
  const { version } = (await person.gql(TEXT, { input: about })).selfReferralStatement;
  const code = codeOf(testSecret, ticket);
  const input = { ...about, ticket, code, statementVersion: version, hours: 'ANY', timeZone: 'America/New_York', wantsLink: true }; // prettier-ignore
  const { sendSelfReferral } = await person.gql(SEND_SELF, { input });
  expect(sendSelfReferral).toMatchObject({ sent: true, userErrors: [] });
}
const person = (): string => `person${(made += 1)}@example.org`;
const done = (payload: { userErrors: unknown[] }): void => expect(payload.userErrors).toEqual([]);

/** Each kind of letter: what brings it about without running a job for it, and to whom it goes. */
const KINDS: Record<string, () => Promise<string[]>> = {
  'a code for somebody who asks alone': async () => {
    const { serviceId } = await agencyOf();
    const address = person();
    done((await (await anonymous(hub)).gql(BEGIN, { input: { serviceId, way: 'EMAIL', address } })).beginSelfReferral);
    return [address];
  },
  'what somebody asked alone, to the agency, and the page to themselves': async () => {
    const { serviceId, desk } = await agencyOf();
    const address = person();
    await asks(serviceId, address);
    return [desk, address];
  },
  'an answer to somebody who asked alone': async () => {
    const { serviceId, agency } = await agencyOf();
    const address = person();
    await asks(serviceId, address);
    await ground.quiet();
    const [row] = await hub.sql<{ id: string }>('select id from hub.referral where service_id = $1', [serviceId]);
    await take(agency, 'acceptReferral', row?.id ?? '');
    return [address];
  },
  'a code back to the own page': async () => {
    const { serviceId } = await agencyOf();
    const address = person();
    await asks(serviceId, address);
    await ground.quiet();
    await hub.sql('delete from hub.rate_limit');
    done((await (await anonymous(hub)).gql(MY_PAGES, { input: { way: 'EMAIL', address } })).askForMyPages);
    return [address];
  },
  'an invitation': async () => {
    const supervisor = await careSupervisor(hub);
    const email = person();
    done((await supervisor.gql(INVITE, { input: { email, roles: ['CARE_MANAGER'] } })).inviteMember);
    return [email];
  },
  'a protected record that was opened': async () => {
    const manager = await careManager(hub);
    const { organization } = manager;
    const officers = [await carePrivacyOfficer(hub, { organization }), await carePrivacyOfficer(hub, { organization })];
    const supervisor = await careSupervisor(hub, { organization });
    const own = { organizationId: organization.id };
    const id = await patient(hub, own);
    await assignment(hub, own, id, manager.user.id);
    done((await manager.gql(PROTECT, { input: { patientId: id, restricted: 'STAFF' } })).restrictPatient);
    const input = { patientId: id, reason: 'HELP_TODAY', words: 'She was brought to the emergency room.' };
    done((await supervisor.gql(BREAK, { input })).breakGlass);
    return officers.map(({ user }) => user.email);
  },
  'a consent that was taken back, to both sides': async () => {
    const at = await agencyOf();
    await send(at);
    await ground.quiet();
    done((await at.sender.gql(REVOKE, { input: { id: at.consentId, reason: 'x' } })).revokeConsent);
    return [at.desk, at.sender.user.email];
  },
  'a consent that ran out, to both sides': async () => {
    const at = await agencyOf();
    await send(at);
    await ground.quiet();
    await hub.sql('update hub.consent set expires_at = $2 where id = $1', [at.consentId, hub.clock.now()]);
    hub.clock.advance({ minutes: 1 });
    await hub.sql(`select hub.enqueue('referral.consents-run-out')`);
    return [at.desk, at.sender.user.email];
  },
  'a page of one’s own': async () => {
    const { sender, patientId } = await agencyOf();
    const email = person();
    await hub.sql(
      `update hub.patient set email = $2, email_safe = true, contact_method = 'EMAIL', time_zone = 'America/New_York' where id = $1`,
      [patientId, email],
    );
    done((await sender.gql(PAGE, { input: { patientId, way: 'EMAIL', asksBirthYear: false } })).makeHelpLink);
    return [email];
  },
  'a paper': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await ground.quiet();
    const file = newId();
    const sent = await fetch(`${await addressOf(hub)}/files/${file}?kind=referral-message&name=form.pdf`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${at.sender.token}` },
      body: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n',
    });
    expect(sent.status).toBe(200);
    const input = { id, body: '', fileIds: [file], idempotencyKey: newId() };
    done((await at.sender.gql(MESSAGE, { input })).sendReferralMessage);
    return [at.desk];
  },
  'a list': async () => {
    const { serviceId } = await agencyOf();
    const email = person();
    done((await (await anonymous(hub)).gql(LIST, { input: { email, language: 'en', serviceIds: [serviceId] } })).mailList); // prettier-ignore
    return [email];
  },
  'a recall, to the agency': async () => {
    const at = await agencyOf();
    const id = await send(at);
    await ground.quiet();
    await take(at.sender, 'recallReferral', id, { reasonCode: 'OTHER', reason: 'x' });
    return [at.desk];
  },
  'what a colleague follows': async () => {
    const at = await agencyOf();
    const id = await send(at);
    const colleague = await careManager(hub, { organization: at.sender.organization });
    await insert(hub, 'referral_watcher', {
      referral_id: id,
      user_id: colleague.user.id,
      from_org_id: at.sender.organization.id,
      added_by: at.sender.user.id,
      added_at: hub.clock.now(),
    });
    await ground.quiet();
    await take(at.agency, 'declineReferral', id, { reasonCode: 'NO_CAPACITY', reason: '' });
    return [at.sender.user.email, colleague.user.email];
  },
};

describe.each(Object.keys(KINDS))('%s', (kind) => {
  const bring = async (): Promise<string[]> => {
    const expected = (await KINDS[kind]?.()) ?? [];
    ground.mail.letters.length = 0;
    return expected.toSorted();
  };
  /** A code is of no use after its half hour: it is not sent when the server was away for longer. */
  const inTime = !kind.startsWith('a code');

  it(
    inTime
      ? 'leaves late and once when the mail server was away for a day'
      : 'does not leave when it is of no use any more',
    async () => {
      // prettier-ignore
      const expected = await bring();
      await ground.awayForADay();
      expect(ground.addressees()).toEqual(inTime ? expected : []);
      await hub.runJobs();
      expect(ground.addressees()).toEqual(inTime ? expected : []);
    },
  );

  it('leaves once from a worker that is killed before it could say that it left', async () => {
    const expected = await bring();
    await ground.killedAfterSending();
    expect(ground.addressees()).toEqual(expected);
  });
});

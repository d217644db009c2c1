import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { service, take } from '../../../test/referral-factories.js';
import { askSelf, selfPage } from '../../../test/self-factories.js';
import { rebuildSearch } from '../../directory/index.js';
import { asTask } from '../../platform/database/operation.js';
import { SELF_ORG } from './self-org.js';

const PAGE = `query ($withPrivate: Boolean) { myHelp(withPrivate: $withPrivate) { referrals { id status why late canTakeBack consentEndedAt
  waitlistPosition appointmentAt appointmentPlace answerDueAt next { id agency } } } }`;
const BACK = `mutation ($input: TakeBackMyRequestInput!) { takeBackMyRequest(input: $input) { takenBack userErrors { code } } }`;
const ROW = 'select id, status, reason_code, consent_decision, shared from hub.referral where service_id = $1';
const NOON = '2027-03-10T17:00:00Z';

let hub: TestHub;
let agency: Actor;
let serviceId: string;
beforeAll(async () => {
  hub = await testHub({ now: new Date(NOON) });
});
afterAll(() => hub.stop());
beforeEach(async () => {
  hub.clock.set(NOON);
  await hub.sql('delete from hub.rate_limit');
  hub.mail.letters.splice(0);
  agency = await agencyStaff(hub);
  serviceId = await service(hub, agency.organization.id);
  await hub.sql('update hub.service set referral_email = $1 where id = $2', [`${serviceId}@agency.example`, serviceId]);
});

const row = async () => (await hub.sql(ROW, [serviceId]))[0] as Record<string, unknown> & { id: string };
/** Goes on by hours, as the worker would look each time. */
async function wait(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour += 1) {
    hub.clock.advance({ hours: 1 });
    await hub.sql(`select hub.enqueue('referral.tick')`);
    await hub.runJobs();
  }
}
const newsTo = (address: string) =>
  hub.mail.to(address).map(({ text }) => text).filter((text) => !/is your code|your own page at/.test(text)); // prettier-ignore
const shown = async (url: string) => (await (await selfPage(hub, url)).gql(PAGE)).myHelp.referrals[0];

describe('somebody who asked for themselves', () => {
  it('is not left alone by a silent agency: it is reminded, and they hear it once, with whom else they can ask', async () => {
    const other = await agencyStaff(hub);
    const elsewhere = await service(hub, other.organization.id);
    await rebuildSearch(asTask(hub.orm));
    const { address, url, answerDueAt, sent } = await askSelf(
      hub,
      { serviceId },
      { wantsLink: true, timeZone: 'America/New_York' },
    );
    expect(sent).toBe(true);
    expect(new Date(answerDueAt) > hub.clock.now()).toBe(true);
    expect(await shown(url)).toMatchObject({
      status: 'REQUESTED',
      late: false,
      next: [],
      canTakeBack: true,
      answerDueAt,
    });
    await wait(24 * 5);
    const subjects = hub.mail.to(`${serviceId}@agency.example`).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.startsWith('A referral waits for you'))).not.toEqual([]);
    const news = newsTo(address);
    expect(news).toHaveLength(1);
    expect(news[0]).toContain('nobody has answered you in time');
    expect(news[0]).not.toMatch(/Ana|food|pantry|agency/i);
    const silent = await shown(/\S+my-help#\S+/.exec(news[0] ?? '')?.[0] ?? '');
    expect(silent).toMatchObject({ status: 'REQUESTED', late: true, canTakeBack: true });
    expect(silent.next.map((one: { id: string }) => one.id)).toContain(elsewhere);
    expect(silent.next.map((one: { agency: string }) => one.agency)).not.toContain(agency.organization.name);
  });

  it('hears of an answer, and why, only in the hours that are safe, and of several news in one letter', async () => {
    const { address, url } = await askSelf(
      hub,
      { serviceId },
      { wantsLink: true, hours: 'MORNINGS', timeZone: 'America/New_York' },
    );
    await hub.runJobs();
    const { id } = await row();
    await take(agency, 'acceptReferral', id);
    await take(agency, 'failReferral', id, { reasonCode: 'NO_FUNDS', reason: 'All is spent.' });
    await hub.runJobs();
    expect(newsTo(address)).toEqual([]);
    hub.clock.set('2027-03-11T13:30:00Z');
    await hub.runJobs();
    expect(newsTo(address)).toEqual([expect.stringContaining('There is an answer for you.')]);
    expect(await shown(url)).toMatchObject({
      status: 'FAILED',
      why: 'Their money for this is used up.',
      canTakeBack: false,
    });
  });

  it('is written to only when they wanted it, and sees the page in any case', async () => {
    const { address, url, again } = await askSelf(hub, { serviceId });
    await take(agency, 'declineReferral', (await row()).id, { reasonCode: 'NO_CAPACITY', reason: 'Full until May.' });
    await hub.runJobs();
    expect(newsTo(address)).toEqual([]);
    expect(hub.mail.to(address)).toHaveLength(1);
    expect(await shown(url)).toMatchObject({ status: 'REJECTED', why: 'They have no room right now.' });
    // A retry is told the same address and makes nothing twice.
    expect(await again?.()).toMatchObject({ sent: true, url });
    expect(await hub.sql(ROW, [serviceId])).toHaveLength(1);
  });

  it('takes it back at once: the agency sees it no more, is told without a reason, and a second time is nothing', async () => {
    const { url } = await askSelf(hub, { serviceId });
    await hub.runJobs();
    const { id } = await row();
    const page = await selfPage(hub, url);
    const back = async () => (await page.gql(BACK, { input: { referralId: id } })).takeBackMyRequest;
    expect(await back()).toEqual({ takenBack: true, userErrors: [] });
    expect(await agency.codes('query ($id: ID!) { referral(id: $id) { id } }', { id })).toEqual(['NOT_FOUND']);
    expect((await back()).userErrors).toEqual([{ code: 'ALREADY_DONE' }]);
    await hub.runJobs();
    expect(await row()).toMatchObject({ status: 'CANCELLED', reason_code: 'CONSENT_WITHDRAWN' });
    const letters = hub.mail.to(`${serviceId}@agency.example`).map(({ subject }) => subject);
    expect(letters.filter((subject) => subject.includes('A referral was withdrawn'))).toHaveLength(1);
    expect((await page.gql(PAGE)).myHelp.referrals[0]).toMatchObject({ status: 'CANCELLED', canTakeBack: false });
  });

  it('takes back no request but their own, and only what they asked for themselves', async () => {
    const mine = await askSelf(hub, { serviceId });
    const mineId = (await row()).id;
    const other = await service(hub, agency.organization.id);
    const theirs = await askSelf(hub, { serviceId: other });
    const page = await selfPage(hub, theirs.url);
    expect(await page.codes(BACK, { input: { referralId: mineId } })).toEqual(['NOT_FOUND']);
    expect((await shown(mine.url)).canTakeBack).toBe(true);
  });

  it('ends by itself when the consent runs out before an answer; a place on a list stays', async () => {
    await askSelf(hub, { serviceId });
    const other = await service(hub, agency.organization.id);
    await askSelf(hub, { serviceId: other });
    const [kept] = await hub.sql(ROW, [other]);
    await take(agency, 'acceptReferral', String(kept?.['id']));
    hub.clock.advance({ days: 91 });
    await hub.sql(`select hub.enqueue('referral.consents-run-out')`);
    await hub.runJobs();
    expect(await row()).toMatchObject({ status: 'CANCELLED' });
    expect((await hub.sql(ROW, [other]))[0]).toMatchObject({ status: 'ACCEPTED', consent_decision: 'KEPT' });
  });

  it('with a landline is called: no code goes, and the agency reads that nothing proved the number', async () => {
    const { sent, url } = await askSelf(
      hub,
      { serviceId, way: 'CALL', address: '(410) 555-0199' },
      { wantsLink: true },
    );
    expect(sent).toBe(true);
    await hub.runJobs();
    expect(await hub.sql('select * from hub.text_outbox')).toEqual([]);
    const shared = (await row())['shared'] as { key: string; value: string }[];
    const items = Object.fromEntries(shared.map(({ key, value }) => [key, value]));
    expect(items).toMatchObject({ phone: '+14105550199', unchecked: 'true' });
    expect(items['safeContact']).toMatch(/^Call; leave no voicemail/);
    const ask = () => askSelf(hub, { serviceId, way: 'CALL', address: '410 555 0199' });
    expect((await ask()).sent).toBe(true);
    expect((await ask()).userErrors).toEqual([{ code: 'TOO_MANY_CODES', field: 'address' }]);
    expect(await shown(url)).toMatchObject({ status: 'REQUESTED' });
  });

  it('proved by mail may name a number to be called, in any usual way of writing it', async () => {
    await askSelf(hub, { serviceId }, { callNumber: '443.555.0142', mayVoicemail: true });
    const shared = (await row())['shared'] as { key: string; value: string }[];
    const items = Object.fromEntries(shared.map(({ key, value }) => [key, value]));
    expect(items).toMatchObject({ phone: '+14435550142' });
    expect(items['safeContact']).toMatch(/^E-mail or call; voicemail is fine/);
    expect(items['unchecked']).toBeUndefined();
    expect((await askSelf(hub, { serviceId }, { callNumber: '12' })).userErrors).toEqual([
      { code: 'NOT_A_PHONE', field: 'callNumber' },
    ]);
  });

  it('has no age that anybody could reckon with, and no year of birth opens anything', async () => {
    const { url } = await askSelf(hub, { serviceId });
    const people = 'select birth_date from hub.patient where care_org_id = $1';
    expect((await hub.sql(people, [SELF_ORG])).every((one) => one['birth_date'] === null)).toBe(true);
    await hub.sql('update hub.help_link set asks_birth_year = true where care_org_id = $1', [SELF_ORG]);
    const open = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { state } } }`;
    const token = url?.split('token=')[1];
    const { page } = (await agency.gql(open, { input: { token, birthYear: 1900 } })).openMyHelp;
    expect(page.state).toBe('WRONG');
  });
});

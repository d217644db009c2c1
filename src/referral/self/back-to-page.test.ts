import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agencyStaff, anonymous, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { pair, service, take } from '../../../test/referral-factories.js';
import { askSelf, selfPage } from '../../../test/self-factories.js';

const ASK = `mutation ($input: AskForMyPagesInput!) { askForMyPages(input: $input) { ticket userErrors { code field message } } }`;
const OPEN = `mutation ($input: OpenMyPagesInput!) { openMyPages(input: $input) { pages { url askedAt } userErrors { code field } } }`;
const PAGE = `query { myHelp { alone worksUntil referrals { id status } } }`;
const CONTACT = `mutation ($input: ChangeMyContactInput!) { changeMyContact(input: $input) { userErrors { code } } }`;
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
});

const ask = async (input: object) => (await (await anonymous(hub)).gql(ASK, { input })).askForMyPages;
const open = async (ticket: string, code: string) => (await (await anonymous(hub)).gql(OPEN, { input: { ticket, code } })).openMyPages; // prettier-ignore
const codeIn = (text: string | undefined) => /^\d{6}/.exec(text ?? '')?.[0] ?? '';
async function askByMail(address: string): Promise<{ ticket: string; code: string; letters: number }> {
  const before = hub.mail.to(address).length;
  const { ticket } = await ask({ way: 'EMAIL', address });
  await hub.runJobs();
  const fresh = hub.mail.to(address).slice(before);
  return { ticket, code: codeIn(fresh.at(-1)?.text), letters: fresh.length };
}
const east = { timeZone: 'America/New_York' };

describe('somebody who asked alone and lost the link', () => {
  it('gets back by a code to the address they gave, and the older link ends', async () => {
    const { address, url } = await askSelf(hub, { serviceId }, east);
    // However they write it.
    const { ticket, code } = await askByMail(address.toUpperCase());
    const answer = await open(ticket, code);
    expect(answer).toMatchObject({ userErrors: [], pages: [{ askedAt: NOON.replace('Z', '.000Z') }] });
    const page = await selfPage(hub, answer.pages[0].url);
    expect((await page.gql(PAGE)).myHelp).toMatchObject({
      alone: true,
      worksUntil: '2027-06-08T17:00:00.000Z',
      referrals: [{ status: 'REQUESTED' }],
    });
    expect(await (await selfPage(hub, url)).codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    // The same code again, as when an answer was lost: the same link, and none more.
    expect((await open(ticket, code)).pages[0].url).toBe(answer.pages[0].url);
  });

  it('gets back after the ninety days too, with what became of it', async () => {
    const { address, url } = await askSelf(hub, { serviceId }, east);
    const [row] = await hub.sql('select id from hub.referral where service_id = $1', [serviceId]);
    await take(agency, 'acceptReferral', String(row?.['id']));
    hub.clock.advance({ days: 120 });
    expect(await (await selfPage(hub, url)).codes(PAGE)).toEqual(['UNAUTHENTICATED']);
    const { ticket, code } = await askByMail(address);
    const { pages } = await open(ticket, code);
    const page = await selfPage(hub, pages[0].url);
    expect((await page.gql(PAGE)).myHelp.referrals).toMatchObject([{ status: 'ACCEPTED' }]);
  });

  it('gets every page of what they asked for, letters going on for those who wanted them', async () => {
    const first = await askSelf(hub, { serviceId }, { ...east, wantsLink: true });
    const other = await service(hub, agency.organization.id);
    await askSelf(hub, { serviceId: other, address: first.address }, east);
    const { ticket, code } = await askByMail(first.address);
    const { pages } = await open(ticket, code);
    expect(pages).toHaveLength(2);
    await hub.runJobs();
    const ways = await hub.sql(
      `select l.way from hub.help_link l join hub.patient p on p.id = l.patient_id where lower(p.email) = lower($1) and l.revoked_at is null order by 1`,
      [first.address],
    );
    expect(ways).toEqual([{ way: 'EMAIL' }, { way: 'PAPER' }]);
    expect(hub.mail.to(first.address).at(-1)?.text).toContain(pages[1].url);
  });

  it('is told nothing that a stranger’s address is not told, in words, codes, rows and letters alike', async () => {
    const { address } = await askSelf(hub, { serviceId }, east);
    const known = await askByMail(address);
    const strange = await askByMail('nobody-here@example.org');
    expect([known.letters, strange.letters]).toEqual([1, 1]);
    const bare = (text?: string) => text?.replace(/^\d{6}/, '######');
    expect(bare(hub.mail.to(address).at(-1)?.text)).toBe(bare(hub.mail.to('nobody-here@example.org').at(-1)?.text));
    expect((await open(strange.ticket, strange.code)).pages).toEqual([]);
    for (const { ticket } of [known, strange]) {
      expect((await open(ticket, '000000x')).userErrors).toEqual([{ code: 'WRONG_CODE', field: 'code' }]);
    }
  });

  it('gets no code where or when they said it is not safe', async () => {
    const { address, url } = await askSelf(hub, { serviceId }, { ...east, hours: 'MORNINGS' });
    expect((await askByMail(address)).letters).toBe(0);
    hub.clock.set('2027-03-11T14:00:00Z');
    expect((await askByMail(address)).letters).toBe(1);
    const page = await selfPage(hub, url);
    await page.gql(CONTACT, { input: { emailSafe: false } });
    expect((await askByMail(address)).letters).toBe(0);
    // What was sent before that opens nothing any more.
    await page.gql(CONTACT, { input: { emailSafe: true } });
    const { ticket, code } = await askByMail(address);
    await page.gql(CONTACT, { input: { method: 'NONE' } });
    expect((await open(ticket, code)).pages).toEqual([]);
  });

  it('is not found by a number that was only to be called', async () => {
    const number = '+14105550187';
    await askSelf(hub, { serviceId, way: 'CALL', address: number }, east);
    const other = await service(hub, agency.organization.id);
    await askSelf(hub, { serviceId: other }, { ...east, callNumber: number });
    const { ticket } = await ask({ way: 'TEXT', address: number });
    await hub.runJobs();
    const [text] = await hub.sql('select body from hub.text_outbox where recipient = $1 order by created_at desc limit 1', [number]); // prettier-ignore
    expect((await open(ticket, codeIn(String(text?.['body'])))).pages).toEqual([]);
    expect(await (await anonymous(hub)).codes(ASK, { input: { way: 'CALL', address: number } })).toEqual([
      'BAD_USER_INPUT',
    ]);
  });
});

describe('an attacker', () => {
  it('guesses five codes and no more, asks for five codes a day, and uses no ticket for another thing', async () => {
    const { address } = await askSelf(hub, { serviceId }, east);
    const { ticket, code } = await askByMail(address);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await open(ticket, '000000')).userErrors).toEqual([{ code: 'WRONG_CODE', field: 'code' }]);
    }
    expect((await open(ticket, code)).userErrors).toEqual([{ code: 'CODE_ENDED', field: 'code' }]);
    for (let more = 0; more < 3; more += 1) await askByMail(address);
    expect((await ask({ way: 'EMAIL', address })).userErrors).toMatchObject([{ code: 'TOO_MANY_CODES' }]);
    // The ticket of asking a service opens no page, however right its code is.
    await hub.sql('delete from hub.rate_limit');
    const begin = `mutation ($input: BeginSelfReferralInput!) { beginSelfReferral(input: $input) { ticket } }`;
    const begun = await (await anonymous(hub)).gql(begin, { input: { serviceId, way: 'EMAIL', address } });
    await hub.runJobs();
    const asked = codeIn(hub.mail.to(address).at(-1)?.text);
    expect((await open(begun.beginSelfReferral.ticket, asked)).userErrors).toMatchObject([{ code: 'CODE_ENDED' }]);
    const late = await askByMail(address);
    hub.clock.advance({ minutes: 31 });
    expect((await open(late.ticket, late.code)).userErrors).toMatchObject([{ code: 'CODE_ENDED' }]);
  });

  it('finds nobody of a care organization by it', async () => {
    const { sender, patientId } = await pair(hub);
    await hub.sql(`update hub.patient set email = 'cared-for@example.org', contact_method = 'EMAIL' where id = $1`, [patientId]); // prettier-ignore
    await sender.gql('mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }', {
      input: { patientId, way: 'PAPER' },
    });
    const { ticket, code, letters } = await askByMail('cared-for@example.org');
    expect(letters).toBe(1);
    expect((await open(ticket, code)).pages).toEqual([]);
  });
});

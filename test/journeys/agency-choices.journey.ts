import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/identity/account/password.js';
import { newId } from '../../src/platform/id.js';
import { agencyAdmin, careManager } from '../actors.js';
import { user } from '../factories.js';
import { byLink, linked, type Linked } from '../link-factories.js';
import { MESSAGE, pair } from '../referral-factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let at: Linked;
let passwordHash: string;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  passwordHash = await hashPassword(password);
  const ana = await user(own.hub, { name: 'Ana Ruiz', email: 'ana@example.org', passwordHash });
  const rosa = await user(own.hub, { name: 'Rosa Lee', email: 'rosa@example.org', passwordHash });
  const [sender, agency] = [await careManager(own.hub, { user: ana }), await agencyAdmin(own.hub, { user: rosa })];
  at = await linked(own.hub, { like: await pair(own.hub, { sender, agency }) });
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

async function enter(email: string, locale = 'en-US'): Promise<Watched> {
  const visit = await open(browser, { url: own.url, locale });
  const { page } = visit;
  await page.goto('/sign-in');
  await page.locator('input[type=email]').fill(email);
  await page.locator('input[type=password]').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  await page.locator('h1').waitFor();
  return visit;
}
const say = (input: object) => byLink(at.visitor, 'answer', { token: at.token, id: newId(), name: 'Rosa', ...input });

describe('A referral with everything that was said', () => {
  it('shows its sender question and answer, attempts, list, appointment, times, and who said it how', async () => {
    await say({ answer: 'NEED_INFO', words: 'Does she have a stove?' });
    await at.sender.gql(MESSAGE, { input: { id: at.id, body: 'Yes, gas.', idempotencyKey: newId() } });
    await say({ answer: 'NOT_REACHED', how: 'PHONE', words: 'No answer' });
    await say({ answer: 'WAITLIST', waitlistPosition: 3, waitlistExpectedOn: '2027-01-15' });
    const care = await enter('ana@example.org');
    const { page } = care;
    await page.goto(`/referrals/${at.id}`);
    await page.getByText('Does she have a stove?').first().waitFor();
    await page.getByText('Number 3 on the waiting list.').waitFor();
    await page.getByText('by the link of a letter', { exact: false }).first().waitFor();
    await page.getByRole('heading', { name: 'How long it took' }).waitFor();
    await look(care, 'told-sender');
    expect(await rawWords(page)).toEqual([]);
    await say({
      answer: 'APPOINTMENT',
      appointmentAt: new Date(Date.now() + 2 * 86_400_000),
      appointmentPlace: '12 Main St',
    });
    await page.getByText('12 Main St').first().waitFor();
    await say({ answer: 'HELPED', outcome: 'HELP_RECEIVED' });
    await page.getByText('Said by Rosa', { exact: false }).first().waitFor();
    await look(care, 'told-sender-done');
  });

  it('lets its sender take the link back, and send a new one a while later', async () => {
    const other = await linked(own.hub, { like: await pair(own.hub, at) });
    const care = await enter('ana@example.org');
    const { page } = care;
    await page.goto(`/referrals/${other.id}`);
    await page.getByRole('button', { name: 'Take the link back' }).click();
    const dialog = page.getByRole('dialog');
    await look(care, 'link-withdraw');
    await dialog.getByRole('button', { name: 'Take the link back' }).click();
    await page.getByText('The link no longer works.').waitFor();
    await page.getByRole('button', { name: 'Send a new link' }).click();
    await page.getByText('A letter with a link left a few minutes ago', { exact: false }).waitFor();
    expect((await byLink(other.visitor, 'open', { token: other.token })).refused).toEqual(['LINK_ENDED']);
  });
});

describe('An agency', () => {
  it('reads the same on its side, and chooses its letters', async () => {
    const agency = await enter('rosa@example.org');
    const { page } = agency;
    await page.goto(`/inbox/${at.id}`);
    await page.getByRole('heading', { name: 'How long it took' }).waitFor();
    await look(agency, 'told-agency');
    await page.goto('/listing');
    await page.getByRole('link', { name: 'Letters and texts' }).click();
    await page.getByLabel('One letter a day').check();
    await page.getByLabel('Text this phone too').fill('nonsense');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is not a phone number.').first().waitFor();
    await page.getByLabel('Text this phone too').fill('(410) 555-0123');
    await look(agency, 'letters');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It counts from now on.').waitFor();
    await page.reload();
    expect(await page.getByLabel('One letter a day').isChecked()).toBe(true);
    expect(await rawWords(page)).toEqual([]);
  });

  it('without an account claims its listing from the link of a referral with two fields, in Spanish too', async () => {
    const newcomer = await linked(own.hub);
    await own.hub.sql('update hub.organization set claimed_at = null where id = $1', [newcomer.agency.organization.id]);
    const visit = await open(browser, { url: own.url, width: 320, locale: 'es-US' });
    const { page } = visit;
    await page.goto(`/answer#token=${newcomer.token}`);
    await page.getByRole('button', { name: 'Abrir' }).click();
    await page.locator('a[href^="/claim"]').click();
    await page.getByText('Eso habla por usted', { exact: false }).waitFor();
    await look(visit, 'claim-by-link-es');
    await fill(page);
    await expect
      .poll(() => own.hub.sql('select matches from hub.listing_claim where service_id = $1', [newcomer.serviceId]))
      .toEqual([{ matches: ['referral'] }]);
  });
});

async function fill(page: Page): Promise<void> {
  await page.locator('input[autocomplete=name]').fill('Tom Ortiz');
  await page.locator('input[type=email]').fill('tom@gmail.com');
  await page.keyboard.press('Enter');
}

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/identity/account/password.js';
import { agencyStaff } from '../actors.js';
import { user } from '../factories.js';
import { linked, type Linked } from '../link-factories.js';
import { pair } from '../referral-factories.js';
import { closeAll, enter, launch, look, open, rawWords, type Watched } from './chromium.js';
import { focused, press, tabTo } from './keyboard.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let email: string;
let agency: Awaited<ReturnType<typeof agencyStaff>>;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  const rosa = await user(own.hub, {
    name: 'Rosa',
    email: 'rosa@example.org',
    passwordHash: await hashPassword(password),
  });
  agency = await agencyStaff(own.hub, { user: rosa });
  email = rosa.email;
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

async function desk(): Promise<Watched> {
  const visit = await open(browser, { url: own.url });
  const { page } = visit;
  await enter(page, email, password);
  return visit;
}
const sent = async (): Promise<Linked> => linked(own.hub, { like: await pair(own.hub, { agency }) });
const row = async (at: Linked) => (await own.hub.sql('select * from hub.referral where id = $1', [at.id]))[0];

describe('On the page of a referral, an agency with an account', () => {
  it.each([
    ['We could not reach the person', 'Anything to add', 'No answer all day', 'Phone call, Rosa. No answer all day'],
    ['We need to know more', 'Your question', 'How many children?', 'How many children?'],
    ['On our waiting list', 'Place on your list', '4', 'Number 4 on the waiting list.'],
    ['We made an appointment', 'Where', '12 Main St', '12 Main St'],
  ])('says “%s” by keys alone', async (answer, field, words, seen) => {
    const at = await sent();
    const visit = await desk();
    const { page } = visit;
    await page.goto(`/inbox/${at.id}`);
    const button = page.getByRole('button', { name: answer });
    await press(page, button);
    const dialog = page.getByRole('dialog');
    const when = dialog.getByLabel('When', { exact: true });
    if ((await when.count()) > 0) {
      await when.fill(`${new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)}T14:30`);
    }
    await tabTo(page, dialog.getByLabel(field));
    await page.keyboard.type(words);
    await look(visit, `inbox-say-${answer.replaceAll(' ', '-')}`);
    await press(page, dialog.getByRole('button', { name: 'Send answer' }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(seen).first().waitFor();
    // Whoever works by keys goes on where they were.
    await focused(button);
    expect(await rawWords(page)).toEqual([]);
    await page.context().close();
  });

  it('keeps what it is typing when a colleague answers first, and reads why it no longer fits', async () => {
    const at = await sent();
    const [mine, colleague] = [await desk(), await desk()];
    for (const { page } of [mine, colleague]) await page.goto(`/inbox/${at.id}`);
    const { page } = mine;
    await page.getByRole('button', { name: 'Decline', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Another reason').check();
    const words = dialog.getByRole('textbox');
    await words.fill('We have no driver this week.');
    await colleague.page.getByRole('button', { name: 'Accept', exact: true }).click();
    await colleague.page.getByRole('button', { name: 'We are done' }).waitFor();
    // The page behind the dialog shows it.
    await page.getByText('Accepted', { exact: true }).first().waitFor({ state: 'attached' });
    expect(await words.inputValue()).toBe('We have no driver this week.');
    await dialog.getByText('Somebody answered meanwhile', { exact: false }).waitFor();
    expect(await dialog.getByRole('button', { name: 'Decline' }).count()).toBe(0);
    expect(await words.inputValue()).toBe('We have no driver this week.');
    expect((await row(at))?.['status']).toBe('ACCEPTED');
  });

  it('keeps what it is typing when the session ends, and sends it after signing in again in a new tab', async () => {
    const at = await sent();
    const { page } = await desk();
    await page.goto(`/inbox/${at.id}`);
    const words = page.getByLabel('Write a message');
    await words.fill('She may come on Thursday.');
    await own.hub.sql('delete from hub.session');
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText('You were signed out, so nothing was sent.', { exact: false }).waitFor();
    expect(await words.inputValue()).toBe('She may come on Thursday.');
    const opening = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Sign in in a new tab' }).click();
    await enter(await opening, email, password);
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText('Rosa', { exact: false }).first().waitFor();
    await expect.poll(() => words.inputValue()).toBe('');
    expect(await own.hub.sql('select body from hub.referral_message where referral_id = $1', [at.id])).toEqual([
      { body: 'She may come on Thursday.' },
    ]);
  });
});

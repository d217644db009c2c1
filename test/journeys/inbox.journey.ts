import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/identity/account/password.js';
import { agencyStaff, type Actor } from '../actors.js';
import { user } from '../factories.js';
import { pair, send, take, type Pair } from '../referral-factories.js';
import { closeAll, enter, launch, look, open, rawWords, type Watched } from './chromium.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let between: Pair;
let colleague: Actor;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  const passwordHash = await hashPassword(password);
  const rosa = await user(own.hub, { name: 'Rosa Lee', email: 'rosa@example.org', passwordHash });
  between = await pair(own.hub, { agency: await agencyStaff(own.hub, { user: rosa }) });
  const tom = await user(own.hub, { name: 'Tom Ortiz', email: 'tom@example.org' });
  colleague = await agencyStaff(own.hub, { organization: between.agency.organization, user: tom });
  visit = await open(browser, { url: own.url });
  await toInbox(visit.page);
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

async function toInbox(page: Page): Promise<void> {
  await enter(page, 'rosa@example.org', password);
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
}
async function several(n: number, given: object = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < n; i += 1) ids.push(await send(await pair(own.hub, between), { ...given }));
  return ids;
}
const statuses = async (ids: string[]) =>
  (await own.hub.sql<{ status: string }>('select status from hub.referral where id = any ($1) order by id', [ids])).map(
    ({ status }) => status,
  );
const shown = (page: Page) =>
  page.locator('li[data-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));

/** Whoever does not see the row hears whose buttons these are. */
async function saysWhose(page: Page): Promise<void> {
  const group = page.locator('li[data-id]').first().getByRole('group');
  await group.getByRole('button', { name: 'Accept' }).waitFor();
  expect(await group.getAttribute('aria-label')).toBe(await page.locator('li[data-id] h2').first().innerText());
}

describe('The inbox of an agency', () => {
  it('teaches while it is empty, and fills by itself', async () => {
    const { page } = visit;
    await page.getByText('Nothing new').waitFor();
    await look(visit, 'inbox-empty');
    for (const queue of ['OVERDUE', 'WAITING', 'IN_WORK', 'DONE', 'ALL']) {
      await page.goto(`/inbox?queue=${queue}`);
      await page.locator('main .strong').first().waitFor();
      expect(await rawWords(page)).toEqual([]);
    }
    await look(visit, 'inbox-empty-all');
    await page.goto('/inbox');
    await page.getByText('Nothing new').waitFor();
    // The socket is open before anything is sent.
    await page.waitForTimeout(800);
    await several(1);
    await page.locator('li[data-id]').first().waitFor();
  });

  it('is worked through by keys alone: urgent first, several at once, and what others did meanwhile is said', async () => {
    const { page } = visit;
    const ids = await several(4);
    const [urgent = ''] = await several(1, { priority: 'URGENT' });
    await page.goto('/inbox');
    await page.locator('li[data-id]').nth(5).waitFor();
    expect((await shown(page))[0]).toBe(urgent);
    await page.getByText('Stands first because it is urgent.').waitFor();
    await look(visit, 'inbox-new');
    await saysWhose(page);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('j');
    await page.keyboard.press('X');
    await page.getByText('4 selected').waitFor();
    await look(visit, 'inbox-selected');
    const chosen = (await shown(page)).slice(1, 5) as string[];
    await take(colleague, 'declineReferral', chosen[1] ?? '', { reasonCode: 'NO_CAPACITY', reason: '' });
    await page.getByText('Changed just now by somebody else').waitFor();
    await page.keyboard.press('a');
    await page.getByText('3 accepted. The senders know now.').waitFor();
    await page.getByText('This one could not be changed. Somebody may have been faster:').waitFor();
    await look(visit, 'inbox-answered');
    expect((await statuses(chosen)).toSorted()).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'REJECTED']);
    expect(ids.length).toBe(4);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL(/IN_WORK/);
    await expect.poll(() => page.locator('li[data-id]').count()).toBe(3);
    await look(visit, 'inbox-in-work');
  });

  it('says what came in without moving a row, and shows it when asked', async () => {
    const { page } = visit;
    await page.goto('/inbox');
    await page.locator('li[data-id]').first().waitFor();
    await page.waitForTimeout(800);
    const before = await shown(page);
    await several(3, { priority: 'URGENT' });
    const show = page.getByRole('button', { name: '3 new. Show' });
    await show.waitFor();
    expect(await shown(page)).toEqual(before);
    await expect
      .poll(() => page.locator('p[aria-live="polite"].hidden').innerText(), { timeout: 9000 })
      .toContain('3 new.');
    await look(visit, 'inbox-news');
    await show.click();
    await expect.poll(() => page.locator('li[data-id]').count()).toBe(before.length + 3);
    await show.waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.closest("li") !== null')).toBe(true);
  });

  it('declines several with one reason, holds one, and gives one to a colleague', async () => {
    const { page } = visit;
    await page.goto('/inbox');
    const boxes = page.locator('li[data-id] input[type=checkbox]');
    await boxes.nth(3).waitFor();
    const ids = (await shown(page)) as string[];
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('heading', { name: 'Decline 2 referrals' }).waitFor();
    await dialog.getByLabel('No room right now').check();
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('2 declined. The senders look for other help now.').waitFor();
    expect(await statuses(ids.slice(0, 2))).toEqual(['REJECTED', 'REJECTED']);
    await boxes.nth(0).check();
    await page
      .getByRole('region', { name: 'Answer the selected referrals' })
      .getByRole('button', { name: 'Put on hold' })
      .click();
    await dialog.getByLabel('Waiting for documents').check();
    await look(visit, 'inbox-hold');
    await dialog.getByRole('button', { name: 'Put on hold' }).click();
    await page.getByText('On hold. The sender knows now.').waitFor();
    await boxes.nth(0).check();
    await page.keyboard.press('c');
    await dialog.getByLabel('Colleague').selectOption({ label: 'Tom Ortiz' });
    await look(visit, 'inbox-give');
    await dialog.getByRole('button', { name: 'Give to a colleague' }).click();
    await page.getByText('Given to Tom Ortiz.').waitFor();
    await page.getByText('Tom Ortiz works on it').waitFor();
  });

  it('lists its keys, lets them be turned off, and takes no letters that are typed', async () => {
    const { page } = visit;
    await page.goto('/inbox');
    await page.locator('li[data-id]').first().waitFor();
    const before = await shown(page);
    await page.keyboard.press('/');
    await page.keyboard.type('jada');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.locator('h1').click();
    await page.keyboard.press('?');
    await page.getByText('Select all up to here').waitFor();
    await look(visit, 'inbox-keys');
    await page.getByLabel('Use keys of one letter').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.locator('li[data-current="true"]').count()).toBe(0);
    expect(await shown(page)).toEqual(before);
    await page.locator('header summary').last().click();
    await page.getByRole('button', { name: 'Keyboard help' }).click();
    await page.getByLabel('Use keys of one letter').check();
    await page.keyboard.press('Escape');
    await page.locator('h1').click();
    await page.keyboard.press('j');
    await page.locator('li[data-current="true"]').waitFor();
  });

  it('speaks Spanish', async () => {
    const { page } = visit;
    await page.evaluate(`localStorage.setItem('hub.language', 'es')`);
    await own.hub.sql(`update hub.user_account set locale = 'es' where email = 'rosa@example.org'`);
    await page.goto('/inbox');
    await page.locator('li[data-id] input').first().check();
    await look(visit, 'inbox-es');
    expect(await rawWords(page)).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords, type Watched } from './chromium.js';

let browser: Browser;
let agency: Watched;
beforeAll(async () => {
  browser = await launch();
  agency = await openAs(browser, 'pantry');
});
afterAll(() => closeAll(browser));

describe('A community agency', () => {
  it('accepts a referral with two keys, and declines another with a reason', async () => {
    const { page } = agency;
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    await look(agency, 'agency-inbox');
    expect(await rawWords(page)).toEqual([]);
    await page.goto('/inbox?queue=ALL');
    const waiting = page.locator('li[data-id]', { has: page.getByRole('button', { name: 'Accept' }) });
    await waiting.first().waitFor();
    const first = await waiting.first().getAttribute('data-id');
    const items = await page.locator('li[data-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    for (let press = 0; press <= items.indexOf(first); press++) await page.keyboard.press('j');
    await page.keyboard.press('a');
    await page.getByText('Accepted. The sender knows now.').waitFor();

    const other = waiting.first();
    if ((await waiting.count()) === 0) return;
    await other.getByRole('button', { name: 'Decline' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await dialog.getByText('Please fill this in').waitFor();
    await look(agency, 'agency-decline');
    await dialog.getByLabel('No room right now').check();
    await dialog.getByRole('button', { name: 'Decline' }).click();
    await dialog.waitFor({ state: 'hidden' });
  });

  it('reads who it is, writes a message, and says what the person got; the sender hears from the patient', async () => {
    const { page } = agency;
    await page.goto('/inbox?queue=IN_WORK');
    await page.locator('li[data-id] h2 a').first().click();
    await page.getByRole('heading', { name: 'Who and what' }).waitFor();
    await look(agency, 'agency-referral');
    expect(await rawWords(page)).toEqual([]);
    const words = `We can deliver on Friday (${Date.now()}).`;
    await page.getByLabel('Write a message').fill(words);
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByText(words).waitFor();
    await page.getByRole('button', { name: 'We are done' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Got the help').check();
    await dialog.getByRole('button', { name: 'We are done' }).click();
    await page.getByText('Got the help').first().waitFor();
    await look(agency, 'agency-referral-done');
  });

  it('says in one tap whether there is room, and corrects its hours', async () => {
    const { page } = agency;
    await page.goto('/listing');
    const room = page.getByRole('group', { name: /^Room at/ }).first();
    await room.getByRole('button', { name: 'Waiting list' }).click();
    await page.getByText('Saved. Everyone sees it now.').first().waitFor();
    await expect
      .poll(() => room.getByRole('button', { name: 'Waiting list' }).getAttribute('aria-pressed'))
      .toBe('true');
    await look(agency, 'agency-listing');
    await page.getByRole('link', { name: 'Change the listing' }).first().click();
    await page.getByLabel('Notice').fill(`Closed on Thanksgiving (${Date.now()})`);
    await page.getByRole('link', { name: 'Inbox' }).click();
    await page.getByRole('dialog').getByText('What you typed on this page is not saved yet.').waitFor();
    await page.getByRole('button', { name: 'Stay here' }).click();
    await look(agency, 'agency-listing-edit');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The listing is saved').waitFor();
  });
});

describe('The care manager on the other side', () => {
  it('asks the patient and writes down whether it helped', async () => {
    const care = await openAs(browser, 'care');
    const { page } = care;
    await page.goto('/referrals?queue=TO_CONFIRM');
    await page.locator('main .list h2 a').first().click();
    await page.getByRole('heading', { name: 'Did it help? Ask the patient' }).waitFor();
    await look(care, 'care-confirm');
    await page.getByLabel('It helped', { exact: true }).check();
    await page.getByRole('button', { name: 'Save the answer' }).click();
    await page.getByText('The patient says it helped').waitFor();
    await look(care, 'care-confirmed');
  });
});

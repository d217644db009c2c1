import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords, type Watched } from './chromium.js';

let browser: Browser;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  visit = await openAs(browser, 'care');
});
afterAll(() => closeAll(browser));

/** The page of a patient who agreed to sharing and waits for help with something that is not sensitive. */
async function patientWhoWaits(): Promise<void> {
  const { page } = visit;
  await page.goto('/today');
  await page.getByRole('heading', { name: /^To do/ }).waitFor();
  await page.getByRole('heading', { level: 3 }).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'What may be shared' }).waitFor();
}

describe('A care manager who sends', () => {
  it('puts several results on a list and sends to all that may be sent to', async () => {
    const { page } = visit;
    await patientWhoWaits();
    await page.locator('main').getByRole('link', { name: 'Find help' }).first().click();
    await page.getByRole('heading', { name: /^Find help for/ }).waitFor();
    const rows = page.getByRole('list', { name: 'Services found' }).getByRole('listitem');
    await rows.first().waitFor();
    for (const index of [0, 1, 2]) {
      await page
        .getByRole('button', { name: /^Add to sending list/ })
        .first()
        .click();
      await page
        .getByRole('link', { name: `Send to ${index + 1}` })
        .first()
        .waitFor();
    }
    await look(visit, 'sending-find');
    await page.getByRole('link', { name: 'Send to 3 agencies on the list' }).first().click();
    await page.getByRole('heading', { name: /^Send several referrals for/ }).waitFor();
    const groups = page.getByRole('group', { name: 'What is this referral for?' });
    await expect.poll(() => groups.count()).toBe(3);
    for (const index of [0, 1, 2]) await groups.nth(index).getByRole('checkbox').first().check();
    await look(visit, 'sending-list');
    const ask = page.getByRole('button', { name: 'Record the consent' });
    if ((await ask.count()) > 0) await consent();
    const go = page.getByRole('button', { name: /^Send( \d+ referrals?)?$/ });
    await expect.poll(() => go.isDisabled()).toBe(false);
    await look(visit, 'sending-list-ready');
    expect(await rawWords(page)).toEqual([]);
    await go.click();
    await page.getByRole('heading', { name: /referrals? (was|were) sent$/ }).waitFor();
    await look(visit, 'sending-list-sent');
  });

  /** The patient agrees aloud that any agency may know. */
  async function consent(): Promise<void> {
    const { page } = visit;
    await page.getByRole('button', { name: 'Record the consent' }).first().click();
    await page.getByLabel('Who may know?').selectOption('agencies');
    await page.getByRole('button', { name: 'Show the text' }).click();
    await page.getByRole('checkbox', { name: /^I read this aloud/ }).check();
    await page.getByLabel('Who else heard it?').fill('Pat Witness');
    await page.getByRole('button', { name: 'Save the consent' }).click();
    await page.getByText('Covered by a consent').first().waitFor();
  }
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords, type Watched } from './chromium.js';

let browser: Browser;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  visit = await openAs(browser, 'plan');
});
afterAll(() => closeAll(browser));

describe('A health plan analyst', () => {
  it('reads what members need, each figure with its base, and never a small count', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'What do our members need?' }).waitFor();
    await page.getByRole('heading', { name: 'How we count' }).waitFor();
    await look(visit, 'plan-population');
    expect(await rawWords(page)).toEqual([]);
    await page.getByLabel('Split by').selectOption({ label: 'Age' });
    await page.waitForURL(/by=AGE_BAND/);
    await page.getByRole('heading', { name: 'Needs by Age' }).waitFor();
    const cells = await page.locator('main td.number').allInnerTexts();
    expect(cells.filter((cell) => /^([1-9]|10)$/.test(cell.trim()))).toEqual([]);
    expect(await rawWords(page)).toEqual([]);
  });

  it('sees whether referrals led to help, with three different bases', async () => {
    const { page } = visit;
    await page.getByRole('link', { name: 'Do referrals help?' }).click();
    await page.getByText('where the patient was asked').first().waitFor();
    await look(visit, 'plan-funnel');
  });

  it('may not open a patient', async () => {
    const { page } = visit;
    await page.goto('/patients');
    await page.getByRole('heading', { name: 'You cannot open this page' }).waitFor();
  });
});

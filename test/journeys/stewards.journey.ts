import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

describe('A directory curator', () => {
  it('checks what is due, corrects it, adds a service and takes one off', async () => {
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    await page.getByRole('heading', { name: 'Listings to check' }).waitFor();
    await look(visit, 'curator-queue');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'All of this is right' }).first().click();
    await page.getByText(/^Checked today:/).waitFor();

    await page.getByRole('link', { name: 'Add a service' }).click();
    await page.getByLabel('Name of the new organization').fill('Fictional Lantern Pantry');
    await page.getByLabel('Name of the service').fill(`Evening meals ${Date.now() % 100_000}`);
    await page.getByLabel('What you offer').fill('A warm meal every evening. Fictional.');
    await page.getByLabel('Food', { exact: true }).check();
    await page.getByRole('button', { name: 'Add hours' }).click();
    await look(visit, 'curator-new');
    await page.getByRole('button', { name: 'Add the service' }).click();
    await page.getByRole('heading', { name: 'Changes' }).waitFor();
    await look(visit, 'curator-listing');
    await page.getByRole('button', { name: 'Take off the directory' }).click();
    await page.getByRole('dialog').getByLabel('Why?').fill('Made for a test.');
    await page.getByRole('dialog').getByRole('button', { name: 'Take off the directory' }).click();
    await page.getByText(/^Taken off:/).waitFor();
  });

  it('reads the report of an import', async () => {
    const visit = await openAs(browser, 'curator');
    await visit.page.goto('/imports');
    await visit.page.getByRole('heading', { name: 'Import', exact: true }).waitFor();
    await look(visit, 'curator-imports');
  });
});

describe('A privacy officer', () => {
  it('sees who looked at a person, and her own look is among them', async () => {
    const visit = await openAs(browser, 'privacy');
    const { page } = visit;
    await page.getByRole('heading', { name: 'Who looked' }).waitFor();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.locator('main .list a').first().click();
    await page.getByRole('heading', { name: /^Who looked at the record of/ }).waitFor();
    await page.reload();
    await page
      .getByRole('cell', { name: /privacy officer/i })
      .first()
      .waitFor();
    await look(visit, 'privacy-log');
    expect(await rawWords(page)).toEqual([]);
  });
});

describe('An operator', () => {
  it('invites a colleague, calls the invitation back, and makes a key that is shown once', async () => {
    const visit = await openAs(browser, 'operator');
    const { page } = visit;
    await page.goto('/people');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog');
    const email = `new${Date.now() % 100_000}@example.org`;
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel('directory curator').check();
    await dialog.getByRole('button', { name: 'Invite someone' }).click();
    await page.getByText(`Invitation sent to ${email}`).waitFor();
    await look(visit, 'operator-people');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'Call back' }).first().click();
    await page.getByText('Called back').first().waitFor();

    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('dialog').getByLabel('What is it for?').fill('Nightly report');
    await page.getByRole('dialog').getByLabel('operator').check();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('heading', { name: 'Your new key' }).waitFor();
    expect((await page.getByLabel('Key', { exact: true }).inputValue()).length).toBeGreaterThan(20);
  });
});

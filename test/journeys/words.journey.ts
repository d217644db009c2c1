import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

describe('A curator and the words of the search', () => {
  it('tries a search, adds a word and takes it out again, and looks for what nobody found', async () => {
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    await page.goto('/queue/words');
    await page.getByRole('heading', { name: 'Search words', level: 1 }).waitFor();
    const trying = page.getByRole('search', { name: 'Try a search' });
    await trying.getByRole('searchbox').fill('light bill');
    await trying.getByRole('button').click();
    await page.getByRole('link', { name: 'Help with electric and gas bills' }).first().waitFor();
    await look(visit, 'curator-words');
    expect(await rawWords(page)).toEqual([]);

    const adding = page.getByRole('region', { name: 'Add a word' });
    await adding.getByLabel('What people type').fill('glimmer grub');
    await adding.getByLabel('Also look for').fill('food pantry, meals');
    await adding.getByRole('button', { name: 'Add a word' }).click();
    await page.getByText('“glimmer grub” is saved').waitFor();
    await trying.getByRole('searchbox').fill('glimmer grub');
    await trying.getByRole('button').click();
    await page.getByRole('link', { name: 'Food pantry' }).first().waitFor();

    await page.goto('/queue/words?q=glimmer');
    await page.getByRole('heading', { name: 'glimmer grub' }).waitFor();
    await page.getByRole('button', { name: 'Take out' }).click();
    await page.getByText('No such word').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: 'glimmer grub' }).waitFor();
    await page.getByRole('button', { name: 'Take out' }).click();
    await page.getByText('No such word').waitFor();

    await page.getByRole('link', { name: 'What is missing' }).click();
    await page.waitForURL(/queue\/gaps/);
    await page.getByRole('button', { name: 'Search', exact: true }).first().waitFor();
    await look(visit, 'curator-gaps');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('link', { name: 'Turned down' }).click();
    await page.getByText('Counts under 11 people are left out').waitFor();
    await page.getByRole('table', { name: /People who were turned down/ }).waitFor();
    await look(visit, 'curator-gaps-declined');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('link', { name: 'Full', exact: true }).click();
    await page.getByRole('table', { name: /Listings without room/ }).waitFor();
    await look(visit, 'curator-gaps-full');
    expect(await rawWords(page)).toEqual([]);
  });
});

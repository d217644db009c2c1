import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, openAs, rawWords, signIn } from './chromium.js';
import { focused, press, tabTo, type } from './keyboard.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

/** The page on which a listing that anyone finds is looked after. */
async function someListing(words: string): Promise<string> {
  const { page } = await open(browser);
  await page.goto(`/search?q=${words}`);
  const link = page.locator('main .list h2 a, main .list h3 a').first();
  await link.waitFor();
  const href = await link.getAttribute('href');
  await page.close();
  return (href ?? '').split('?')[0]?.replace('/services/', '/listings/') ?? '';
}

const rule = (page: Page, number: number, kind: string) =>
  page.getByRole('group', { name: `Rule ${number}: ${kind}`, exact: true });

describe('The rules of a listing', () => {
  it('are written by keyboard on a phone, show whom they shut out before they are saved, and are taken back', async () => {
    const visit = await open(browser, { width: 320 });
    const { page } = visit;
    await signIn(page, 'curator');
    await page.goto(await someListing('food'));
    const rules = page.getByRole('region', { name: 'Who can get it, rule by rule' });
    await rules.getByText('People made up to try rules on').first().waitFor();
    const standing = await rules.getByRole('group', { name: /^Rule \d+:/ }).count();

    // A rule more: an income that is asked for as a share of the guideline.
    const choose = rules.getByLabel('Add a rule');
    await tabTo(page, choose, 200);
    await choose.selectOption({ label: 'Health insurance' });
    await press(page, rules.getByRole('button', { name: /^Add ?: a rule$/ }));
    const insurance = rule(page, standing + 1, 'Health insurance');
    await insurance.waitFor();
    await insurance.getByText('This rule is not filled in yet').waitFor();
    await focused(insurance.getByLabel('Medicaid'));
    await page.keyboard.press('Space');
    await insurance.getByText('Health insurance: Medicaid').waitFor();
    await insurance.getByText(/^Shuts out \d+ of 32\./).waitFor();

    // One that contradicts itself says so, and what to do.
    await choose.selectOption({ label: 'People in the household' });
    await press(page, rules.getByRole('button', { name: /^Add ?: a rule$/ }));
    const household = rule(page, standing + 2, 'People in the household');
    await household.waitFor();
    await type(page, household.getByLabel('Fewest people'), '5');
    await type(page, household.getByLabel('Most people'), '2');
    await household.getByText('The lowest number is above the highest').waitFor();
    await look(visit, 'rules-contradiction');
    await type(page, household.getByLabel('Most people'), '8');
    await household.getByText('Households of 5 to 8 people').waitFor();
    await rules
      .getByText(/more (is|are) shut out than now/)
      .first()
      .waitFor();
    await look(visit, 'rules-preview');
    expect(await rawWords(page)).toEqual([]);

    // Leaving asks first.
    await page.getByRole('link', { name: 'See it as others do' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();

    await tabTo(page, page.getByRole('button', { name: 'Save', exact: true }), 300);
    await page.keyboard.press('Enter');
    await page.getByText('The listing is saved').waitFor();
    const change = page.getByText(/Households of 5 to 8 people”$/).first();
    await change.waitFor();
    expect(await page.locator('main').innerText()).not.toContain('{"');
    await tabTo(page, page.getByRole('button', { name: /^Take back ?: Rules for who can get it$/ }).first(), 300);
    await page.keyboard.press('Enter');
    await page.getByText('Taken back', { exact: true }).first().waitFor();
    await rule(page, standing + 1, 'Health insurance').waitFor({ state: 'detached' });
    expect(await rules.getByRole('group', { name: /^Rule \d+:/ }).count()).toBe(standing);
  });

  it('are a group of which one is enough, with places as people write them, and lose a rule by keyboard', async () => {
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    await page.goto(await someListing('housing'));
    const rules = page.getByRole('region', { name: 'Who can get it, rule by rule' });
    await rules.getByText('People made up to try rules on').first().waitFor();
    const standing = await rules.getByRole('group', { name: /^Rule \d+:/ }).count();
    await rules.getByLabel('Add a rule').selectOption({ label: 'A group: one of these is enough' });
    await rules
      .getByRole('button', { name: /^Add ?: a rule$/ })
      .last()
      .click();
    const group = rule(page, standing + 1, 'A group: one of these is enough');
    for (const kind of ['Veterans', 'Where people live']) {
      await group.getByLabel(`Add to group ${standing + 1}`).selectOption({ label: kind });
      await group.getByRole('button', { name: /^Add ?: a rule$/ }).click();
    }
    await group.getByLabel('Where people live').fill('Atlantis');
    await page.keyboard.press('Enter');
    await group.getByText('“Atlantis” is not known').waitFor();
    await group.getByRole('button', { name: 'Take out Atlantis' }).focus();
    await page.keyboard.press('Enter');
    await focused(group.getByLabel('Where people live'));
    await page.keyboard.type('Cecil County, MD');
    await page.keyboard.press('Enter');
    await group.getByText('Veterans; or Lives in Cecil County, MD').waitFor();
    await look(visit, 'rules-group');
    await group.getByRole('button', { name: `Remove rule ${standing + 1}.1` }).focus();
    await page.keyboard.press('Enter');
    await group.getByText('Lives in Cecil County, MD', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The listing is saved').waitFor();
    await rule(page, standing + 1, 'A group: one of these is enough')
      .getByText('Cecil County, MD')
      .first()
      .waitFor();
  });

  it('of an agency show it the people it was sent, in its language, and wait for a curator', async () => {
    const visit = await openAs(browser, 'pantry');
    const { page } = visit;
    await page.goto('/listing');
    const link = page.locator('main .list h2 a, main .list h3 a').first();
    await link.waitFor();
    await page.goto(((await link.getAttribute('href')) ?? '').replace('/services/', '/listings/'));
    const rules = page.getByRole('region', { name: 'Who can get it, rule by rule' });
    await rules.getByText('People sent to you in the last 12 months').first().waitFor();
    await rules.getByLabel('Add a rule').selectOption({ label: 'Veterans' });
    await rules
      .getByRole('button', { name: /^Add ?: a rule$/ })
      .last()
      .click();
    await rules
      .getByText(/^Shuts out \d+ of \d+\./)
      .nth(1)
      .waitFor();
    await look(visit, 'rules-agency');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved. Some changes wait for the people who keep the directory.').waitFor();
    await page
      .getByText(/Veterans/)
      .first()
      .waitFor();
    expect(await page.locator('main').innerText()).not.toContain('{"');
  });
});

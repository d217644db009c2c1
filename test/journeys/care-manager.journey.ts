import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, openAs, rawWords, signIn, type Watched } from './chromium.js';
import { focused, press } from './keyboard.js';

let browser: Browser;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  visit = await openAs(browser, 'care');
});
afterAll(() => closeAll(browser));

describe('A care manager', () => {
  it('starts the day with what is stuck', async () => {
    const { page } = visit;
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.getByRole('heading', { name: /No answer in time/ }).waitFor();
    await look(visit, 'care-today');
    expect(await rawWords(page)).toEqual([]);
    await page
      .getByRole('navigation', { name: 'What waits' })
      .getByRole('link', { name: /To do$/ })
      .click();
    await page.waitForURL(/#today-todo$/);
    await page
      .getByRole('region', { name: /^To do/ })
      .getByRole('link', { name: 'Show all' })
      .click();
    await page.getByRole('heading', { name: 'To do', level: 1 }).waitFor();
    await page.getByText('working days late').first().waitFor();
    await look(visit, 'care-todo');
    await page.getByRole('link', { name: 'All open' }).click();
    await page.waitForURL(/show=all/);
    expect(await rawWords(page)).toEqual([]);
  });

  it('finds a patient by name without putting the name into the address', async () => {
    const { page } = visit;
    await page.goto('/patients');
    const name = (await page.locator('main .list h2').first().innerText()).split(' ')[0] ?? '';
    await page.getByLabel('Find by name').fill(name);
    await page.locator('main .list h2', { hasText: name }).first().waitFor();
    expect(page.url()).not.toContain(name);
    await look(visit, 'care-patients');
  });

  it('registers a patient, screens them, finds help that fits and sends a referral with consent', async () => {
    const { page } = visit;
    await page.goto('/patients/new');
    await page.getByRole('button', { name: 'Add the patient' }).click();
    await page.getByText('Please fill this in').first().waitFor();
    await look(visit, 'care-new-patient');
    await page.getByLabel('First name').fill('Ana');
    await page.getByLabel('Last name').fill(`Fictional${Date.now() % 100_000}`);
    await page.getByLabel('Birth date').fill('1958-03-14');
    await page.getByLabel('Phone', { exact: false }).first().fill('(410) 555-0142');
    await page.getByLabel('ZIP code').fill('21044');
    await page.getByLabel('City').fill('Columbia');
    await page.getByLabel('State').fill('MD');
    await page.getByRole('button', { name: 'Add the patient' }).click();
    await page.getByRole('heading', { name: 'What may be shared' }).waitFor();
    await look(visit, 'care-patient');
    const patient = page.url();

    await page.getByRole('button', { name: 'Start a screening' }).last().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio').first().check();
    await dialog.getByRole('button', { name: 'Start a screening' }).click();
    await page.waitForURL(/screenings/);
    await screen();

    await page.getByRole('heading', { name: 'Possible needs' }).waitFor();
    await look(visit, 'care-screening-result');
    const food = page.locator('article', { has: page.getByRole('heading', { name: 'Food', exact: true }) });
    await press(page, food.getByRole('button', { name: 'Yes, wants help' }));
    // The button is gone; whoever pressed it stays where they were.
    await focused(food);
    await food.getByRole('link', { name: 'Find help' }).click();

    await page.getByRole('heading', { name: /^Find help for/ }).waitFor();
    await page.getByText('miles away').first().waitFor();
    await page
      .getByText(/^Why it stands here/)
      .first()
      .click();
    await page
      .getByText(/^(Very near|Near|Farther away, or comes to you)$/)
      .first()
      .waitFor();
    await look(visit, 'care-find');
    await page.getByRole('link', { name: 'Send referral' }).first().click();
    await send();
    await page.getByText('Sent, waiting for an answer').first().waitFor();
    await look(visit, 'care-referral');
    expect(await rawWords(page)).toEqual([]);
    await page.goto(patient);
    await page.getByText('Help is on the way').waitFor();
    await look(visit, 'care-patient-after');
  });

  it('finds the day it is here in a form, where Greenwich has another one', async () => {
    const timeZone = new Date().getUTCHours() < 11 ? 'Pacific/Niue' : 'Pacific/Kiritimati';
    const { page } = await open(browser, { timeZone });
    await signIn(page, 'care');
    await page.goto('/patients');
    await page.locator('main .list h2 a').first().click();
    await page.getByRole('button', { name: 'Note what happened' }).click();
    const day = await page.getByRole('dialog').getByLabel('On which day?').inputValue();
    expect(day).toBe(new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date()));
    expect(day).not.toBe(new Date().toISOString().slice(0, 10));
    await page.context().close();
  });

  it('writes down a call on one page, and is reminded of it', async () => {
    const { page } = visit;
    await page.goto('/today');
    await page.getByRole('heading', { name: /^To do/ }).waitFor();
    await page.getByRole('heading', { level: 3 }).getByRole('link').first().click();
    await page.getByRole('link', { name: 'Write down a call' }).click();
    await page.getByLabel('Who was asked?').fill('Corner church (fictional)');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Please fill this in').first().waitFor();
    await page.getByRole('radio', { name: 'No answer yet, they call back' }).check();
    const need = page.getByRole('group', { name: 'What is this referral for?' }).getByRole('checkbox').first();
    await need.check();
    await look(visit, 'care-call');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Call the agency (Corner church (fictional))').waitFor();
    await page.getByText('Corner church (fictional): No answer yet').waitFor();
    await look(visit, 'care-call-patient');
    const row = page.getByRole('listitem').filter({ hasText: 'Call the agency (Corner church (fictional))' });
    await row.getByRole('button', { name: 'Done or later' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Done', exact: true }).check();
    await look(visit, 'care-follow-up');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await rawWords(page)).toEqual([]);
  });

  it('throws away what was begun, and takes that back', async () => {
    const { page } = visit;
    await page.goto('/today');
    const rows = page.getByRole('button', { name: 'Throw away' });
    await rows.nth(1).waitFor();
    const begun = await rows.count();
    await rows.first().click();
    await expect.poll(() => rows.count()).toBe(begun - 1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => rows.count()).toBe(begun);
  });

  it('sees stuck referrals first and every queue in words', async () => {
    const { page } = visit;
    await page.goto('/referrals');
    await page.locator('main .list li').first().waitFor();
    await look(visit, 'care-referrals');
    await page.getByRole('link', { name: 'Declined' }).click();
    await page.waitForURL(/queue=DECLINED/);
    expect(await rawWords(page)).toEqual([]);
  });

  /** Answers the first question of each kind, declines one and leaves the rest: declined is not skipped. */
  async function screen(): Promise<void> {
    const { page } = visit;
    await page.getByText('Step 1 of').waitFor();
    await look(visit, 'care-screening');
    for (;;) {
      const often = page.getByRole('radio', { name: 'Often true' });
      if ((await often.count()) > 0) await often.first().check();
      await page.getByRole('button', { name: 'Does not want to answer' }).last().click();
      await page.getByText('All answers are saved').waitFor();
      const finish = page.getByRole('button', { name: 'Finish and see the result' });
      if (await finish.isVisible()) return finish.click();
      const at = await page.getByText(/^Step \d+ of/).innerText();
      await page.getByRole('button', { name: 'Continue' }).click();
      await expect.poll(() => page.getByText(/^Step \d+ of/).innerText()).not.toBe(at);
    }
  }

  async function send(): Promise<void> {
    const { page } = visit;
    await page.getByText('What is this referral for?').waitFor();
    await look(visit, 'care-send-needs');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: /will read$/ }).waitFor();
    await focused(page.locator('#step'));
    await page.getByText('Nothing can be sent yet').waitFor();
    await look(visit, 'care-send-consent');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Record the consent first.').waitFor();
    // It stands above a long form, and is brought to where the button was pressed.
    await expect
      .poll(async () => ((await page.getByText('Record the consent first.').boundingBox())?.y ?? -1) >= 0)
      .toBe(true);
    await page.getByRole('button', { name: 'Show the text' }).click();
    await page.getByText('You get the same care if you say no.').waitFor();
    await look(visit, 'care-send-consent-text');
    await page.getByRole('checkbox', { name: /^I read this aloud/ }).check();
    await page.getByLabel('Who else heard it?').fill('Pat Witness');
    await page.getByRole('button', { name: 'Save the consent' }).click();
    await page.getByText('Covered by a consent').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel(/^Message to/).fill('Needs food for two people. Mornings are best.');
    await look(visit, 'care-send-message');
    await page.getByRole('button', { name: 'Send referral' }).click();
    await page.waitForURL(/\/referrals\//);
  }
});

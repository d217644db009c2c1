import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, openAs, rawWords, type Watched } from './chromium.js';

let browser: Browser;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  visit = await openAs(browser, 'care');
});
afterAll(() => closeAll(browser));

describe('A screening that the patient answers alone', () => {
  let patient: string;

  it('begins from the list of who is due', async () => {
    const { page } = visit;
    await page.goto('/screenings/due');
    await page.getByRole('heading', { name: 'Due for screening', level: 1 }).waitFor();
    await page.locator('main .list h2 a').first().waitFor();
    await look(visit, 'screenings-due');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('link', { name: 'Start a screening' }).first().click();
    await page.waitForURL(/\/patients\//);
    patient = new URL(page.url()).pathname;
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Hunger Vital Sign/ }).check();
    await dialog.getByRole('button', { name: 'Start a screening' }).click();
    await page.waitForURL(/screenings\/[0-9a-f-]{36}/);
  });

  it('goes out as a link, and is answered on a phone, one question a page, without a name', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Send the questions' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    // The address of this hub is known only when it listens: the path and what is behind the # count.
    const link = (await page.locator('dialog code').innerText()).replace(/^https?:\/\/[^/]+/, '');
    await page.getByRole('button', { name: 'Close' }).last().click();
    const phone = await open(browser, { width: 320 });
    await phone.page.goto(link);
    await phone.page.getByRole('heading', { name: 'A few questions' }).waitFor();
    await look(phone, 'questions-start');
    expect(phone.page.url()).not.toContain('token');
    await phone.page.getByRole('button', { name: 'Begin' }).click();
    await phone.page.getByText('Question 1 of 2').waitFor();
    await look(phone, 'questions-one');
    // With the keyboard alone.
    await phone.page.getByRole('radio', { name: 'Often true' }).focus();
    await phone.page.keyboard.press('Space');
    await phone.page.keyboard.press('Enter');
    await phone.page.getByText('Question 2 of 2').waitFor();
    // Begun again elsewhere: on with what is open, and nothing says what was answered.
    await phone.page.reload();
    await phone.page.getByRole('button', { name: 'Go on' }).click();
    await phone.page.getByText('Question 2 of 2').waitFor();
    await phone.page.getByRole('button', { name: 'Back' }).click();
    await phone.page.getByText('You answered this already', { exact: false }).waitFor();
    expect(await phone.page.getByRole('radio', { checked: true }).count()).toBe(0);
    await phone.page.getByRole('button', { name: 'Next' }).click();
    await phone.page.getByRole('button', { name: 'I do not want to answer' }).click();
    await phone.page.getByRole('button', { name: 'Send my answers' }).click();
    await phone.page.getByRole('heading', { name: 'Thank you' }).waitFor();
    await look(phone, 'questions-end');
    expect(await phone.page.getByText(/Food|risk/i).count()).toBe(0);
  });

  it('is seen by the care manager, who hands the next one over and takes the device back', async () => {
    const { page } = visit;
    await page.reload();
    await page.getByRole('heading', { name: 'Possible needs' }).waitFor();
    await look(visit, 'screening-by-link-result');
    await page.goto(`${patient}?screen=1`);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Caring for someone/ }).check();
    await dialog.getByRole('button', { name: 'Start a screening' }).click();
    await page.waitForURL(/screenings\/[0-9a-f-]{36}/);
    await page.getByRole('button', { name: 'Let the patient answer here' }).click();
    await page.getByRole('button', { name: 'Hand over the device' }).click();
    await page.getByRole('heading', { name: 'A few questions' }).waitFor();
    await look(visit, 'questions-kiosk');
    // Wherever somebody goes: the questions, and nobody's record.
    await page.goBack();
    await page.waitForURL(/\/questions$/);
    await page.goto('/patients');
    await page.waitForURL(/\/questions$/);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('radio', { name: 'No', exact: true }).check();
    await page.getByRole('button', { name: 'Next' }).click();
    // Who cares for nobody is asked nothing more.
    await page.getByRole('button', { name: 'Send my answers' }).click();
    await page.getByText('Please give the device back now.').waitFor();
    await page.getByText('For the care team').click();
    await page.getByLabel('Your password').fill('walk-the-demo-harbor');
    await page.getByRole('button', { name: 'Take the device back' }).click();
    await page.waitForURL(/screenings\/[0-9a-f-]{36}/);
    await page.getByText('answered').first().waitFor();
  });
});

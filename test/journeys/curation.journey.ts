import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { closeAll, launch, look, open, openAs, rawWords } from './chromium.js';
import { focused } from './keyboard.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

/** The address of a listing that anyone finds. */
async function someService(): Promise<string> {
  const { page } = await open(browser);
  await page.goto('/search?q=food');
  const link = page.locator('main .list h2 a, main .list h3 a').first();
  await link.waitFor();
  const href = await link.getAttribute('href');
  await page.close();
  return (href ?? '').split('?')[0] ?? '';
}

describe('A listing that is wrong', () => {
  it('is reported by anyone on a phone, and settled by a curator with the right number', async () => {
    const href = await someService();
    const visit = await open(browser, { width: 320 });
    await visit.page.goto(href);
    await visit.page.getByRole('heading', { name: 'How fresh is this?' }).waitFor();
    await look(visit, 'service-public');
    await visit.page.getByRole('button', { name: 'Report a problem' }).click();
    await focused(visit.page.getByRole('dialog').getByRole('radio').first());
    await visit.page.getByLabel('The phone number is wrong').check();
    await look(visit, 'report-problem');
    await visit.page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await visit.page.getByText('Thank you. We will check it.').waitFor();

    const desk = await openAs(browser, 'curator');
    const { page } = desk;
    await page.getByRole('link', { name: /^Suggestions \d+$/ }).click();
    await page.getByText('The phone number is wrong').first().waitFor();
    await look(desk, 'desk-suggestions');
    expect(await rawWords(page)).toEqual([]);
    await page.getByLabel('The right phone number').first().fill('(410) 555-0142');
    await page.getByRole('button', { name: 'Change the listing', exact: true }).first().click();
    await page.getByText('The listing is changed').waitFor();

    await page.goto(href.replace('/services/', '/listings/'));
    await page.getByRole('heading', { name: 'Changes' }).waitFor();
    await look(desk, 'desk-listing');
    expect(await rawWords(page)).toEqual([]);
    await page
      .getByRole('button', { name: /^Take back/ })
      .first()
      .click();
    await page.getByText('Taken back', { exact: true }).first().waitFor();
  });
});

describe('The desk of a curator', () => {
  it('has something of each kind to do, and begins at its usual list when the address asks for one that is not', async () => {
    const desk = await openAs(browser, 'curator');
    const { page } = desk;
    for (const [address, tab] of [
      ['/queue?show=NONSENSE&order=NONSENSE', 'Check is due'],
      ['/queue/suggestions?show=NONSENSE', 'All open'],
      ['/queue/duplicates?show=NONSENSE', 'To look at'],
      ['/queue/claims?show=NONSENSE', 'Open'],
    ] as const) {
      await page.goto(address);
      await page.locator('a[aria-current="page"]', { hasText: tab }).waitFor();
      await page.locator('main .list > li').first().waitFor();
      expect(await rawWords(page)).toEqual([]);
    }
    await page.goto('/queue/suggestions?show=REPORTS');
    const report = page.getByRole('listitem').filter({ hasText: 'The bus in the text does not run on Sundays.' });
    await report.getByRole('button', { name: 'Mark as done' }).click();
    await report.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await report.waitFor();
    await page.goto('/queue/gaps');
    await page.locator('main .list > li').first().waitFor();
    await look(desk, 'desk-gaps');
    const gap = page.getByRole('listitem').filter({ hasText: 'bed bug treatment' });
    await gap.getByRole('link', { name: 'Search again' }).click();
    await page.getByRole('heading', { name: 'Find help' }).waitFor();
    expect(new URL(page.url()).searchParams.get('q')).toBe('bed bug treatment');
    expect(new URL(page.url()).searchParams.get('near')).toMatch(/^212\d\d$/);
    await page.goBack();
    await gap.getByRole('link', { name: 'Add a search word' }).click();
    await expect.poll(() => page.getByLabel('What people type').inputValue()).toBe('bed bug treatment');
    await page.goBack();
    await gap.getByRole('link', { name: 'Add a service' }).click();
    await page.getByRole('heading', { name: 'Add a service' }).waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1);
    await page.goto('/queue/gaps');
    await page.getByRole('link', { name: 'Turned down' }).click();
    await page.getByRole('table').waitFor();
    await look(desk, 'desk-gaps-declined');
    await page.goto('/queue/suggestions?show=DECIDED');
    await page.getByText('The agency says that it is as listed.').waitFor();
    await page.getByRole('button', { name: 'Look at it again' }).first().waitFor();
    await page
      .getByRole('link', { name: /^See what was changed/ })
      .first()
      .waitFor();
    await look(desk, 'desk-decided');
    expect(await rawWords(page)).toEqual([]);
  });

  it('takes a listing off by a question that begins at its words, not at what does it', async () => {
    const desk = await openAs(browser, 'curator');
    const { page } = desk;
    await page.goto('/queue?show=ALL');
    await page.locator('main .list h2 a').first().click();
    await page.getByRole('button', { name: 'Take off the directory' }).click();
    await page.getByRole('dialog').waitFor();
    await page.locator('dialog :focus').waitFor();
    expect(await page.locator(':focus').evaluate((element: { tagName: string }) => element.tagName)).not.toBe('BUTTON');
    await page.keyboard.press('Escape');
    await focused(page.getByRole('button', { name: 'Take off the directory' }));
  });
});

describe('An agency without an account', () => {
  it('checks its listing by the link of a letter, with one hand, in English or Spanish', async () => {
    const desk = await openAs(browser, 'curator');
    await desk.page.goto('/queue?show=ALL&order=USE');
    await desk.page.getByRole('heading', { name: 'Listings to check' }).waitFor();
    await desk.page.getByRole('button', { name: 'Ask the agency' }).first().waitFor();
    await look(desk, 'desk-queue');
    await desk.page.locator('main .list h2 a').first().click();
    await desk.page.getByLabel('Email').fill('desk@example.org');
    await desk.page.getByRole('button', { name: 'Save', exact: true }).click();
    await desk.page.getByText('The listing is saved').waitFor();
    await desk.page.getByRole('button', { name: 'Ask the agency' }).click();
    await desk.page.getByText('A letter is on its way to the agency').waitFor();
    const link = await expect
      .poll(
        async () => {
          const answer = await fetch(`${inject('hubUrl')}/sandbox/mail`);
          return /check-listing#token=[\w-]+/.exec(await answer.text())?.[0] ?? '';
        },
        { timeout: 20_000 },
      )
      .not.toBe('')
      .then(async () => {
        const answer = await fetch(`${inject('hubUrl')}/sandbox/mail`);
        return /check-listing#token=[\w-]+/.exec(await answer.text())?.[0] ?? '';
      });

    const visit = await open(browser, { width: 320, locale: 'es-US' });
    const { page } = visit;
    await page.goto(`/${link}`);
    await page.getByRole('heading', { name: '¿Están bien sus datos?' }).waitFor();
    await page.getByRole('button', { name: 'No, cambiarlo' }).waitFor();
    await look(visit, 'check-listing-es');
    await page.getByRole('button', { name: 'No, cambiarlo' }).click();
    await page.getByLabel('Teléfono').fill('(410) 555-0143');
    await look(visit, 'check-listing-change');
    await page.getByRole('button', { name: 'Siguiente' }).click();
    for (let n = 0; n < 12; n += 1) {
      const right = page.getByRole('button', { name: 'Sí, está bien' });
      if (!(await right.isVisible())) break;
      await right.click();
    }
    await page.getByRole('button', { name: 'Lista de espera' }).click();
    await look(visit, 'check-listing-send');
    await page.getByRole('button', { name: 'Enviar', exact: true }).click();
    await page.getByText('Gracias. Sus respuestas se guardaron.').waitFor();
    await look(visit, 'check-listing-done');
  });

  it('asks to keep its listing, and a curator who called approves it', async () => {
    const href = await someService();
    const visit = await open(browser, { width: 320 });
    await visit.page.goto(href);
    await visit.page.getByRole('link', { name: 'Is this your agency? Keep this listing yourself' }).click();
    await visit.page.getByLabel('Your name').fill('Ana Ruiz');
    await visit.page.getByLabel('Your email at work').fill('ana.ruiz@example.net');
    await look(visit, 'claim');
    await visit.page.getByRole('button', { name: 'Send', exact: true }).click();
    await visit.page.getByText('Thank you. We will get back to you by email.').waitFor();

    const desk = await openAs(browser, 'curator');
    await desk.page.goto('/queue/claims');
    await desk.page.getByText('ana.ruiz@example.net').first().waitFor();
    await look(desk, 'desk-claims');
    expect(await rawWords(desk.page)).toEqual([]);
    const claim = desk.page.getByRole('listitem').filter({ hasText: 'ana.ruiz@example.net' });
    await claim.getByLabel('What you learned when you called').fill('The desk put me through.');
    await claim.getByRole('button', { name: 'Approve' }).click();
    await desk.page.getByText('Approved').first().waitFor();
  });
});

describe('Two listings of the same help', () => {
  it('are compared side by side, made one, and taken apart again', async () => {
    const desk = await openAs(browser, 'curator');
    const { page } = desk;
    const name = `Lantern Supper ${Date.now() % 100_000}`;
    for (const organization of ['Fictional Lantern House', 'Fictional Lantern Houses']) {
      await page.goto('/listings/new');
      await page.getByLabel('Name of the new organization').fill(organization);
      await page.getByLabel('Name of the service').fill(name);
      await page.getByLabel('What you offer').fill('A warm meal every evening for everyone who comes by. Fictional.');
      await page.getByLabel('Food', { exact: true }).check();
      await page.getByRole('textbox', { name: 'Phone' }).fill('(410) 555-0166');
      await page.getByRole('button', { name: 'Add the service' }).click();
      await page.getByRole('heading', { name: 'Changes' }).waitFor();
    }
    await page.goto('/queue/duplicates');
    await page.getByRole('button', { name: 'Look again' }).click();
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('heading', { name: 'Listed twice?' }).waitFor();
          return page.getByText(name).count();
        },
        { timeout: 40_000, interval: 1500 },
      )
      .toBeGreaterThan(0);
    await look(desk, 'desk-duplicates');
    await page.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: 'Compare' }).first().click();
    await page.getByRole('heading', { name: 'Are these the same?' }).waitFor();
    await page.getByLabel(name).first().check();
    await look(desk, 'desk-compare');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'These are two' }).click();
    await page.getByRole('heading', { name: 'Listed twice?' }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    const again = async () => {
      const pair = page.getByRole('listitem').filter({ hasText: name });
      await pair.getByRole('link', { name: 'Compare' }).first().click();
      await page.getByLabel(name).first().check();
      await page.getByRole('button', { name: 'Make one listing' }).click();
      await page.getByRole('heading', { name: 'Joined with this listing' }).waitFor();
    };
    await again();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken apart').first().waitFor();
    await page.goto('/queue/duplicates');
    await again();
    await look(desk, 'desk-merged');
    await page.getByRole('button', { name: 'Take apart' }).click();
    await page.getByText('Taken apart').first().waitFor();
  });
});

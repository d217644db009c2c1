import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { closeAll, launch, look, open, rawWords } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

describe('Somebody without an account', () => {
  it('chooses a kind of help, narrows it down, and reads how to get it', async () => {
    const visit = await open(browser);
    const { page } = visit;
    await page.goto('/');
    await page.getByRole('heading', { name: 'Find help', level: 1 }).waitFor();
    await look(visit, 'public-start');

    await page.getByRole('link', { name: 'Food', exact: true }).click();
    await page.getByLabel('Near').fill('21044');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('miles away').first().waitFor();
    expect(page.url()).toContain('near=21044');
    await page.getByLabel('What it costs').selectOption('FREE');
    await page.waitForURL(/cost=FREE/);
    await look(visit, 'public-results');
    expect(await rawWords(page)).toEqual([]);

    await page.locator('main .list h2 a').first().click();
    await page.getByRole('heading', { name: 'How to get it' }).waitFor();
    await look(visit, 'public-service');
    expect(await rawWords(page)).toEqual([]);
  });

  it('narrows down by all that a listing says, goes back to what was asked before, and lets it all go', async () => {
    const visit = await open(browser);
    const { page } = visit;
    const count = async () => Number.parseInt(await page.locator('main [aria-live] >> nth=0').innerText(), 10);
    await page.goto('/search?q=food&near=39.2904,-76.6122');
    await page.locator('main .list h2 a').first().waitFor();
    const all = await count();
    const agency = page.getByLabel('Agency');
    const [, first = ''] = await agency.locator('option').allInnerTexts();
    const said = Number(/\((\d+)\)$/.exec(first)?.[1]);
    await agency.selectOption({ index: 1 });
    await page.waitForURL(/agency=/);
    await expect.poll(count).toBe(said);
    expect(said).toBeLessThan(all);
    await page.getByLabel('Open at this time').fill('2026-12-01T10:00');
    await page.waitForURL(/at=2026-12-01T10(%3A|:)00/);
    await page.getByLabel('Facts checked').selectOption('365');
    await page.getByRole('checkbox', { name: /^Has interpreters/ }).check();
    await page.waitForURL(/interpreter=1/);
    await look(visit, 'public-filters');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the filters' }).first().click();
    await expect.poll(count).toBe(all);
    expect(new URL(page.url()).search).toMatch(/^\?q=food&near=[^&]+$/);

    await page.getByLabel('What do you need?').fill('rent');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL(/q=rent/);
    await page.goBack();
    await page.waitForURL(/q=food/);
    await expect.poll(() => page.getByLabel('What do you need?').inputValue()).toBe('food');
  });

  it('reads the day on which a place opens as it is there, not where the reader is', async () => {
    const { page } = await open(browser, { timeZone: 'America/New_York' });
    await page.clock.setFixedTime('2026-11-30T20:00:00Z');
    // Monday, 9:30 pm in Los Angeles: Tuesday in New York.
    const openState = {
      state: 'CLOSED',
      opensAt: '2026-12-01T05:30:00Z',
      closesAt: null,
      timeZone: 'America/Los_Angeles',
    };
    await page.route('**/graphql', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.json()) as { data?: { searchServices?: { edges: { node: { service: object } }[] } } };
      for (const { node } of body.data?.searchServices?.edges ?? []) Object.assign(node.service, { openState });
      await route.fulfill({ response: answer, json: body });
    });
    await page.goto('/search?q=food');
    await page.getByText('Closed now, opens at 9:30 pm').first().waitFor();
  });

  it('finds nothing, and is offered what helps', async () => {
    const visit = await open(browser);
    const { page } = visit;
    await page.goto('/search?q=zzqqxx&near=21215&cost=FREE&language=vi');
    await page.getByText('Nothing found').waitFor();
    expect(await page.getByRole('button', { name: 'Show the map' }).count()).toBe(0);
    // What is chosen stays in sight, so that it can be let go.
    expect(await page.getByLabel('Language spoken').inputValue()).toBe('vi');
    await look(visit, 'public-nothing');
    await page.getByRole('link', { name: 'Start over' }).click();
    await page.getByRole('heading', { name: 'Or choose a kind of help' }).waitFor();
  });

  it('sees the places of the list on a map that asks nobody else', async () => {
    const { page, faults } = await open(browser);
    const outside: string[] = [];
    const home = new URL(inject('hubUrl')).origin;
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== home) outside.push(request.url());
    });
    await page.goto('/search?q=food&near=21044');
    await page.getByRole('button', { name: 'Show the map' }).click();
    await page.locator('[data-map="idle"]').waitFor({ timeout: 45_000 });
    expect(outside).toEqual([]);
    expect(faults.filter((fault) => !/GPU|WebGL/i.test(fault))).toEqual([]);
  });

  it('keeps services on a list to print, which is gone with the tab', async () => {
    const visit = await open(browser);
    const { page } = visit;
    await page.goto('/search?q=food');
    await page.getByRole('button', { name: /^Keep/ }).first().click();
    await page.getByRole('link', { name: 'My list (1)' }).click();
    await page.getByRole('button', { name: 'Print the list' }).waitFor();
    await look(visit, 'public-list');
    const other = await open(browser);
    await other.page.goto('/my-list');
    await other.page.getByText('Your list is empty').waitFor();
  });

  it('is given numbers to call when the words tell of danger, whatever is found', async () => {
    const visit = await open(browser);
    const { page } = visit;
    await page.goto('/search?q=my+husband+hits+me&near=21201');
    const now = page.getByRole('region', { name: 'You can talk to someone now' });
    await now.getByRole('link', { name: 'Call 1-800-799-7233' }).waitFor();
    await now.getByText('“Leave fast”').waitFor();
    await page.getByRole('link', { name: 'Help for people hurt by a partner' }).first().waitFor();
    await look(visit, 'public-danger');
    await page.goto('/search?q=quiero+morir&lang=es');
    await page.getByRole('link', { name: /988/ }).first().waitFor();
    await page.goto('/search?q=food');
    await page.locator('main .list h2 a').first().waitFor();
    expect(await now.count()).toBe(0);
  });

  it('is asked which place is meant, and keeps what was typed', async () => {
    const visit = await open(browser);
    const { page } = visit;
    await page.goto('/search?q=food');
    await page.getByLabel('Near').fill('Springfield');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    const choices = page.getByRole('navigation', { name: 'Places to choose from' });
    await choices.getByRole('button').first().waitFor();
    await page.getByText('Which “Springfield” do you mean?').waitFor();
    await look(visit, 'public-which-place');
    await choices.getByRole('button').first().click();
    await page.waitForURL(/near=Springfield(%2C|,)/);
    await page
      .getByText(/services? near Springfield|Nothing found/)
      .first()
      .waitFor();
    await page.getByLabel('Near').fill('xyzzy');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('We do not know a place called “xyzzy”').waitFor();
    await page.getByLabel('Near').fill('Towson');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('near Towson, MD').waitFor();
  });

  it('reads everything in Spanish when the browser speaks Spanish', async () => {
    const visit = await open(browser, { locale: 'es-US' });
    const { page } = visit;
    await page.goto('/search?category=food-insecurity&near=21044');
    await page.getByRole('heading', { name: 'Buscar ayuda', level: 1 }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('es');
    await look(visit, 'public-spanish');
  });

  it('is told kindly about a page that does not exist, and is asked to sign in for one that needs it', async () => {
    const { page } = await open(browser);
    await page.goto('/services/01900000-0000-7000-8000-000000000000');
    await page.getByRole('heading', { name: 'We could not find this page' }).waitFor();
    await page.goto('/today');
    await page.waitForURL(/sign-in\?next=%2Ftoday/);
  });
});

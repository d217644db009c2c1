import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

/** A list of a pantry and of a home for survivors. */
async function keepBoth({ page }: Watched): Promise<string> {
  await page.goto('/search?q=food');
  await page.getByRole('button', { name: /^Keep/ }).first().click();
  await page.goto('/search?category=intimate-partner-violence');
  await page.getByRole('button', { name: /^Keep/ }).first().click();
  const secret = await page.locator('main .list h2 a').first().innerText();
  await page.getByRole('link', { name: 'My list (2)' }).click();
  await page.getByRole('img', { name: /Scan this code/ }).waitFor();
  return secret;
}

describe('A list of help', () => {
  it('is taken along on paper, as a file and by mail; private help only when it was asked for', async () => {
    const visit = await open(browser);
    const { page } = visit;
    const secret = await keepBoth(visit);
    await look(visit, 'list-take');
    expect(await rawWords(page)).toEqual([]);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: secret }).isVisible()).toBe(false);
    expect(await page.getByRole('img', { name: /Scan this code/ }).isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    const plain = (await page.getByRole('link', { name: 'Save as PDF' }).getAttribute('href')) ?? '';
    const paper = await page.request.get(plain);
    expect([paper.status(), paper.headers()['content-type']]).toEqual([200, 'application/pdf']);

    await page.getByLabel('Put private help on paper and in the PDF too').check();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('heading', { name: secret }).isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    expect(await page.getByRole('link', { name: 'Save as PDF' }).getAttribute('href')).toContain('private=1');

    const words = decodeURIComponent(
      (await page.getByRole('link', { name: 'Send as a text message' }).getAttribute('href')) ?? '',
    );
    expect(words).toMatch(/#s=[\w-]{20}$/);
    expect(words).not.toContain(secret);

    await page.getByRole('button', { name: 'Send by email' }).click();
    await page.getByRole('button', { name: 'Send the list' }).click();
    await page.getByText('Please fill this in').waitFor();
    await page.getByLabel('Email address').fill('ann@example.org');
    await look(visit, 'list-mail');
    await page.getByRole('button', { name: 'Send the list' }).click();
    await page.getByText('The list is on its way.').waitFor();
  });

  it('opens by its link on another device, where private help waits for a yes and the address stays in the browser', async () => {
    const first = await open(browser);
    const secret = await keepBoth(first);
    const words = decodeURIComponent(
      (await first.page.getByRole('link', { name: 'Send as a text message' }).getAttribute('href')) ?? '',
    );
    const link = new URL(words.split('\n').at(-1) ?? '');

    const visit = await open(browser, { width: 320, locale: 'es-US' });
    const { page } = visit;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${link.pathname}${link.hash}`);
    await page.getByRole('heading', { name: 'Una lista para usted' }).waitFor();
    await page.getByText('¿Es seguro verla ahora?').waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await look(visit, 'list-sent');
    await page.getByRole('button', { name: 'Mostrarla' }).click();
    await page.getByRole('heading', { name: secret }).waitFor();
    expect(asked.filter((url) => url.includes(link.hash.slice(3)))).toEqual([]);
    await page.getByRole('button', { name: 'Guardar todo en mi lista' }).click();
    await page.getByRole('heading', { name: 'Mi lista', exact: true }).waitFor();
  });

  it('says so when nothing of it is left', async () => {
    const visit = await open(browser);
    await visit.page.goto('/my-list#s=AAAAAAAAAA');
    await visit.page.getByText('This list is empty now').waitFor();
    await look(visit, 'list-gone');
  });

  it('is left fast, by button or by Escape three times, and nothing of it stays in the tab', async () => {
    for (const way of ['button', 'keys']) {
      const { page } = await open(browser);
      await page.route('https://www.weather.gov/**', (route) =>
        route.fulfill({ body: '<title>Weather</title>', contentType: 'text/html' }),
      );
      await page.goto('/search?q=food');
      await page.getByRole('button', { name: /^Keep/ }).first().click();
      if (way === 'button') await page.getByRole('button', { name: 'Leave fast' }).click();
      else for (let press = 0; press < 3; press += 1) await page.keyboard.press('Escape');
      await page.waitForURL('https://www.weather.gov/');
      await page.goto('/my-list');
      await page.getByText('Your list is empty').waitFor();
    }
  });
});

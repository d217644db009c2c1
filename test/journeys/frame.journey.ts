import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, openAs, type Watched } from './chromium.js';

let browser: Browser;
let visit: Watched;
beforeAll(async () => {
  browser = await launch();
  visit = await openAs(browser, 'housing');
});
afterAll(() => closeAll(browser));

describe('The frame', () => {
  it('is walked with the keyboard: skip link, search with a slash, list with j, help with a question mark', async () => {
    const { page } = visit;
    await page.goto('/inbox?queue=ALL');
    await page.locator('main h1').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the content');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.keyboard.press('Escape');
    await page.locator('main').focus();
    await page.keyboard.press('j');
    await page.locator('li[data-current="true"] a:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Who and what' }).waitFor();
    await page.locator('main').focus();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('grows its text, keeps the choice, and still fits a small screen', async () => {
    const { page } = visit;
    await page.goto('/listing');
    await page.locator('header summary').click();
    await page.getByLabel('Text size').selectOption({ label: 'Largest' });
    await page.reload();
    await page.locator('main h1').waitFor();
    expect(await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--text-scale')")).toBe(
      '1.5',
    );
    await look(visit, 'frame-large-text');
    await page.evaluate("localStorage.removeItem('hub.text')");
  });

  it('speaks Spanish from the menu and remembers it for the person', async () => {
    const { page } = visit;
    await page.goto('/listing');
    await page.locator('header summary').click();
    await Promise.all([page.waitForEvent('load'), page.getByLabel('Language').selectOption('es')]);
    await page.getByRole('heading', { name: 'Nuestra ficha' }).waitFor();
    await look(visit, 'frame-spanish');
    await page.locator('header summary').click();
    await Promise.all([page.waitForEvent('load'), page.getByLabel('Idioma').selectOption('en')]);
    await page.getByRole('heading', { name: 'Our listing' }).waitFor();
    await page.waitForLoadState('networkidle');
  });

  it('says that there is no connection and loses nothing', async () => {
    const { page } = visit;
    await page.goto('/settings');
    await page.getByLabel('Your name').fill('Jo Invented');
    await page.context().setOffline(true);
    await page.getByText('No connection. What you see may be out of date.').waitFor();
    await page.getByLabel('Your password now').fill('wrong but kept');
    await page.getByLabel('New password').fill('a few words in a row');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('We could not reach the server. Nothing was lost.').first().waitFor();
    expect(await page.getByLabel('Your password now').inputValue()).toBe('wrong but kept');
    await page.context().setOffline(false);
    visit.faults.length = 0;
  });

  it('shows settings and signs out for good', async () => {
    const { page } = visit;
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByAltText('QR code for the sign-in app').waitFor();
    await look(visit, 'frame-settings');
    await page.locator('header summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    await page.goto('/inbox');
    await page.waitForURL(/sign-in/);
  });

  it('stays under 100 kB of compressed scripts for the first page', async () => {
    const { page } = await open(browser);
    const sizes: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script' || request.url().endsWith('.js')) {
        sizes.push(request.sizes().then((size) => size.responseBodySize));
      }
    });
    await page.goto('/');
    await page.getByRole('heading', { name: 'Find help', level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    console.log(`first page: ${sizes.length} scripts, ${(total / 1000).toFixed(1)} kB as sent`);
    expect(total).toBeLessThan(100_000);
  });
});

describe('Signing in', () => {
  it('says what is wrong and keeps what was typed', async () => {
    const signIn = await open(browser);
    const { page } = signIn;
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill('nobody@example.org');
    await page.getByLabel('Password').fill('not the right one');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('The e-mail address or the password is not right.').waitFor();
    expect(await page.getByLabel('Email').inputValue()).toBe('nobody@example.org');
    await look(signIn, 'sign-in');
    await page.getByRole('link', { name: 'I forgot my password' }).click();
    // Both pages have a field of this name.
    await page.waitForURL(/forgot-password/);
    await page.getByLabel('Email').fill('nobody@example.org');
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await page.getByRole('heading', { name: 'Look in your email' }).waitFor();
    await look(signIn, 'forgot-password');
  });
});

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MembershipRow } from '../factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { focused, press, tabTo, type } from './keyboard.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let member: MembershipRow;
let admin: MembershipRow;
let visit: Watched;
let secret = '';
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort(), { SECOND_FACTOR_ROLES: 'PRIVACY_OFFICER' });
  member = await own.person('Robin Fictional', 'CARE_MANAGER');
  admin = await own.person('Sam Sample', 'CARE_SUPERVISOR', member.organization);
  visit = await open(browser, { url: own.url });
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Types address and password with the keyboard alone. */
async function enter({ page }: Watched, email: string): Promise<void> {
  await page.goto('/sign-in');
  await type(page, page.getByLabel('Email'), email);
  await type(page, page.getByLabel('Password'), password);
  await page.keyboard.press('Enter');
}
/** The secret under the picture, as somebody without a camera reads it. */
async function readSecret(page: Page): Promise<string> {
  await press(page, page.getByText('Cannot scan? Type this by hand'));
  return (await page.locator('details code').innerText()).replaceAll(' ', '');
}
async function signOut(page: Page): Promise<void> {
  await press(page, page.locator('header summary').last());
  await press(page, button(page, 'Sign out'));
  await page.waitForURL(/sign-in/);
}

describe('A second step at sign-in', () => {
  it('is turned on from the settings, by keyboard alone', async () => {
    const { page } = visit;
    await enter(visit, member.user.email);
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Second step at sign-in' }).waitFor();
    await look(visit, 'account-second-step-off');
    await press(page, button(page, 'Turn it on'));
    await page.getByAltText('QR code for the sign-in app').waitFor();
    secret = await readSecret(page);
    await look(visit, 'account-second-step-setup');
    await type(page, page.getByLabel('Code from your app'), '000000');
    await page.keyboard.press('Enter');
    await page.getByText('This code is not right', { exact: false }).first().waitFor();
    expect(await page.evaluate('document.activeElement.getAttribute("aria-invalid")')).toBe('true');
    await look(visit, 'account-second-step-wrong');
    await type(page, page.getByLabel('Code from your app'), own.codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByText('Keep these codes in a safe place', { exact: false }).waitFor();
    expect(await page.locator('.codes li').count()).toBe(10);
    await look(visit, 'account-second-step-codes');
    await press(page, button(page, 'I have kept the codes'));
    await page.getByText('we also ask for a code from your phone', { exact: false }).waitFor();
    await look(visit, 'account-second-step-on');
    expect(await rawWords(page)).toEqual([]);
    own.hub.clock.advance({ minutes: 1 });
    await signOut(page);
  });

  it('asks for the code when signing in, and says when it is wrong', async () => {
    const { page } = visit;
    await enter(visit, member.user.email);
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    expect(await page.evaluate('document.activeElement.autocomplete')).toBe('one-time-code');
    await look(visit, 'sign-in-code');
    await page.keyboard.press('Enter');
    await page.getByText('Please fill this in').first().waitFor();
    await page.keyboard.type('000 000');
    await page.keyboard.press('Enter');
    await page.getByText('This code is not right', { exact: false }).first().waitFor();
    expect(await page.getByLabel('Code from your app').inputValue()).toBe('000 000');
    await look(visit, 'sign-in-code-wrong');
    await type(page, page.getByLabel('Code from your app'), own.codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  });

  it('moves to another phone after password and code', async () => {
    const { page } = visit;
    own.hub.clock.advance({ minutes: 1 });
    await page.goto('/settings');
    await press(page, button(page, 'Move to another phone or app'));
    const field = page.getByLabel('Your password now').first();
    await focused(field);
    await page.keyboard.type('not the right one');
    await type(page, page.getByLabel('Code from your app'), own.codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByText('This is not your present password.').first().waitFor();
    await look(visit, 'account-second-step-prove');
    await type(page, field, password);
    await press(page, button(page, 'Continue'));
    await page.getByAltText('QR code for the sign-in app').waitFor();
    const moved = await readSecret(page);
    expect(moved).not.toBe(secret);
    secret = moved;
    await type(page, page.getByLabel('Code from your app'), own.codeOf(secret));
    await page.keyboard.press('Enter');
    await press(page, button(page, 'I have kept the codes'));
    own.hub.clock.advance({ minutes: 1 });
  });

  it('is turned off the same way', async () => {
    const { page } = visit;
    await press(page, button(page, 'Turn it off'));
    await page.getByLabel('Your password now').first().waitFor();
    await look(visit, 'account-second-step-turn-off');
    await type(page, page.getByLabel('Your password now').first(), password);
    await type(page, page.getByLabel('Code from your app'), own.codeOf(secret));
    await page.keyboard.press('Enter');
    await page.getByText('The second step is off.', { exact: false }).first().waitFor();
    await tabTo(page, button(page, 'Turn it on'));
    await own.hub.runJobs();
    const subjects = own.hub.mail.to(member.user.email).map(({ subject }) => subject);
    expect(subjects.toSorted()).toEqual([
      'The second step at sign-in is off',
      'The second step at sign-in is on',
      'The second step at sign-in was moved',
    ]);
  });
});

describe('A role that needs a second step', () => {
  it('sets it up on the way in, arrives at once, and cannot turn it off', async () => {
    const officer = await own.person('Pat Placeholder', 'PRIVACY_OFFICER', member.organization);
    const watched = await open(browser, { url: own.url });
    const { page } = watched;
    await enter(watched, officer.user.email);
    await page.getByRole('heading', { name: 'Set up your second step' }).waitFor();
    await look(watched, 'sign-in-setup');
    await press(page, button(page, 'Set it up now'));
    await page.getByAltText('QR code for the sign-in app').waitFor();
    await look(watched, 'sign-in-setup-scan');
    await type(page, page.getByLabel('Code from your app'), own.codeOf(await readSecret(page)));
    await page.keyboard.press('Enter');
    await page.locator('.codes').waitFor();
    await look(watched, 'sign-in-setup-codes');
    await press(page, button(page, 'I kept the codes, go on'));
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto('/settings');
    await page.getByText('Your role needs the second step').waitFor();
    expect(await button(page, 'Turn it off').count()).toBe(0);
    await look(watched, 'account-second-step-needed');
  });
});

describe('An administrator', () => {
  it('takes a colleague’s lost second step away', async () => {
    await own.hub.sql(`update hub.user_account set totp_secret = '\\x00', totp_confirmed_at = now() where id = $1`, [
      member.user.id,
    ]);
    const watched = await open(browser, { url: own.url });
    const { page } = watched;
    await enter(watched, admin.user.email);
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto('/people');
    const row = page.getByRole('listitem').filter({ hasText: member.user.email });
    await row.getByRole('button', { name: 'Remove second step' }).waitFor();
    await look(watched, 'people-second-step');
    await press(page, row.getByRole('button', { name: 'Remove second step' }));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Robin Fictional', { exact: false }).waitFor();
    await look(watched, 'people-second-step-reset');
    await dialog.getByRole('button', { name: 'Remove second step' }).press('Enter');
    await page.getByText('Robin Fictional signs in without a second step now').waitFor();
    await row.getByRole('button', { name: 'Remove second step' }).waitFor({ state: 'detached' });
    expect(await rawWords(page)).toEqual([]);
  });
});

describe('En español', () => {
  it('se activa, se pide al entrar y se desactiva', async () => {
    const someone = await own.person('Ana Inventada', 'AGENCY_STAFF');
    await own.hub.sql(`update hub.user_account set locale = 'es' where id = $1`, [someone.user.id]);
    const watched = await open(browser, { url: own.url, locale: 'es-US' });
    const { page } = watched;
    const arrive = async (): Promise<void> => {
      await page.goto('/sign-in');
      await type(page, page.getByLabel('Correo electrónico'), someone.user.email);
      await type(page, page.getByLabel('Contraseña'), password);
      await page.keyboard.press('Enter');
    };
    await arrive();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto('/settings');
    await press(page, button(page, 'Activarlo'));
    await page.locator('details').last().waitFor();
    await press(page, page.getByText('¿No puede escanear? Escriba esto a mano'));
    const offered = (await page.locator('details code').innerText()).replaceAll(' ', '');
    await look(watched, 'account-second-step-setup-es');
    await type(page, page.locator('input[autocomplete="one-time-code"]'), own.codeOf(offered));
    await page.keyboard.press('Enter');
    await page.locator('.codes').waitFor();
    await look(watched, 'account-second-step-codes-es');
    own.hub.clock.advance({ minutes: 1 });
    await page.context().clearCookies();
    await arrive();
    await page.locator('input[autocomplete="one-time-code"]').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('es');
    await look(watched, 'sign-in-code-es');
    await type(page, page.locator('input[autocomplete="one-time-code"]'), own.codeOf(offered));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await page.goto('/settings');
    await press(page, button(page, 'Desactivar'));
    await page.locator('input[autocomplete="one-time-code"]').waitFor();
    await look(watched, 'account-second-step-turn-off-es');
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MembershipRow } from '../factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { focused, press, tabTo, type } from './keyboard.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let admin: MembershipRow;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  admin = await own.person('Dana Notreal', 'PLAN_ADMIN');
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

/** Where the secret of a link stands once it was opened: nowhere in the address. */
const addressOf = ({ page }: Watched): string => new URL(page.url()).pathname + new URL(page.url()).hash;

async function enter({ page }: Watched, email: string, typed: string): Promise<void> {
  await page.goto('/sign-in');
  await type(page, page.getByLabel('Email'), email);
  await type(page, page.getByLabel('Password'), typed);
  await page.keyboard.press('Enter');
}

describe('An invitation', () => {
  it('is sent from the people of a health plan, by keyboard alone', async () => {
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    await enter(visit, admin.user.email, password);
    await page.getByRole('link', { name: 'People' }).first().waitFor();
    await press(page, page.getByRole('link', { name: 'People' }).first());
    await press(page, page.getByRole('button', { name: 'Invite someone' }));
    const dialog = page.getByRole('dialog');
    await press(page, dialog.getByRole('button', { name: 'Invite someone' }));
    await dialog.getByText('Please fill this in').first().waitFor();
    await look(visit, 'people-invite');
    await type(page, dialog.getByLabel('Email'), 'rosa.invented@example.org');
    await tabTo(page, dialog.getByLabel('health plan analyst'));
    await page.keyboard.press('Space');
    await press(page, dialog.getByRole('button', { name: 'Invite someone' }));
    await page.getByText('Invitation sent to rosa.invented@example.org').waitFor();
    await page.getByText('Waiting').first().waitFor();
    await look(visit, 'people-invited');
    expect(await rawWords(page)).toEqual([]);
  });

  it('makes somebody new a member, who arrives signed in', async () => {
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    const link = await own.linkTo('rosa.invented@example.org');
    await page.goto(link);
    await page.getByRole('heading', { name: 'Welcome' }).waitFor();
    expect(addressOf(visit)).toBe('/invitation');
    await page.reload();
    await page.getByLabel('Your name').waitFor();
    await look(visit, 'invitation');
    await press(page, page.getByRole('button', { name: 'Start' }));
    await page.getByText('Please fill this in').first().waitFor();
    await focused(page.getByLabel('Your name'));
    await page.keyboard.type('Rosa Invented');
    await type(page, page.getByLabel('New password'), 'password1234');
    await page.keyboard.press('Enter');
    await page.locator('.error').first().waitFor();
    await look(visit, 'invitation-weak');
    expect(await page.getByLabel('Your name').inputValue()).toBe('Rosa Invented');
    await type(page, page.getByLabel('New password'), 'four green herons');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'What do our members need?' }).waitFor();
    expect(await page.locator('header').innerText()).toContain('Rosa Invented');
    const again = await open(browser, { url: own.url });
    await again.page.goto(link);
    await again.page.getByLabel('Your name').fill('Somebody Else');
    await again.page.getByLabel('New password').fill('five grey herons');
    await again.page.getByRole('button', { name: 'Start' }).click();
    await again.page.getByText(/no longer works/).waitFor();
    await look(again, 'invitation-ended');
  });

  it('is read in Spanish by who reads Spanish, and asks an account it knows for its password', async () => {
    const known = await own.person('Ana Inventada', 'AGENCY_STAFF');
    const token = 'A'.repeat(43);
    await own.hub.sql(
      `insert into hub.invitation (id, organization_id, email, roles, token_hash, invited_by, created_at, expires_at)
       values (gen_random_uuid(), $1, $2, array['PLAN_ANALYST'], sha256($3), $4, $5, $5::timestamptz + interval '1 day')`,
      [admin.organization.id, known.user.email, token, admin.user.id, own.hub.clock.now()],
    );
    const visit = await open(browser, { url: own.url, locale: 'es-US' });
    const { page } = visit;
    await page.goto(`/invitation#token=${token}`);
    await page.locator('h1').waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('es');
    await look(visit, 'invitation-es');
    await page.locator('input[autocomplete="name"]').fill('Ana');
    await page.locator('input[type="password"]').fill('cinco garzas grises');
    await page.keyboard.press('Enter');
    await page.locator('.error').first().waitFor();
    await look(visit, 'invitation-known-es');
    await page.locator('input[type="password"]').fill(password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname !== '/invitation');
  });

  it('says when the link is not whole', async () => {
    const visit = await open(browser, { url: own.url });
    await visit.page.goto('/invitation');
    await visit.page.getByText('This link is not complete', { exact: false }).waitFor();
    await look(visit, 'invitation-no-link');
  });
});

describe('A forgotten password', () => {
  it('is replaced by the link of a letter, once, and all devices are signed out', async () => {
    const member = await own.person('Robin Fictional', 'AGENCY_ADMIN');
    const other = await open(browser, { url: own.url });
    await enter(other, member.user.email, password);
    await other.page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    await page.goto('/sign-in');
    await press(page, page.getByRole('link', { name: 'I forgot my password' }));
    await page.getByRole('heading', { name: 'Get a new password' }).waitFor();
    await look(visit, 'forgot');
    await type(page, page.getByLabel('Email'), member.user.email);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Look in your email' }).waitFor();
    const link = await own.linkTo(member.user.email);
    await page.goto(link);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    expect(addressOf(visit)).toBe('/reset-password');
    await look(visit, 'reset');
    await type(page, page.getByLabel('New password'), 'short');
    await page.keyboard.press('Enter');
    await page.locator('.error').first().waitFor();
    await look(visit, 'reset-weak');
    await type(page, page.getByLabel('New password'), 'four green herons');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
    await look(visit, 'reset-done');
    await press(page, page.getByRole('link', { name: 'Sign in', exact: true }).last());
    await enter(visit, member.user.email, password);
    await page.getByText(/password is not right/).waitFor();
    await enter(visit, member.user.email, 'four green herons');
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    await other.page.goto('/inbox');
    await other.page.waitForURL(/sign-in/);
    const again = await open(browser, { url: own.url });
    await again.page.goto(link);
    await again.page.getByLabel('New password').fill('five grey herons');
    await again.page.getByRole('button', { name: 'Save the new password' }).click();
    await again.page.getByText(/no longer works/).waitFor();
    await look(again, 'reset-ended');
  });

  it('is asked for in Spanish', async () => {
    const visit = await open(browser, { url: own.url, locale: 'es-US' });
    const { page } = visit;
    await page.goto('/forgot-password');
    await page.locator('input[type="email"]').fill('nadie@example.org');
    await look(visit, 'forgot-es');
    await page.keyboard.press('Enter');
    await page.locator('main [role="status"]').waitFor();
    await page.goto(`/reset-password#token=${'A'.repeat(43)}`);
    await page.locator('input[type="password"]').fill('cinco garzas grises');
    await page.keyboard.press('Enter');
    await page.locator('main .note.danger').waitFor();
    await look(visit, 'reset-ended-es');
  });
});

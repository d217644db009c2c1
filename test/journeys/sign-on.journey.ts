import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { membership, type MembershipRow } from '../factories.js';
import { identityProvider, type IdentityProvider } from '../identity-provider.js';
import { closeAll, launch, look, open, type Watched } from './chromium.js';
import { press, tabTo } from './keyboard.js';
import { freePort, ownHub, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let provider: IdentityProvider;
let member: MembershipRow;
let visit: Watched;
const subject = 'subject-of-robin';
beforeAll(async () => {
  // oidc-provider says on the console that its defaults are for development.
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  browser = await launch();
  const port = await freePort();
  provider = await identityProvider(`http://127.0.0.1:${port}/auth/oidc/callback`);
  own = await ownHub(port, { ...provider.env, SECOND_FACTOR_ROLES: 'AGENCY_ADMIN' });
  member = await own.person('Robin Fictional', 'CARE_MANAGER');
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
  await provider.down();
});
beforeEach(async () => {
  visit = await open(browser, { url: own.url });
});

const goOn = () => visit.page.getByRole('link', { name: 'Sign in with your organization' });

describe('Signing in through the organization', () => {
  it('leads there and back to the page that was asked for', async () => {
    const { page } = visit;
    provider.become({ subject, email: member.user.email, emailVerified: true });
    await page.goto('/referrals?queue=DECLINED');
    await page.waitForURL(/sign-in\?next=/);
    await look(visit, 'sign-in-organization');
    await press(page, goOn());
    await page.waitForURL(`${own.url}/referrals?queue=DECLINED`);
    await page.getByRole('heading', { name: 'Referrals', level: 1 }).waitFor();
    expect(await page.locator('header').innerText()).toContain('Robin Fictional');
    const cookies = await page.context().cookies(own.url);
    expect(cookies.find(({ name }) => name === 'hub_session')).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  });

  it('says in plain words when it came to nothing, and leaves the password as a way', async () => {
    const endings: [Parameters<IdentityProvider['become']>[0], RegExp][] = [
      [null, /You stopped/],
      [{ subject: 'stranger', email: 'nobody@example.org', emailVerified: true }, /no account/i],
      [{ subject: 'unverified', email: member.user.email, emailVerified: false }, /not confirmed your email/],
    ];
    for (const [person, words] of endings) {
      provider.become(person);
      // Somebody new at the keyboard: the provider remembers the last one.
      visit = await open(browser, { url: own.url });
      const { page } = visit;
      await page.goto('/sign-in');
      await goOn().click();
      await page.waitForURL(/problem=/);
      await page.getByRole('alert').filter({ hasText: words }).waitFor();
      await tabTo(page, page.getByLabel('Email'));
    }
    await look(visit, 'sign-in-organization-problem');
  });

  it('asks for a second step where the role needs one and the organization asked for none', async () => {
    const { page } = visit;
    const admin = await own.person('Jo Invented', 'AGENCY_ADMIN');
    provider.become({ subject: 'subject-of-jo', email: admin.user.email, emailVerified: true });
    await page.goto('/sign-in');
    await goOn().click();
    await page.getByRole('heading', { name: 'Set up your second step' }).waitFor();
    // The provider asked for one itself: nothing more is needed.
    provider.become({ subject: 'subject-of-jo', email: admin.user.email, emailVerified: true, amr: ['pwd', 'mfa'] });
    visit = await open(browser, { url: own.url });
    await visit.page.goto('/sign-in');
    await goOn().click();
    await visit.page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    await visit.page.goto('/settings');
    await visit.page.getByText('Your organization asked for a second step', { exact: false }).waitFor();
    await look(visit, 'account-second-step-elsewhere');
  });

  it('is offered in Spanish too', async () => {
    visit = await open(browser, { url: own.url, locale: 'es-US' });
    await visit.page.goto('/sign-in?problem=CANCELLED');
    await visit.page.locator('main .note.danger').waitFor();
    await look(visit, 'sign-in-organization-es');
  });
});

describe('Working for two organizations', () => {
  it('changes from one to the other, asks before something is lost, and shows nothing of the first', async () => {
    const { page } = visit;
    const second = await membership(own.hub, { user: member.user, kind: 'AGENCY', roles: ['AGENCY_STAFF'] });
    provider.become({ subject, email: member.user.email, emailVerified: true });
    await page.goto('/sign-in');
    await goOn().click();
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    const menu = page.locator('header summary').first();
    await press(page, menu);
    await page.getByRole('button', { name: second.organization.name }).waitFor();
    await look(visit, 'organizations');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: second.organization.name }).isVisible()).toBe(false);
    await page.goto('/patients/new');
    await page.getByLabel('First name').fill('Not saved');
    await menu.click();
    await page.getByRole('button', { name: second.organization.name }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What you typed on this page is not saved yet.').waitFor();
    await dialog.getByRole('button', { name: 'Stay here' }).click();
    expect(await page.getByLabel('First name').inputValue()).toBe('Not saved');
    expect(page.url()).toContain('/patients/new');
    await menu.click();
    await tabTo(page, page.getByRole('button', { name: second.organization.name }));
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Leave the page' }).press('Enter');
    await page.getByRole('heading', { name: 'Inbox', level: 1 }).waitFor();
    expect(await page.getByRole('link', { name: 'Patients' }).count()).toBe(0);
    await page.goBack();
    await page.waitForTimeout(500);
    expect(await page.getByText('Not saved').count()).toBe(0);
    await page.goto('/patients');
    await page.getByRole('heading', { name: 'You cannot open this page' }).waitFor();
  });
});

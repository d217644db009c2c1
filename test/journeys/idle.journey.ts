import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patient } from '../caseload-factories.js';
import type { MembershipRow } from '../factories.js';
import { closeAll, enter, launch, look, open, type Watched } from './chromium.js';
import { focused, press } from './keyboard.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

/*
 * The usual fifteen minutes, shortened in the database to a quarter of a minute. The page counts in real time; the
 * server's clock stands still unless it is moved.
 */
const SECONDS = 15;
let browser: Browser;
let own: OwnHub;
let member: MembershipRow;
let visit: Watched;
let patientId: string;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  member = await own.person('Robin Fictional', 'CARE_MANAGER');
  patientId = await patient(own.hub, { organizationId: member.organization.id }, { given_name: 'Ana', family_name: 'Fictional' }); // prettier-ignore
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

/** Signs in, shortens the session, and opens the page of a person. */
beforeEach(async () => {
  visit = await open(browser, { url: own.url });
  const { page } = visit;
  await enter(page, member.user.email, password);
  await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
  await own.hub.sql(`update hub.session set idle = make_interval(secs => $2) where user_id = $1`, [
    member.user.id,
    SECONDS,
  ]);
  await openPatient(page);
});

async function openPatient(page: Page): Promise<void> {
  await page.goto(`/patients/${patientId}`);
  await page.getByRole('heading', { name: /Ana Fictional/ }).first().waitFor(); // prettier-ignore
}
const sessions = async (): Promise<number> =>
  (await own.hub.sql('select from hub.session where user_id = $1', [member.user.id])).length;
const warning = (page: Page) => page.getByRole('dialog').filter({ hasText: 'Are you still there?' });
const signedOut = (page: Page) => page.getByText('You were signed out because nothing happened', { exact: false });

describe('The page of a person, left alone', () => {
  it('warns first, then is gone for good: signed out at the server, nothing behind the Back button', async () => {
    const { page } = visit;
    const began = Date.now();
    await warning(page).waitFor();
    expect(Date.now() - began).toBeGreaterThan((SECONDS * 1000) / 3);
    await focused(page.locator('dialog[open] h2'));
    await signedOut(page).waitFor({ timeout: SECONDS * 1000 + 5000 });
    expect(await page.getByText('Ana').count()).toBe(0);
    await look(visit, 'idle-signed-out');
    expect(await sessions()).toBe(0);
    await page.goBack();
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('Ana Fictional').count()).toBe(0);
    await page.goto(`/patients/${patientId}`);
    await page.waitForURL(/sign-in/);
  });

  it('stays for who says so, and the server is told', async () => {
    const { page } = visit;
    await warning(page).waitFor();
    own.hub.clock.advance({ minutes: 2 });
    // The server's clock went on: without a sign of life before, its session would have ended by now.
    await own.hub.sql(`update hub.session set seen_at = $2 where user_id = $1`, [member.user.id, own.hub.clock.now()]);
    own.hub.clock.advance({ seconds: SECONDS - 1 });
    await press(page, page.getByRole('button', { name: 'Stay signed in' }));
    await warning(page).waitFor({ state: 'hidden' });
    await page.waitForTimeout(1500);
    expect(await page.getByRole('heading', { name: /Ana Fictional/ }).count()).toBeGreaterThan(0);
    expect(await sessions()).toBe(1);
  });

  it('stays while somebody works, and tells the server so before its own time is up', async () => {
    const { page } = visit;
    const asked: number[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/graphql')) asked.push(Date.now());
    });
    for (let times = 0; times < SECONDS + 3; times += 1) {
      await page.keyboard.press('Shift');
      await page.waitForTimeout(1000);
    }
    expect(await warning(page).count()).toBe(0);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('goes although a form was not finished: nobody is there to be asked', async () => {
    const { page } = visit;
    await page.goto('/patients/new');
    await page.getByLabel('First name').fill('Half typed');
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      void dialog.accept();
    });
    await signedOut(page).waitFor({ timeout: SECONDS * 1000 + 8000 });
    expect(asked).toBe(false);
    expect(await page.getByText('Half typed').count()).toBe(0);
  });

  it('is emptied even when the server cannot be reached', async () => {
    const { page } = visit;
    await warning(page).waitFor();
    await page.context().setOffline(true);
    const shown = () => page.getByText('Ana Fictional').count();
    expect(await shown()).toBeGreaterThan(0);
    await expect.poll(shown, { timeout: SECONDS * 1000 }).toBe(0);
    await page.context().setOffline(false);
  });

  it('counts together in all tabs: work in one keeps the other, signing out in one empties the other', async () => {
    const { page } = visit;
    const second = await page.context().newPage();
    await openPatient(second);
    for (let times = 0; times < SECONDS + 2; times += 1) {
      await second.keyboard.press('Shift');
      await second.waitForTimeout(1000);
    }
    expect(await page.getByRole('heading', { name: /Ana Fictional/ }).count()).toBeGreaterThan(0);
    await second.locator('header summary').last().click();
    await second.getByRole('button', { name: 'Sign out' }).click();
    await second.waitForURL(/sign-in/);
    await page.waitForURL(/sign-in/);
    expect(await page.getByText('Ana').count()).toBe(0);
  });

  it('goes when the session ended at the server, and says that it has ended', async () => {
    const { page } = visit;
    await own.hub.sql('delete from hub.session where user_id = $1', [member.user.id]);
    await page.waitForTimeout(SECONDS * 250);
    await page.keyboard.press('Shift');
    await page.getByText('Your sign-in has ended.', { exact: false }).waitFor({ timeout: 10_000 });
    expect(await page.getByText('Ana').count()).toBe(0);
  });

  it('warns in English and Spanish, two minutes before the usual time is up', async () => {
    const { page } = visit;
    await own.hub.sql(`update hub.session set idle = interval '15 minutes' where user_id = $1`, [member.user.id]);
    for (const locale of ['en', 'es']) {
      await own.hub.sql('update hub.user_account set locale = $2 where id = $1', [member.user.id, locale]);
      await page.reload();
      await page.getByRole('heading', { name: /Ana Fictional/ }).first().waitFor(); // prettier-ignore
      // As if nobody had touched anything for thirteen minutes.
      await page.evaluate(`localStorage.setItem('hub.seen', String(Date.now() - 13 * 60_000))`);
      await page.locator('dialog[open]').filter({ hasText: /1[12]\d se/ }).waitFor(); // prettier-ignore
      await look(visit, `idle-warning-${locale}`);
    }
  });
});

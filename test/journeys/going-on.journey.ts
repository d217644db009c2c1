import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pair, send, service, take, type Pair } from '../referral-factories.js';
import { closeAll, launch, look, rawWords, type Watched } from './chromium.js';
import { focused } from './keyboard.js';
import { anaAtHerDesk, freePort, ownHub, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let between: Pair;
let care: Watched;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  ({ between, care } = await anaAtHerDesk(own, browser));
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

describe('A care manager goes on', () => {
  it('after a “no” with one way to other help, which knows what it follows', async () => {
    const other = await pair(own.hub);
    const { name } = other.agency.organization;
    await own.hub.sql(
      `insert into hub.phone (id, service_id, number, type, e164)
       values (gen_random_uuid(), $1, '(410) 555-0177', 'voice', '+14105550177')`,
      [between.serviceId],
    );
    const id = await send(between);
    const { page } = care;
    await page.goto(`/referrals/${id}`);
    // Who waits for an answer calls.
    await page.getByRole('link', { name: '(410) 555-0177' }).waitFor();
    await page.getByText('From yes to first contact').waitFor();
    // The page follows the referral from now on.
    await expect.poll(() => own.hub.platform.live.readers().now).toBe(1);
    await take(between.agency, 'declineReferral', id, { reasonCode: 'NO_CAPACITY', reason: 'Full until March.' });
    await page.getByText('Declined', { exact: true }).first().waitFor();
    // What had not come when it ended is not waited for.
    expect(await page.getByText('From yes to first contact').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Pass on', exact: true }).count()).toBe(0);
    await look(care, 'going-on-declined');
    await page.goto(`/patients/${between.patientId}/send?service=${other.serviceId}&follows=${id}&how=TRANSFERRED`);
    await page.getByText('This passes an older referral on.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: `What ${name} will read` }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Send referral' }).click();
    await page.getByText(`Passed on from ${between.agency.organization.name}.`).waitFor();
    await look(care, 'going-on-passed');
    expect(await rawWords(page)).toEqual([]);
    await page.goto(`/referrals/${id}`);
    await page.getByRole('link', { name: 'Find other help' }).waitFor();
    expect(await page.getByRole('link', { name: 'Open again' }).count()).toBe(0);
  });

  it('by taking back what nobody accepted, and opening it again for an assessment', async () => {
    const second = await pair(own.hub, {
      ...between,
      serviceId: await service(own.hub, between.agency.organization.id),
    });
    const id = await send(second);
    const { page } = care;
    await page.goto(`/referrals/${id}`);
    await page.getByRole('button', { name: 'Take back' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take back' });
    await dialog.getByRole('radio', { name: 'No answer in time' }).check();
    await look(care, 'going-on-recall');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Open again' }).click();
    await page.getByText('This opens an older referral again.', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Covered by a consent').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('checkbox', { name: /^Ask for an assessment only/ }).check();
    await page.getByRole('button', { name: 'Send referral' }).click();
    await page.getByText('Asks for an assessment').waitFor();
    await page.getByText('A new try after one that had ended.', { exact: false }).waitFor();
    expect(await rawWords(page)).toEqual([]);
    expect(care.faults).toEqual([]);
  });

  it('at the first question of a screening', async () => {
    const { page } = care;
    await page.goto(`/patients/${between.patientId}`);
    await page.getByRole('region', { name: 'Screenings' }).getByRole('button', { name: 'Start a screening' }).click();
    await focused(page.getByRole('dialog').getByRole('radio').first());
  });
});

describe('Somebody who is served no more', () => {
  it('leaves the list, is found again, and nothing new begins for them', async () => {
    const gone = await pair(own.hub, between);
    const { page } = care;
    await page.goto(`/patients/${gone.patientId}`);
    const name = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('link', { name: /^Find help:/ }).waitFor();
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await page.getByLabel('Do you still serve them?').selectOption({ label: 'No longer served here' });
    await look(care, 'patient-status');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No longer served here').waitFor();
    expect(await page.getByRole('link', { name: /^Find help:/ }).count()).toBe(0);
    await page.goto(`/patients/${gone.patientId}/send?service=${gone.serviceId}`);
    await page.getByText('You do not serve this person any more', { exact: false }).waitFor();
    await look(care, 'patient-inactive-send');
    await page.goto('/patients');
    await page.locator('main .list h2').first().waitFor();
    expect(await page.getByRole('heading', { name, exact: true }).count()).toBe(0);
    await page.getByLabel('Who', { exact: true }).selectOption({ label: 'No longer served here' });
    await page.waitForURL(/status=INACTIVE/);
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await look(care, 'patients-inactive');
    expect(care.faults).toEqual([]);
  });
});

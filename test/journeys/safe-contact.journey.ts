import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patient } from '../caseload-factories.js';
import { closeAll, enter, launch, look, open, rawWords } from './chromium.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

describe('A care manager who asks what is safe', () => {
  it('writes down hours, time zone and a number as people type it, and finds it so again', async () => {
    const member = await own.person('Robin Fictional', 'CARE_MANAGER');
    const id = await patient(own.hub, { organizationId: member.organization.id }, { given_name: 'Ana', phone: null });
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    await enter(page, member.user.email, password);
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor();
    await page.goto(`/patients/${id}/edit`);
    await page.getByLabel('Phone', { exact: false }).first().fill('443.555.0142');
    await page.getByRole('checkbox', { name: 'Only at certain hours' }).check();
    await page.getByRole('button', { name: 'Add hours' }).click();
    await page.getByLabel('Their time zone').selectOption('America/Denver');
    await look(visit, 'safe-contact-form');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: '(443) 555-0142' }).waitFor();
    await look(visit, 'safe-contact-saved');
    expect(await rawWords(page)).toEqual([]);
    const rows = () =>
      own.hub.sql('select phone, phone_safe, contact_windows, time_zone from hub.patient where id = $1', [id]);
    const windows = [{ days: ['MO', 'TU', 'WE', 'TH', 'FR'], from: '09:00', to: '17:00' }];
    const kept = { phone: '+14435550142', phone_safe: true, contact_windows: windows, time_zone: 'America/Denver' };
    expect(await rows()).toEqual([kept]);

    await page.goto(`/patients/${id}/edit`);
    expect(await page.getByLabel('Phone', { exact: false }).first().inputValue()).toBe('(443) 555-0142');
    await page.getByRole('checkbox', { name: 'Do not use this number' }).check();
    await page.getByRole('checkbox', { name: 'Only at certain hours' }).uncheck();
    await page.getByLabel('Their time zone').selectOption('');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(rows).toEqual([{ ...kept, phone_safe: false, contact_windows: null, time_zone: null }]);
  });
});

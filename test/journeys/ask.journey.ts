import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff } from '../actors.js';
import { service } from '../referral-factories.js';
import { closeAll, launch, look, open, rawWords } from './chromium.js';
import { freePort, ownHub, type OwnHub } from './own-hub.js';

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

describe('Somebody who asks for themselves', () => {
  it('proves one safe way, reads what they agree to, and leaves nothing on the device', async () => {
    const agency = await agencyStaff(own.hub);
    const id = await service(own.hub, agency.organization.id);
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto(`/services/${id}`);
    await page.getByRole('button', { name: 'Ask for this help' }).click();
    await page.getByRole('heading', { name: 'Ask for help yourself' }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/ask');
    await page.getByRole('radio', { name: 'An email' }).check();
    await page.getByLabel('Email address').fill('ana@example.org');
    await look(visit, 'ask-reach');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByLabel('The six digits').waitFor();
    await own.hub.runJobs();
    const code = /^\d{6}/.exec(own.hub.mail.to('ana@example.org')[0]?.text ?? '')?.[0] ?? '';
    await page.getByLabel('The six digits').fill(code === '000000' ? '111111' : '000000');
    await page.getByLabel('First name').fill('Ana');
    await page.getByLabel('Last name, or its first letter').fill('R');
    await page.getByRole('button', { name: 'Add somebody' }).click();
    await page.getByLabel('Age in years').fill('4');
    await look(visit, 'ask-about');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('You do not have to agree.').waitFor();
    await look(visit, 'ask-agree');
    await page.getByRole('button', { name: 'I agree. Send it' }).click();
    await page.getByText('This is not the code.').waitFor();
    await page.getByLabel('The six digits').fill(code);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'I agree. Send it' }).click();
    await page.getByRole('heading', { name: 'They have it' }).waitFor();
    await look(visit, 'ask-done');
    expect(await rawWords(page)).toEqual([]);
    const kept = await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])');
    expect(kept).not.toMatch(/ana|example|pantry/i);
    await page.reload();
    await page.getByText('Choose a service first').waitFor();
    const rows = await own.hub.sql('select asked_by, patient_label, shared from hub.referral where to_org_id = $1', [
      agency.organization.id,
    ]);
    expect(rows).toMatchObject([{ asked_by: 'SELF', patient_label: 'Ana R.' }]);
    expect(JSON.stringify(rows)).toContain('Child, 4');
  });
});

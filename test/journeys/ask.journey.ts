import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff } from '../actors.js';
import { service } from '../referral-factories.js';
import { askSelf } from '../self-factories.js';
import { closeAll, launch, look, open, rawWords } from './chromium.js';
import { freePort, nextMorning, ownHub, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort(), {}, nextMorning());
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
    await page.getByText('They should answer by').waitFor();
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

  it('is called on a landline, sees what became of it on a page of their own, and takes it back', async () => {
    const agency = await agencyStaff(own.hub);
    const id = await service(own.hub, agency.organization.id);
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto(`/services/${id}`);
    await page.getByRole('button', { name: 'Ask for this help' }).click();
    await page.getByRole('radio', { name: 'A call on my phone' }).check();
    await page.getByLabel('Phone number to call').fill('(410) 555-0142');
    await look(visit, 'ask-call');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('First name').fill('Ana');
    await page.getByLabel('Last name, or its first letter').fill('R');
    expect(await page.getByLabel('The six digits').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'I agree. Send it' }).click();
    await page.getByRole('link', { name: 'See my own page' }).click();
    await page.getByText('They were asked. They have not answered yet.').waitFor();
    await look(visit, 'ask-own-page');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByText('You took this back on').waitFor();
    await look(visit, 'ask-taken-back');
  });

  it('gets back to their page by a code when the link is lost, and reads what to do when no code comes', async () => {
    const agency = await agencyStaff(own.hub);
    const serviceId = await service(own.hub, agency.organization.id);
    await askSelf(own.hub, { serviceId, address: 'lost-it@example.org' });
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto('/my-help');
    await page.getByRole('link', { name: 'Get back to my page' }).click();
    await page.getByRole('radio', { name: 'Email address' }).check();
    await page.getByRole('textbox', { name: 'Email address' }).fill('lost-it@example.org');
    await look(visit, 'page-again');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await page.getByText('If you told us hours that are safe').waitFor();
    await own.hub.runJobs();
    const code = /^\d{6}/.exec(own.hub.mail.to('lost-it@example.org').at(-1)?.text ?? '')?.[0] ?? '';
    await page.getByLabel('The six digits').fill(code);
    await look(visit, 'page-again-code');
    await page.getByRole('button', { name: 'Open my page' }).click();
    await page.getByRole('link', { name: /^Open what I asked for on/ }).click();
    await page.getByText('They were asked. They have not answered yet.').waitFor();
    expect(page.url()).not.toContain('token');
    expect(await rawWords(page)).toEqual([]);
  });

  it('is told why and how to call where the law asks for a form of its own', async () => {
    const agency = await agencyStaff(own.hub);
    const id = await service(own.hub, agency.organization.id, { sensitivity: 'SUBSTANCE_USE' });
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto(`/services/${id}`);
    await page.getByRole('heading', { name: 'Please call them for this help' }).waitFor();
    expect(await page.getByRole('button', { name: 'Ask for this help' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: '(800) 662-4357' }).getAttribute('href')).toBe('tel:+18006624357');
    await look(visit, 'ask-part2');
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../src/identity/account/password.js';
import { careSupervisor } from '../actors.js';
import { consent, relatedPerson } from '../caseload-factories.js';
import { user } from '../factories.js';
import { make } from '../help-page.js';
import { pair, send, type Pair } from '../referral-factories.js';
import { closeAll, enter, launch, look, open, rawWords } from './chromium.js';
import { focused } from './keyboard.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
let between: Pair;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  const passwordHash = await hashPassword(password);
  const lead = await user(own.hub, { name: 'Lee Lead', email: 'lee@example.org', passwordHash });
  between = await pair(own.hub, { sender: await careSupervisor(own.hub, { user: lead }) });
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

describe('Whoever leads a care team', () => {
  it('says by which number people reach it', async () => {
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    await enter(page, 'lee@example.org', password);
    await page.goto('/people');
    const phone = page.getByLabel('Phone of the team');
    await phone.fill('call the desk');
    await page.keyboard.press('Enter');
    await page.getByText('This is not a phone number.').waitFor();
    await focused(phone);
    await phone.fill('410.555.0142');
    await page.keyboard.press('Enter');
    await page.getByText('Saved', { exact: false }).first().waitFor();
    expect(await phone.inputValue()).toBe('(410) 555-0142');
    await look(visit, 'people-phone');
    expect(visit.faults).toEqual([]);
  });
});

describe('The page of a patient', () => {
  it('says what stops, stops that alone, calls the care team, and speaks Spanish as people do', async () => {
    const { owner, patientId, sender } = between;
    await send(between);
    const vernon = await relatedPerson(own.hub, owner, patientId, { name: 'Vernon Fictional', relationship: 'son' });
    await consent(own.hub, owner, patientId, {
      kind: 'FAMILY',
      purpose: 'FAMILY_INVOLVEMENT',
      grantee_class: null,
      grantee_related_person_id: vernon,
    });
    const { url } = await make(sender, { patientId, asksBirthYear: false });
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto(url.replace(/^https?:\/\/[^/]+/, ''));
    await page.getByRole('heading', { name: 'Who may know about me' }).waitFor();
    expect(await page.getByRole('link', { name: 'Call (410) 555-0142' }).getAttribute('href')).toBe('tel:4105550142');
    await page.getByRole('button', { name: /^Stop sharing ?: Vernon Fictional/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Vernon Fictional may know about', { exact: false }).waitFor();
    await look(visit, 'my-page-stop-one');
    await dialog.getByRole('button', { name: 'Stop sharing' }).click();
    await page.getByText('Done. This is no longer shared.').waitFor();
    // The other one goes on.
    await page.getByRole('button', { name: /^Stop sharing ?: community agencies/ }).waitFor();
    await page.getByText('Who has looked at my record').click();
    await page.getByText('Asked an agency for help for you', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Español' }).click();
    await page.getByText('Se comparte con organizaciones comunitarias que pueden ayudar:', { exact: false }).waitFor();
    await page.getByText('Pidió ayuda para usted a una organización', { exact: false }).waitFor();
    await look(visit, 'my-page-es');
    expect(await rawWords(page)).toEqual([]);
    expect(visit.faults).toEqual([]);
  });
});

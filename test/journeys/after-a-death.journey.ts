import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { consent, relatedPerson } from '../caseload-factories.js';
import { make } from '../help-page.js';
import { send, take, type Pair } from '../referral-factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
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

describe('A consent that ends soon', () => {
  it('stands on the page of the day, and is renewed from there with what it said', async () => {
    const { page } = care;
    const soon = new Date(own.hub.clock.now().getTime() + 5 * 86_400_000);
    await own.hub.sql('update hub.consent set expires_at = $2 where id = $1', [between.consentId, soon]);
    await page.goto('/today');
    await page.getByRole('heading', { name: /Consents that end soon/ }).waitFor();
    await look(care, 'ending-consents');
    await page.getByRole('link', { name: /^Renew/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Renew a consent' });
    await expect.poll(() => dialog.getByRole('checkbox', { name: 'Food' }).isChecked()).toBe(true);
    await look(care, 'renew-consent');
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    await dialog.getByRole('checkbox', { name: /read/i }).check();
    await dialog.getByLabel('Who else heard it?').fill('Sam Lee');
    await dialog.getByRole('button', { name: 'Save the consent' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.goto('/today');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('heading', { name: /Consents that end soon/ }).count()).toBe(0);
    expect(await rawWords(page)).toEqual([]);
  });
});

describe('Somebody who has died', () => {
  it('leaves an open referral to the care team, and a page to their daughter with what is hers', async () => {
    const { page } = care;
    const { owner, patientId, agency, sender } = between;
    const id = await send(between);
    await take(agency, 'acceptReferral', id);
    const daughter = await relatedPerson(own.hub, owner, patientId, { name: 'Rosa' });
    await consent(own.hub, owner, patientId, { kind: 'FAMILY', grantee_class: null, grantee_related_person_id: daughter, categories: ['food-insecurity'], purpose: 'FAMILY_INVOLVEMENT', recorded_by: sender.user.id }); // prettier-ignore
    const { url } = await make(sender, { patientId, relatedPersonId: daughter, asksBirthYear: false });
    await own.hub.sql(`update hub.patient set status = 'DECEASED' where id = $1`, [patientId]);
    await page.goto(`/referrals/${id}`);
    await page.getByRole('heading', { name: 'This person has died' }).waitFor();
    await look(care, 'died-referral');
    await page.getByRole('button', { name: 'Keep it for those who are left' }).click();
    await page.getByRole('heading', { name: 'This person has died' }).waitFor({ state: 'hidden' });
    const hers = await open(browser, { url: own.url });
    await hers.page.goto(url);
    await hers.page.getByText('We are sorry for your loss.').waitFor();
    await look(hers, 'died-her-page');
    expect(await hers.page.getByText('Not enough food').count()).toBe(0);
    expect(await rawWords(hers.page)).toEqual([]);
  });
});

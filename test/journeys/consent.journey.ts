import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send, type Pair } from '../referral-factories.js';
import { closeAll, launch, look, rawWords, type Watched } from './chromium.js';
import { focused, press, tabTo } from './keyboard.js';
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

const newest = async () =>
  (
    await own.hub.sql('select * from hub.consent where patient_id = $1 order by created_at desc, id desc limit 1', [
      between.patientId,
    ])
  )[0];

describe('A consent about alcohol or drug use', () => {
  it('is told what is missing before anybody reads or signs it, and names one agency', async () => {
    const { page } = care;
    await page.goto(`/patients/${between.patientId}`);
    await page.getByRole('button', { name: 'Record a consent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Food' }).check();
    await dialog.getByRole('checkbox', { name: 'Alcohol or drug use' }).check();
    await dialog.getByText('The law wants a signature for this').waitFor();
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    const whom = dialog.getByLabel('Who may know?');
    await dialog.getByText('For substance use, name the organization that receives it.').waitFor();
    await focused(whom);
    await look(care, 'consent-part2-refused');
    await whom.selectOption({ label: 'One agency' });
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    await dialog.getByText('Please fill this in').waitFor();
    await dialog.getByLabel('Which agency?').fill(between.agency.organization.name);
    await dialog.getByRole('radio', { name: between.agency.organization.name }).check();
    await look(care, 'consent-part2');
  });

  it('is signed by keys alone, in Spanish, with each element of 42 CFR 2.31', async () => {
    const { page } = care;
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('In which language?').selectOption('es');
    await press(page, dialog.getByRole('button', { name: 'Show the text' }));
    const text = dialog.getByRole('region', { name: 'The text' });
    await focused(text);
    expect(await dialog.locator('[data-paper]').getAttribute('lang')).toBe('es');
    const said = await text.innerText();
    for (const element of [
      between.sender.organization.name,
      between.agency.organization.name,
      'consumo de sustancias',
      'Para qué: para pedir ayuda',
      'Esto termina el',
      'escríbanos o use su propia página',
      'podría pasarla a otros',
      '42 CFR Parte 2',
      'Recibirá la misma atención',
    ]) {
      expect(said).toContain(element);
    }
    // Said aloud is not offered at all.
    expect(await dialog.getByLabel('How was it given?').locator('option').allInnerTexts()).toEqual([
      'Signed on screen',
      'Signed on paper',
    ]);
    await press(page, dialog.getByRole('button', { name: 'Save the consent' }));
    await dialog.getByText('Sign first.').waitFor();
    await tabTo(page, dialog.getByLabel('Or type your name'));
    await page.keyboard.type('Ana Fictional');
    await dialog.getByRole('status').getByText('Signed').waitFor();
    await dialog.getByRole('img', { name: 'Signed' }).waitFor();
    await look(care, 'consent-part2-signed');
    await press(page, dialog.getByRole('button', { name: 'Save the consent' }));
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('Also covers: Alcohol or drug use').waitFor();
    const kept = await newest();
    expect(kept).toMatchObject({ kind: 'SUBSTANCE_USE', method: 'SIGNATURE', language: 'es' });
    expect(kept?.['evidence_file_id']).toBeTruthy();
    expect(kept?.['part2']).toMatchObject({
      discloser: between.sender.organization.name,
      recipient: between.agency.organization.name,
    });
    expect(await rawWords(page)).toEqual([]);
  });

  it('is signed with a finger where it is about violence at home, for no longer than the law lets it', async () => {
    const { page } = care;
    await page.getByRole('button', { name: 'Record a consent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Food' }).check();
    await dialog.getByRole('checkbox', { name: 'Violence at home' }).check();
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    await dialog.getByText('the consent may last at most 180 days').waitFor();
    const soon = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('Ends on').fill(soon);
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    const pad = dialog.locator('canvas');
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (!box) throw new Error('No place to sign');
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 200, box.y + 70, { steps: 5 });
    await page.mouse.up();
    await dialog.getByRole('status').getByText('Signed').waitFor();
    await dialog.getByRole('button', { name: 'Save the consent' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await newest()).toMatchObject({ method: 'SIGNATURE', sensitivities: ['INTIMATE_PARTNER_VIOLENCE'] });
  });
});

describe('A consent to sign on paper', () => {
  it('is printed alone, with lines to sign on, and nothing of the record around it', async () => {
    const { page } = care;
    await page.getByRole('button', { name: 'Record a consent' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: 'Food' }).check();
    await dialog.getByLabel('In which language?').selectOption('es');
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    await dialog.getByLabel('How was it given?').selectOption('PAPER');
    await dialog.getByRole('button', { name: 'Print it to sign on paper' }).waitFor();
    expect(await dialog.getByText('Firma', { exact: true }).isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Firma', { exact: true }).isVisible()).toBe(true);
    const seen = (await page.evaluate('document.body.innerText')) as string;
    expect(seen).toContain('Usted recibe una copia de esto.');
    for (const hidden of ['(410) 555-0123', 'Find help', 'What may be shared', 'How was it given?']) {
      expect(seen).not.toContain(hidden);
    }
    await page.emulateMedia({ media: 'screen' });
    await page.keyboard.press('Escape');
  });
});

describe('Where somebody stops sharing', () => {
  it('the next step is to decide, nothing is written into the void, and a new consent is taken on the spot', async () => {
    const id = await send(between);
    const { page } = care;
    await page.goto(`/patients/${between.patientId}`);
    const stop = page.getByRole('region', { name: 'What may be shared' }).getByRole('button', { name: 'Stop sharing' });
    await stop.first().waitFor();
    for (let left = await stop.count(); left > 0; left -= 1) {
      await stop.first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stop sharing' }).click();
      await expect.poll(() => stop.count()).toBe(left - 1);
    }
    // Once it has shown what changed, the page rests.
    await page.waitForTimeout(1500);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.waitForTimeout(1500);
    expect(asked).toEqual([]);
    await page.getByRole('link', { name: 'Sharing stopped: decide' }).click();
    await page.waitForURL(`**/referrals/${id}`);
    const agency = between.agency.organization.name;
    await page.getByRole('heading', { name: `What was sent to ${agency} before sharing stopped` }).waitFor();
    expect(await page.getByLabel('Write a message').count()).toBe(0);
    expect(await page.getByText('Answer:').count()).toBe(0);
    await look(care, 'sharing-stopped');
    await press(page, page.getByRole('button', { name: 'Use a new consent' }));
    const dialog = page.getByRole('dialog', { name: 'Ask for a new consent' });
    await dialog.getByRole('button', { name: 'Show the text' }).click();
    await dialog.getByRole('checkbox', { name: /^I read this aloud/ }).check();
    await dialog.getByLabel('Who else heard it?').fill('Pat Witness');
    await look(care, 'sharing-renewed');
    await dialog.getByRole('button', { name: 'Save the consent' }).click();
    await page.getByText('The referral goes on with the new consent.').waitFor();
    await page.getByLabel('Write a message').waitFor();
    await page.getByText('Answer:').waitFor();
    expect(care.faults).toEqual([]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../caseload-factories.js';
import { PDF } from '../paper-factories.js';
import { send, type Pair } from '../referral-factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { anaAtHerDesk, freePort, ownHub, type OwnHub } from './own-hub.js';

const file = (name: string, buffer = PDF) => ({ name, mimeType: 'application/pdf', buffer });
const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }`;

let browser: Browser;
let own: OwnHub;
let folder: string;
let here: Pair;
let care: Watched;
let person: Watched;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'hub-papers-back-'));
  own = await ownHub(await freePort(), { HUB_DATA_DIR: folder });
  ({ between: here, care } = await anaAtHerDesk(own, browser));
  await assignment(own.hub, here.owner, here.patientId, here.sender.user.id);
  await send(here);
  const input = { patientId: here.patientId, way: 'PAPER', asksBirthYear: false };
  person = await open(browser, { url: own.url, width: 320 });
  await person.page.goto((await here.sender.gql(MAKE, { input })).makeHelpLink.url);
  await person.page.locator('#send-paper').waitFor();
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('A paper that goes back', () => {
  it('is photographed or chosen on a phone, needs only what it is, and can be taken back', async () => {
    const { page } = person;
    const photo = page.getByLabel('Take a photo');
    expect(await photo.getAttribute('capture')).toBe('environment');
    const choose = page.getByLabel('Attach a file');
    await choose.setInputFiles(file('page.pdf', Buffer.from('<!doctype html><p>')));
    await page.getByText('Only PDF, pictures, plain text', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Take a photo or choose a file first.').waitFor();
    await page.getByRole('button', { name: 'Take out: page.pdf' }).click();
    await choose.setInputFiles(file('Signed.pdf'));
    await page.getByText('Ready to send').waitFor();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Please fill this in', { exact: false }).first().waitFor();
    await page.getByLabel('A form I signed to share information').check();
    await look({ page, faults: [] }, 'paper-back-form');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Nobody has looked at it yet.', { exact: false }).waitFor();
    expect(await rawWords(page)).toEqual([]);
    await look({ page, faults: [] }, 'paper-back-sent');
    await choose.setInputFiles(file('Mistake.pdf'));
    await page.getByText('Ready to send').waitFor();
    await page.getByLabel('Something else').check();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByRole('button', { name: /Take it back.*Mistake/ }).click();
    await page.getByText('Taken back. Nobody looked at it.').waitFor();
    await page.getByRole('button', { name: /Save it.*Mistake/ }).waitFor({ state: 'detached' });
  });

  it('comes onto the desk while it is open, is kept as a signature and passed on to the agency', async () => {
    const { page } = care;
    await page.goto('/today');
    await page.locator('#today-papers').waitFor();
    const choose = person.page.getByLabel('Attach a file');
    await choose.setInputFiles(file('Bill.pdf'));
    await person.page.getByText('Ready to send').waitFor();
    await person.page.getByLabel('A proof: a letter, a bill, a card').check();
    await person.page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Bill.pdf', { exact: false }).waitFor();
    await look(care, 'paper-back-today');
    await page.goto(`/patients/${here.patientId}`);
    const signed = page.locator('section[aria-labelledby="papers"] li').filter({ hasText: 'Signed.pdf' });
    await signed.getByRole('button', { name: 'Keep as a signature' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Which consent?').selectOption({ index: 1 });
    await look(care, 'paper-back-keep');
    await dialog.getByRole('button', { name: 'Keep as a signature' }).click();
    await signed.getByText('Kept with a consent since', { exact: false }).waitFor();
    const bill = page.locator('section[aria-labelledby="papers"] li').filter({ hasText: 'Bill.pdf' });
    await bill.getByRole('button', { name: 'Pass it on' }).click();
    await dialog.getByLabel('To which agency?').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Pass it on' }).click();
    await bill.getByRole('link', { name: `${here.agency.organization.name} has it` }).waitFor();
    await look(care, 'paper-back-patient');
    expect(await rawWords(page)).toEqual([]);
  });

  it('is said in Spanish too', async () => {
    const { page } = person;
    await page.getByRole('button', { name: 'Español' }).click();
    await page.getByRole('heading', { name: 'Enviar un documento' }).waitFor();
    await page.getByLabel('Tomar una foto').setInputFiles(file('Carta.pdf'));
    await page.getByText('¿Qué es?').waitFor();
    await look({ page, faults: [] }, 'paper-back-es');
    await page.reload();
    await page.getByText('Su equipo lo guarda con lo que usted aceptó compartir.', { exact: false }).waitFor();
  });
});

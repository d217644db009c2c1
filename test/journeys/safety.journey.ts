import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, open, openAs, rawWords, type Watched } from './chromium.js';

let browser: Browser;
let care: Watched;
beforeAll(async () => {
  browser = await launch();
  care = await openAs(browser, 'care');
});
afterAll(() => closeAll(browser));

interface Sent {
  referrals: { edges: { node: { offer: { id: string } | null } }[] };
}
interface Born {
  givenName: string;
  familyName: string;
  birthDate: string;
}

const PATIENT = /\/patients\/[0-9a-f-]{36}$/;

/** Opens the page of the first patient of the list. */
async function openPatient(page: Page): Promise<void> {
  await page.goto('/patients');
  await page.locator('main .list a').first().waitFor();
  await page.locator('main .list a').first().click();
  await page.waitForURL(PATIENT);
  await page.locator('#protection').waitFor();
}

describe('The pages of those who have no account', () => {
  it('open from the sign-in page of the demo: a patient’s own', async () => {
    const visit = await open(browser, { width: 320 });
    await visit.page.goto('/sign-in');
    await visit.page.getByRole('link', { name: 'A patient’s own page' }).click();
    await visit.page.getByRole('heading', { level: 1 }).waitFor();
    await visit.page.locator('#reach').waitFor();
    expect(visit.page.url()).not.toContain('token');
    expect(await rawWords(visit.page)).toEqual([]);
    await look(visit, 'my-help');
    expect(visit.faults).toEqual([]);
  });

  it('open from there too: that of a family member, who sees what was given and nothing else', async () => {
    const visit = await open(browser, { width: 320 });
    await visit.page.goto('/sign-in');
    await visit.page.getByRole('link', { name: 'The page of a family member' }).click();
    await visit.page.getByRole('heading', { level: 1 }).waitFor();
    await visit.page.getByRole('heading', { level: 2 }).first().waitFor();
    for (const own of ['#sharing', '#papers', '#take', '#private']) {
      expect(await visit.page.locator(own).count()).toBe(0);
    }
    // How she is reached herself, and nothing about reaching the patient.
    await visit.page.getByText('About you, not about them.').waitFor();
    expect(await rawWords(visit.page)).toEqual([]);
    await look(visit, 'my-help-family');
    expect(visit.faults).toEqual([]);
  });

  it('open from there too: that of somebody who asked alone, with how long it works and how to get back', async () => {
    const visit = await open(browser, { width: 320 });
    await visit.page.goto('/sign-in');
    await visit.page.getByRole('link', { name: 'The page of somebody who asked alone' }).click();
    await visit.page.getByRole('heading', { name: 'How long this page works' }).waitFor();
    expect(await rawWords(visit.page)).toEqual([]);
    await look(visit, 'my-help-alone');
    expect(visit.faults).toEqual([]);
  });
});

describe('Hours and offers of the demo', () => {
  it('show when an agency works and how long it takes', async () => {
    const pantry = await openAs(browser, 'pantry');
    await pantry.page.goto('/listing/times');
    await pantry.page.getByRole('heading', { level: 1 }).waitFor();
    await pantry.page.locator('form').first().waitFor();
    expect(await rawWords(pantry.page)).toEqual([]);
    await look(pantry, 'listing-times');
    expect(pantry.faults).toEqual([]);
  });

  it('show who was asked for the same help, and where each stands', async () => {
    const { page } = care;
    const { referrals } = await page.evaluate(async (): Promise<Sent> => {
      const query = '{ referrals(first: 100, filter: { queue: OPEN }) { edges { node { offer { id } } } } }';
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify({ query }) });
      return ((await answer.json()) as { data: Sent }).data;
    });
    const offer = referrals.edges.map(({ node }) => node.offer).find(Boolean);
    expect(offer).toBeDefined();
    await page.goto(`/offers/${offer!.id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await rawWords(page)).toEqual([]);
    await look(care, 'offer');
    expect(care.faults).toEqual([]);
  });
});

describe('A protected record', () => {
  let name = '';

  it('is protected by its care manager in the form that says what it means', async () => {
    const { page } = care;
    await openPatient(page);
    name = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('button', { name: 'Protect this record' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'The person asked for it' }).check();
    await look(care, 'protect');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Protected: The person asked for it.').waitFor();
    await look(care, 'patient-protected');
    expect(await rawWords(page)).toEqual([]);
  });

  it('is not found by a supervisor, who opens it in an emergency and closes it again', async () => {
    const { page } = care;
    const url = page.url();
    const born = await page.evaluate(async (id): Promise<Born> => {
      const query = `query ($id: ID!) { patient(id: $id) { givenName familyName birthDate } }`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch('/graphql', {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables: { id } }),
      });
      return ((await answer.json()) as { data: { patient: Born } }).data.patient;
    }, url.split('/').at(-1));
    const supervisor = await openAs(browser, 'supervisor');
    const other = supervisor.page;
    await other.goto(url);
    await other.getByRole('heading', { level: 1 }).waitFor();
    expect(await other.getByText(name, { exact: true }).count()).toBe(0);
    supervisor.faults.length = 0;
    await other.goto('/emergency');
    await other.getByRole('heading', { name: 'Emergency access' }).waitFor();
    await other.getByRole('button', { name: 'Open for one hour' }).click();
    await look(supervisor, 'emergency');
    await other.getByLabel('First name').fill(born.givenName);
    await other.getByLabel('Last name').fill(born.familyName);
    await other.getByLabel('Birth date').fill(born.birthDate);
    await other.getByRole('radio', { name: 'A medical emergency' }).check();
    await other.getByLabel('What has happened?').fill('Brought in unconscious, nobody knows the medication.');
    await other.getByRole('checkbox', { name: /drug or alcohol/ }).check();
    await other.getByLabel('Nature of the emergency').fill('Unconscious');
    await look(supervisor, 'emergency-medical');
    await other.getByRole('button', { name: 'Open for one hour' }).click();
    await other.waitForURL(PATIENT);
    await other.getByText('This record is protected. It is open to you until', { exact: false }).waitFor();
    await look(supervisor, 'emergency-open');
    expect(await rawWords(other)).toEqual([]);
    await other.getByRole('button', { name: 'Close it now' }).click();
    await other.waitForURL(/\/patients$/);
    expect(supervisor.faults).toEqual([]);
  });

  it('is reviewed by the privacy officer, and says who was in it', async () => {
    const officer = await openAs(browser, 'privacy');
    const { page } = officer;
    await page.goto('/emergencies');
    const line = page.locator('main .list li', { hasText: 'Brought in unconscious' });
    await line.waitFor();
    await look(officer, 'emergencies');
    expect(await rawWords(page)).toEqual([]);
    await line.getByRole('button', { name: 'The reason holds' }).click();
    await page.getByText('Reviewed', { exact: true }).waitFor();
    await line.getByRole('link').click();
    await page.getByText('Opened the protected record in an emergency').first().waitFor();
    await look(officer, 'access-log-emergency');
    expect(officer.faults).toEqual([]);
  });
});

describe('A caregiver', () => {
  it('gets a record and help of their own, and both pages say who cares for whom', async () => {
    const { page } = care;
    await openPatient(page);
    const patient = await page.getByRole('heading', { level: 1 }).innerText();
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill('Dora Example');
    await dialog.getByLabel('How they are related').fill('daughter');
    await dialog.getByRole('checkbox', { name: 'Helps with care' }).check();
    await dialog.getByLabel('May decide for them').selectOption('HEALTH_CARE_PROXY');
    await dialog.getByLabel('Last day').fill('2031-01-31');
    await look(care, 'caregiver-add');
    await dialog.getByRole('button', { name: 'Add a person' }).click();
    const line = page.locator('li', { hasText: 'Dora Example' });
    await line.getByText('Decides for the patient', { exact: false }).waitFor();
    await line.getByRole('button', { name: 'Help them too' }).click();
    const making = page.getByRole('dialog', { name: 'Help them too' });
    await making.getByLabel('Birth date').fill('1979-02-03');
    await look(care, 'caregiver-record');
    await making.getByRole('button', { name: 'Save' }).click();
    await line.getByText('Has a record here too').waitFor();
    await look(care, 'caregiver-patient');
    await line.getByRole('link', { name: 'Has a record here too' }).click();
    await page.getByRole('heading', { name: 'Dora Example', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Cares for' }).waitFor();
    await page.getByRole('link', { name: patient }).waitFor();
    await look(care, 'caregiver');
    expect(await rawWords(page)).toEqual([]);
    expect(care.faults).toEqual([]);
  });
});

describe('Screening forms', () => {
  it('are added, put in use and taken out by the steward', async () => {
    const steward = await openAs(browser, 'curator');
    const { page } = steward;
    await page.goto('/forms');
    await page.getByRole('heading', { name: 'Screening forms', level: 1 }).waitFor();
    const read = await page.evaluate(async () => (await fetch('/fhir/Questionnaire/hunger-vital-sign-1.0.0')).text());
    const form = { ...(JSON.parse(read) as object), version: '7.0.0' };
    const file = { name: 'form.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(form)) };
    await page.getByLabel('File').setInputFiles({ ...file, buffer: Buffer.from('{"key": 1}') });
    await page.getByRole('button', { name: 'Add a form' }).click();
    await page.getByText('This has to be put right first:').waitFor();
    await look(steward, 'forms-faults');
    await page.getByLabel('File').setInputFiles(file);
    await page.getByRole('button', { name: 'Add a form' }).click();
    await page.getByText('Version 7.0.0').waitFor();
    await look(steward, 'forms');
    expect(await rawWords(page)).toEqual([]);
    expect(steward.faults).toEqual([]);
  });

  it('are asked again by rules that a supervisor sets', async () => {
    const supervisor = await openAs(browser, 'supervisor');
    const { page } = supervisor;
    await page.goto('/screenings/rules');
    await page.getByRole('heading', { name: 'When we screen again', level: 1 }).waitFor();
    await page.getByLabel('Every so many days').first().fill('180');
    await look(supervisor, 'screening-rules');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: false }).first().waitFor();
    expect(await rawWords(page)).toEqual([]);
    expect(supervisor.faults).toEqual([]);
  });
});

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linked, type Linked } from '../link-factories.js';
import { take } from '../referral-factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { focused } from './keyboard.js';
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

const row = async (at: Linked) =>
  (await own.hub.sql<{ status: string; seen_at: Date | null }>('select * from hub.referral where id = $1', [at.id]))[0];

/** A phone on which the link of a letter was tapped. */
async function phone(at: Linked, locale = 'en-US'): Promise<Watched> {
  const visit = await open(browser, { url: own.url, width: 320, locale });
  await visit.page.goto(`/answer#token=${at.token}`);
  return visit;
}

describe('The link of a referral', () => {
  it('shows nobody before it is opened, and nothing of it stays in the address', async () => {
    const at = await linked(own.hub);
    const visit = await phone(at);
    const { page } = visit;
    await page.getByRole('heading', { name: 'A referral is waiting for you' }).waitFor();
    expect(new URL(page.url()).hash).toBe('');
    await look(visit, 'answer-envelope');
    expect(await page.locator('main').innerText()).not.toMatch(/555-0123|Given/);
    // A script that taps is no person.
    await page.evaluate(
      `[...document.querySelectorAll('button')].find((one) => one.textContent.includes('Open')).click()`,
    );
    await page.waitForTimeout(500);
    expect((await row(at))?.seen_at).toBeNull();
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('link', { name: '(410) 555-0123' }).waitFor();
    expect((await row(at))?.seen_at).not.toBeNull();
    await look(visit, 'answer-opened');
    await page.reload();
    await page.getByRole('link', { name: '(410) 555-0123' }).waitFor();
  });

  it('is answered with one tap, then with an appointment, and help', async () => {
    const at = await linked(own.hub);
    const visit = await phone(at);
    const { page } = visit;
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('button', { name: 'Yes, we can help' }).click();
    await page.getByText('You said yes').waitFor();
    expect((await row(at))?.status).toBe('ACCEPTED');
    await look(visit, 'answer-accepted');
    await page.getByRole('button', { name: 'We made an appointment' }).click();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('Please fill this in').first().waitFor();
    await page.getByLabel('When', { exact: true }).fill(localAt(3));
    await page.getByLabel('Where').fill('12 Main St');
    await page.getByLabel('Your name').fill('Rosa');
    await look(visit, 'answer-appointment');
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('12 Main St').waitFor();
    await page.getByRole('button', { name: 'We helped' }).click();
    expect(await page.getByLabel('Your name').count()).toBe(0);
    await page.getByLabel('Got the help', { exact: true }).check();
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('Tapped the wrong answer?').waitFor();
    await look(visit, 'answer-helped');
    expect(await rawWords(page)).toEqual([]);
    const [step] = await own.hub.sql(
      `select by_name from hub.referral_transition where referral_id = $1 and to_status = 'COMPLETED'`,
      [at.id],
    );
    expect(step).toEqual({ by_name: 'Rosa' });
  });

  it('is read in Spanish, and changes its language', async () => {
    const at = await linked(own.hub);
    const visit = await phone(at, 'es-MX');
    const { page } = visit;
    await page.getByRole('button', { name: 'Abrir' }).click();
    await page.getByRole('button', { name: 'En nuestra lista de espera' }).click();
    await page.getByLabel('Lugar en su lista').fill('12');
    await look(visit, 'answer-waitlist-es');
    await page.getByRole('button', { name: 'Enviar respuesta' }).click();
    await page.getByText('Número 12 en la lista de espera.').waitFor();
    await look(visit, 'answer-waiting-es');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Number 12 on the waiting list.').waitFor();
  });

  it('keeps what the second one typed when somebody was faster', async () => {
    const at = await linked(own.hub);
    const visit = await phone(at);
    const { page } = visit;
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('button', { name: 'No, we cannot' }).click();
    // Without a reason nothing is sent: the focus goes to where one is chosen.
    await page.getByRole('button', { name: 'Send answer' }).click();
    await focused(page.getByLabel('No room right now'));
    await page.getByLabel('Another reason').check();
    await page.getByLabel('Anything to add').fill('We close for the holidays on Monday.');
    await take(at.agency, 'acceptReferral', at.id);
    await page.getByRole('button', { name: 'Send answer' }).click();
    await page.getByText('Somebody answered meanwhile').waitFor();
    expect(await page.getByLabel('What you wrote').inputValue()).toBe('We close for the holidays on Monday.');
    await look(visit, 'answer-second');
    await page.getByRole('button', { name: 'Send it as a message' }).click();
    await page.locator('.panel', { hasText: 'We close for the holidays on Monday.' }).waitFor();
    expect((await row(at))?.status).toBe('ACCEPTED');
  });

  it('says in plain words that it has ended', async () => {
    const at = await linked(own.hub);
    await take(at.sender, 'cancelReferral', at.id, { reasonCode: 'NEED_MET', reason: 'x' });
    const visit = await phone(at);
    await visit.page.getByText(/This link no longer works/).waitFor();
    await visit.page.waitForTimeout(200);
    await look(visit, 'answer-ended');
  });
});

/** So many days from now at half past two, as a field for a day and an hour takes it. */
function localAt(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  return `${day}T14:30`;
}

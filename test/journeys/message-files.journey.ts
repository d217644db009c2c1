import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linked, type Linked } from '../link-factories.js';
import { closeAll, launch, look, open, rawWords, type Watched } from './chromium.js';
import { anaAtHerDesk, freePort, ownHub, type OwnHub } from './own-hub.js';

const pdf = (name: string) => ({
  name,
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n'),
});

let browser: Browser;
let own: OwnHub;
let folder: string;
let at: Linked;
let care: Watched;
beforeAll(async () => {
  browser = await launch();
  folder = await mkdtemp(join(tmpdir(), 'hub-papers-'));
  own = await ownHub(await freePort(), { HUB_DATA_DIR: folder });
  const desk = await anaAtHerDesk(own, browser);
  care = desk.care;
  at = await linked(own.hub, { like: desk.between });
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('Papers that go with a message', () => {
  it('are chosen, taken out again, refused with words, and sent by a care manager', async () => {
    const { page } = care;
    await page.goto(`/referrals/${at.id}`);
    const choose = page.getByLabel('Attach a file');
    await choose.setInputFiles([pdf('lease.pdf'), pdf('wrong.pdf')]);
    await page.getByText('Ready to send').nth(1).waitFor();
    await choose.setInputFiles({
      name: 'page.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('<!doctype html><p>'),
    });
    await page.getByText('Only PDF, pictures, plain text', { exact: false }).waitFor();
    await look({ ...care, faults: [] }, 'files-chosen');
    await page.getByRole('button', { name: 'Take out: page.pdf' }).click();
    await page.getByRole('button', { name: 'Take out: wrong.pdf' }).click();
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByRole('link', { name: 'lease.pdf' }).waitFor();
    expect(await page.getByText('wrong.pdf').count()).toBe(0);
    expect(await rawWords(page)).toEqual([]);
  });

  it('are opened and sent back by the link on a phone, without an account', async () => {
    const visit = await open(browser, { url: own.url, width: 320 });
    const { page } = visit;
    await page.goto(`/answer#token=${at.token}`);
    await page.getByRole('button', { name: 'Open' }).click();
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'lease.pdf' }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe('lease.pdf');
    await page
      .getByLabel('Attach a file')
      .setInputFiles([pdf('a form with a long name that must break somewhere.pdf')]);
    await page.getByText('Ready to send').waitFor();
    await look(visit, 'files-by-link');
    await page.getByLabel('Write a message').fill('Signed. Thank you.');
    await page.getByRole('button', { name: 'Send message' }).click();
    await page.getByRole('button', { name: 'a form with a long name' }).waitFor();
    await care.page.reload();
    const link = care.page.getByRole('link', { name: 'a form with a long name' });
    await link.waitFor();
    const address = (await link.getAttribute('href')) ?? '';
    expect((await care.page.request.get(`${own.url}${address}`)).headers()['content-type']).toBe('application/pdf');
    await look({ ...care, faults: [] }, 'files-both');
  });
});

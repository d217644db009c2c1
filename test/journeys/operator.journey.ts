import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asTask } from '../../src/platform/database/operation.js';
import { newId } from '../../src/platform/id.js';
import { enqueue } from '../../src/platform/jobs/enqueue.js';
import { closeAll, enter, launch, look, open, rawWords } from './chromium.js';
import { freePort, ownHub, password, type OwnHub } from './own-hub.js';

let browser: Browser;
let own: OwnHub;
beforeAll(async () => {
  browser = await launch();
  own = await ownHub(await freePort());
  await own.person('Lee Pretend', 'OPERATOR');
});
afterAll(async () => {
  await closeAll(browser);
  await own.hub.stop();
});

/** A letter that a mail server refused until the hub stopped trying. */
const giveUp = () =>
  asTask(own.hub.orm)
    .write((em) => enqueue(em, 'identity.invitation', { invitationId: newId() }))
    .then((job) =>
      own.hub.sql(
        `update graphile_worker._private_jobs set attempts = max_attempts,
           last_error = 'The mail server did not take the letter (EENVELOPE 550)' where id = $1`,
        [job],
      ),
    );

describe('An operator who looks at how the hub does', () => {
  it('sees what was given up, tries it again, and then nothing is left', async () => {
    await own.hub.runJobs();
    await giveUp();
    await giveUp();
    const visit = await open(browser, { url: own.url });
    const { page } = visit;
    await enter(page, 'lee.pretend@example.org', password);
    await page.getByRole('link', { name: 'How the hub does' }).click();
    await page.getByRole('heading', { name: 'How the hub does', level: 1 }).waitFor();
    const givenUp = page.getByRole('region', { name: 'Given up' });
    await givenUp.getByText('2 pieces of work').waitFor();
    await look(visit, 'operator-hub');
    expect(await rawWords(page)).toEqual([]);

    await givenUp.getByRole('button', { name: 'Try all 2 again' }).click();
    await page.getByText('2 are tried again now.').waitFor();
    await givenUp.getByText('Nothing was given up').waitFor();
    expect(await page.evaluate('document.activeElement?.id')).toBe('given-up');
    await page.getByRole('row', { name: /Letters and texts/ }).waitFor();

    await own.hub.runJobs();
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('Nothing waits').waitFor();
    await look(visit, 'operator-hub-quiet');
  });
});

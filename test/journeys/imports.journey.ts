import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAll, launch, look, openAs, rawWords } from './chromium.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => closeAll(browser));

const list = (rows: string) => ({
  name: 'fictional-pantries.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`No,Pantry,Street Address,City,State,Zip,Phone,Hours,Category,Website\n${rows}`),
});
const one =
  '1,Fictional Comet Pantry,1 Elm St,Columbia,MD,21044,410-555-0101,Mon-Fri 9am-5pm,Emergency groceries,https://one.example.org\n';
const two = '2,Fictional Meteor Kitchen,2 Oak St,Columbia,MD,21044,410-555-0102,call first,Hot meals,\n';

describe('A directory curator', () => {
  it('tries a file, says what its columns mean, brings it in and settles what is left to decide', async () => {
    const source = `Fictional pantry list ${Date.now() % 100_000}`;
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    const tryFile = async (rows: string) => {
      await page.goto('/imports');
      await page.getByLabel('File', { exact: true }).setInputFiles(list(rows));
      await page.getByLabel('Where does it come from?').fill(source);
      await page.getByRole('button', { name: 'Try the file' }).click();
      await page.getByRole('heading', { name: `Import from ${source}` }).waitFor();
    };
    const bringIn = async () => {
      await page.getByRole('button', { name: 'Bring it in now' }).click();
      await page.getByText('trial run').waitFor({ state: 'detached' });
      await page.getByText('Done', { exact: false }).first().waitFor();
    };

    await page.goto('/imports');
    await page.getByRole('button', { name: 'Try the file' }).click();
    await page.getByText('Choose a file.').waitFor();
    await look(visit, 'import-start');

    await tryFile(one + two);
    await page.getByText('Say which column holds the name').waitFor();
    await page.getByLabel('pantry', { exact: true }).selectOption({ label: 'Name of the service' });
    await page.getByLabel('no', { exact: true }).selectOption({ label: 'Number of the row' });
    await look(visit, 'import-columns');
    await page.getByRole('button', { name: 'Try again with these columns' }).click();
    await page.getByRole('heading', { name: 'Bring it in?' }).waitFor();
    await look(visit, 'import-trial');
    expect(await rawWords(page)).toEqual([]);
    await bringIn();
    await page.getByRole('row', { name: /^Services 2 2/ }).waitFor();
    await look(visit, 'import-done');

    await page.goto('/imports/terms');
    await page.getByRole('heading', { name: 'Emergency groceries' }).waitFor();
    const term = page.getByRole('listitem').filter({ hasText: 'Emergency groceries' });
    await term.getByLabel('Need', { exact: true }).selectOption({ label: 'Food' });
    await term.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved: Emergency groceries').waitFor();
    await look(visit, 'import-terms');

    await tryFile(one);
    await page.getByText('No longer in the source').first().waitFor();
    await bringIn();
    await page.goto('/imports/decide?show=gone');
    const gone = page
      .getByRole('listitem')
      .filter({ hasText: 'Fictional Meteor Kitchen' })
      .filter({ hasText: 'Services ·' });
    await gone.getByRole('button', { name: 'Take off the directory' }).waitFor();
    await look(visit, 'import-gone');
    expect(await rawWords(page)).toEqual([]);
    await gone.getByRole('button', { name: 'Take off the directory' }).click();
    await gone.waitFor({ state: 'detached' });

    // What somebody here has set, and the source has otherwise the next time.
    await page.goto('/queue?show=ALL');
    await page.getByRole('searchbox', { name: 'Find a listing' }).fill('Fictional Comet Pantry');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('heading', { name: 'Fictional Comet Pantry' }).getByRole('link').first().click();
    await page.getByLabel('Website').fill('https://ours.example.org');
    await page.getByRole('textbox', { name: 'Phone' }).fill('(410) 555-0109');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The listing is saved').waitFor();
    await tryFile(one.replace('555-0101', '555-0107').replace('https://one', 'https://two'));
    await bringIn();
    await page.goto(`/imports/decide?show=conflicts&source=${encodeURIComponent(source)}`);
    await page.getByRole('heading', { name: 'To decide' }).waitFor();
    const differences = page.locator('main .list > li');
    await differences.filter({ hasText: 'https://two.example.org' }).waitFor();
    await look(visit, 'import-conflicts');
    expect(await rawWords(page)).toEqual([]);
    await page.getByRole('button', { name: 'Take theirs for all 2' }).click();
    await look(visit, 'import-conflicts-together');
    await page.getByRole('dialog').getByRole('button', { name: 'Take theirs' }).click();
    await page.getByText('2 decided').waitFor();
    await page.getByText('None found').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await differences.filter({ hasText: 'https://two.example.org' }).waitFor();
  });

  it('sends tables that belong together at once, and looks at one kind of problem', async () => {
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    const table = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.goto('/imports');
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles([
        table('Agencies.csv', 'Agency ID,Agency Name\nA1,Fictional Comet House\n'),
        table(
          'Programs.csv',
          'ID,Agency ID,Program,Fees\nP1,A1,Fictional Comet meals,Free\nP2,A7,Fictional lost meals,\n',
        ),
        table('Phones.csv', 'Program ID,Number\nP1,410-555-0103\nP1,12\n'),
      ]);
    await page.getByLabel('Where does it come from?').fill(`Fictional tables ${Date.now() % 100_000}`);
    await page.getByRole('button', { name: 'Try the file' }).click();
    await page.getByRole('heading', { name: 'Bring it in?' }).waitFor();
    await page.getByRole('group', { name: 'Table: programs' }).getByLabel('agency id').waitFor();
    await page.getByRole('row', { name: /^Services 2 1/ }).waitFor();
    await look(visit, 'import-tables');
    await page.getByRole('link', { name: 'Not a phone number' }).click();
    await page.getByText('"12" is not a number that can be dialled').waitFor();
    await page.getByText('"A7"').first().waitFor({ state: 'detached' });
    await look(visit, 'import-problems-of-a-kind');
    await page.getByRole('link', { name: 'Show all problems' }).click();
    await page.getByText('"A7"').first().waitFor();
    expect(await rawWords(page)).toEqual([]);
  });

  it('sees what came in before and what is left to decide, and is told plainly when nothing came in', async () => {
    const visit = await openAs(browser, 'curator');
    const { page } = visit;
    await page.goto('/imports');
    await page.getByRole('link', { name: 'Neighbor Network list (demo)' }).first().click();
    await page.getByRole('heading', { name: 'What is next' }).waitFor();
    await page.getByRole('link', { name: /gone from/ }).waitFor();
    // What was wrong is said of a listing, which it leads to.
    await page.locator('main li').filter({ hasText: 'not a number that can be dialled' }).getByRole('link').waitFor();
    await look(visit, 'import-before');
    expect(await rawWords(page)).toEqual([]);

    const tryFile = async (name: string, mimeType: string, text: string) => {
      await page.goto('/imports');
      await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType, buffer: Buffer.from(text) });
      await page.getByLabel('Where does it come from?').fill(`Fictional broken files ${Date.now() % 100_000}`);
      await page.getByRole('button', { name: 'Try the file' }).click();
    };
    await tryFile('broken.json', 'application/json', '{"services": [ {"id": "a", ');
    await page.getByText('broken.json is no JSON that can be read, from line 1 on').waitFor();
    expect(await page.getByText('Everything came in as it should').count()).toBe(0);
    await look(visit, 'import-broken');
    await tryFile('empty.csv', 'text/csv', 'name,address,city\n');
    await page.getByText('Nothing stands in this file but names of columns').waitFor();
    await look(visit, 'import-no-rows');
    const site = `https://${'fictional-and-very-long-'.repeat(4)}.example.org/`;
    await tryFile('long.csv', 'text/csv', `name,website\nFictional lunch,${site.replace('://', '//')}\n`);
    await page.getByText('was read as').waitFor();
    await look(visit, 'import-long-words');
  });
});

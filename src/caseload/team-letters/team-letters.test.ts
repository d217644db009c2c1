import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment, consent } from '../../../test/caseload-factories.js';
import { helpPages, read, type HelpPages } from '../../../test/help-page.js';
import { openPageOf, sendPaper } from '../../../test/paper-factories.js';
import type { TestHub } from '../../../test/hub.js';
import { pair, type Pair } from '../../../test/referral-factories.js';
import { asTask } from '../../platform/database/operation.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { consentsEndSoon } from './team-letters.tasks.js';

const START = Date.parse('2027-11-17T15:00:00Z');
const DAY = 86_400_000;
const TODAY = `{ today { endingConsents { id patient { id } } newPapers { id } } }`;

let pages: HelpPages;
let hub: TestHub;
beforeAll(async () => {
  pages = await helpPages(new Date(START).toISOString());
  ({ hub } = pages);
});
afterAll(() => pages.stop());

const ends = ({ consentId }: Pair, at: number) =>
  hub.sql(`update hub.consent set expires_at = $2, expiry_event = 'I move' where id = $1`, [consentId, new Date(at)]);
const listed = async ({ sender, patientId }: Pair): Promise<string[]> =>
  (await sender.gql(TODAY)).today.endingConsents
    .filter((one: { patient: { id: string } }) => one.patient.id === patientId)
    .map(({ id }: { id: string }) => id);
async function runDay(): Promise<void> {
  await asTask(hub.orm).write((em) => enqueue(em, consentsEndSoon, {}));
  await hub.runJobs();
}
const lettersTo = ({ sender }: Pair) =>
  hub.mail.to(sender.user.email).filter(({ subject }) => /end soon|Papers/.test(subject));

describe('a consent that ends soon', () => {
  it('stands on the desk of who looks after the person, from 14 days before its end and until then', async () => {
    const between = await pair(hub);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 * DAY }),
        fc.constantFrom(0, -1, 1, 14 * DAY, 14 * DAY + 1, -15 * DAY),
        async (end, before) => {
          await ends(between, START + end);
          hub.clock.set(new Date(START + end - before));
          expect(await listed(between)).toEqual(before > 0 && before <= 14 * DAY ? [between.consentId] : []);
        },
      ),
      { numRuns: 25 },
    );
    hub.clock.set(new Date(START));
  });

  it('is off it once a newer one covers the same for longer, and not for one that covers less', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender } = between;
    await ends(between, START + 3 * DAY);
    await consent(hub, owner, patientId, { categories: ['food-insecurity'], recorded_by: sender.user.id });
    expect(await listed(between)).toEqual([between.consentId]);
    await consent(hub, owner, patientId, { recorded_by: sender.user.id, expires_at: new Date(START + 2 * DAY) });
    expect(await listed(between)).toEqual([between.consentId]);
    await consent(hub, owner, patientId, { recorded_by: sender.user.id, expires_at: new Date(START + 300 * DAY) });
    expect(await listed(between)).toEqual([]);
  });

  it('is told of by one letter that names nobody, also when no worker ran for days; never of who has died', async () => {
    const between = await pair(hub);
    const other = await pair(hub, { sender: between.sender });
    const dead = await pair(hub);
    for (const one of [between, other]) {
      await assignment(hub, one.owner, one.patientId, one.sender.user.id);
      await ends(one, START + 9 * DAY);
    }
    await assignment(hub, dead.owner, dead.patientId, dead.sender.user.id);
    await ends(dead, START + 9 * DAY);
    await hub.sql(`update hub.patient set status = 'DECEASED' where id = $1`, [dead.patientId]);
    hub.mail.letters.splice(0);
    await runDay();
    await runDay();
    const [letter, ...more] = lettersTo(between);
    expect(more).toEqual([]);
    expect(letter?.subject).toBe('Consents that end soon: 2');
    expect(letter?.text).toMatch(/\/today\n$/);
    expect(letter?.text).not.toMatch(/Given|food|consent=|patients/i);
    expect(lettersTo(dead)).toEqual([]);
  });

  it('is said in plain words on the person’s own page, and what names a sensitive class only when it is asked for', async () => {
    const between = await pair(hub);
    const { owner, patientId, sender } = between;
    await ends(between, START + 3 * DAY);
    await consent(hub, owner, patientId, {
      sensitivities: ['HIV'],
      recorded_by: sender.user.id,
      expires_at: new Date(START + 2 * DAY),
    });
    const page = await pages.pageOf(between);
    const mine = async (withPrivate: boolean) =>
      (await page.gql('query ($p: Boolean) { myHelp(withPrivate: $p) { consents { endsSoon } } }', { p: withPrivate }))
        .myHelp.consents;
    expect(await mine(false)).toEqual([{ endsSoon: true }]);
    expect(await mine(true)).toHaveLength(2);
    expect((await read(page)).consents).toHaveLength(1);
  });

  it('is on nobody else’s desk', async () => {
    const between = await pair(hub);
    const stranger = await pair(hub);
    await ends(between, START + 3 * DAY);
    expect((await stranger.sender.gql(TODAY)).today.endingConsents).toEqual([]);
    expect(await between.agency.codes(TODAY)).toEqual(['FORBIDDEN']);
  });
});

describe('a paper that a person sent', () => {
  it('is told of to who looks after them: once for what comes together, without whom or what, and not when it was seen', async () => {
    const between = await pair(hub);
    await assignment(hub, between.owner, between.patientId, between.sender.user.id);
    const page = await openPageOf(hub, between);
    hub.mail.letters.splice(0);
    const files = [await sendPaper(hub, page, { note: 'My eviction letter' }), await sendPaper(hub, page)];
    await hub.runJobs();
    expect(lettersTo(between)).toEqual([]);
    hub.clock.set(new Date(START + 10 * 60_000));
    await hub.runJobs();
    const [letter, ...more] = lettersTo(between);
    expect(more).toEqual([]);
    expect(letter?.subject).toBe('Papers that wait for you: 2');
    expect(letter?.text).not.toMatch(/form|pdf|eviction|Given|patients/i);
    const SEEN = `mutation ($input: MarkPaperSeenInput!) { markPaperSeen(input: $input) { userErrors { code } } }`;
    const third = await sendPaper(hub, page);
    for (const { id } of [...files, third]) await between.sender.gql(SEEN, { input: { paperId: id } });
    hub.clock.set(new Date(START + 25 * 60_000));
    await hub.runJobs();
    expect(lettersTo(between)).toHaveLength(1);
    hub.clock.set(new Date(START));
  });

  it('of a protected person is told to their care team alone', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.membership set roles = array['CARE_SUPERVISOR'] where user_id = $1`, [
      between.sender.user.id,
    ]);
    const page = await openPageOf(hub, between);
    await hub.sql(`update hub.patient set restricted = 'STAFF', restricted_at = $2 where id = $1`, [
      between.patientId,
      hub.clock.now(),
    ]);
    hub.mail.letters.splice(0);
    await sendPaper(hub, page);
    hub.clock.set(new Date(START + 10 * 60_000));
    await hub.runJobs();
    expect(lettersTo(between)).toEqual([]);
    hub.clock.set(new Date(START));
  });
});

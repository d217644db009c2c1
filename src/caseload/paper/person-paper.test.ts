import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, careManager, careSupervisor, visitor, type Actor } from '../../../test/actors.js';
import { asApp } from '../../../test/as-app.js';
import { assignment, consent, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { openPageOf, openPaper, PDF, putPaper, sendPaper, type OpenPage } from '../../../test/paper-factories.js';
import { pair, send, type Pair } from '../../../test/referral-factories.js';
import { askSelf, selfPage } from '../../../test/self-factories.js';
import { newId } from '../../platform/id.js';

const OWN = `query ($withPrivate: Boolean) { myHelp(withPrivate: $withPrivate) { sentPapers { id name what by seenAt confirmed canTakeBack } } }`;
const BACK = `mutation ($input: TakeBackMyPaperInput!) { takeBackMyPaper(input: $input) { takenBack userErrors { code } } }`;
const TODAY = `{ today { newPapers { id what note private sentBy about { id } patient { id } } } }`;
const OF_PATIENT = `query ($id: ID!) { patient(id: $id) { papers { id seenAt consent { id } } } }`;
const SEEN = `mutation ($input: MarkPaperSeenInput!) { markPaperSeen(input: $input) { paper { seenAt } userErrors { code } } }`;
const CONFIRM = `mutation ($input: ConfirmPaperInput!) { confirmPaper(input: $input) { paper { consent { id } } userErrors { code } } }`;

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-person-papers-'));
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env: { HUB_DATA_DIR: folder } });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

const own = async (page: OpenPage, withPrivate = false) => (await page.gql(OWN, { withPrivate })).myHelp.sentPapers;
const desk = async (who: Actor) => (await who.gql(TODAY)).today.newPapers;
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
const seen = (who: Actor, paperId: string) => who.gql(SEEN, { input: { paperId } });
async function confirm(who: Actor, paperId: string, consentId: string): Promise<string[]> {
  const { userErrors } = (await who.gql(CONFIRM, { input: { paperId, consentId } })).confirmPaper;
  return userErrors.map((error: { code: string }) => error.code);
}

/** A patient with a page, whom the sender looks after. */
async function withPage(): Promise<{ here: Pair; page: OpenPage }> {
  const here = await pair(hub);
  await assignment(hub, here.owner, here.patientId, here.sender.user.id);
  return { here, page: await openPageOf(hub, here) };
}

describe('a paper from a person’s page', () => {
  it('comes onto the desk of the care manager and into the record, is opened there, and its sender sees that it was', async () => {
    const { here, page } = await withPage();
    const referralId = await send(here);
    const { id, sent } = await sendPaper(hub, page, { what: 'PROOF', referralId, note: 'My light bill.' });
    expect(sent).toBe(1);
    expect(await desk(here.sender)).toEqual([
      { id, what: 'PROOF', note: 'My light bill.', private: false, sentBy: null, about: { id: referralId }, patient: { id: here.patientId } },
    ]); // prettier-ignore
    expect(await own(page)).toEqual([
      { id, name: 'form.pdf', what: 'PROOF', by: null, seenAt: null, confirmed: false, canTakeBack: true },
    ]);
    expect(await openPaper(hub, here.sender.token, id)).toBe(200);
    expect(await openPaper(hub, page.token, id)).toBe(200);
    await seen(here.sender, id);
    expect(await desk(here.sender)).toEqual([]);
    expect((await own(page))[0]).toMatchObject({ seenAt: '2026-11-18T15:00:00.000Z', canTakeBack: false });
    const done = await hub.sql(
      `select action, via from hub.audit where patient_id = $1 and (action like 'paper.%' or action like 'help.%paper') and action <> 'paper.list' order by id`,
      [here.patientId],
    );
    expect(done).toEqual([
      { action: 'help.send-paper', via: 'LINK' },
      { action: 'paper.open', via: 'SESSION' },
      { action: 'help.paper', via: 'LINK' },
      { action: 'paper.seen', via: 'SESSION' },
    ]);
  });

  it('is seen by nobody else: no other patient, team, agency, nor by an agency of the very referral', async () => {
    const { here, page } = await withPage();
    const referralId = await send(here);
    const { id } = await sendPaper(hub, page, { referralId });
    const other = await openPageOf(hub, await pair(hub, here));
    const [team, agency] = [await careManager(hub), await agencyStaff(hub)];
    for (const who of [other, team, agency, here.agency]) expect(await openPaper(hub, who.token, id)).toBe(404);
    expect(await own(other)).toEqual([]);
    expect(await desk(team)).toEqual([]);
    const app = await asApp(hub);
    const sql = 'select file_id from hub.person_paper where file_id = $1';
    const rows = [];
    for (const who of [here.sender, here.agency, team]) rows.push(await app.run(who, sql, [id]));
    expect(rows).toEqual([1, 0, 0]);
    await app.end();
    expect(await team.codes(SEEN, { input: { paperId: id } })).toEqual(['NOT_FOUND']);
    expect(await here.agency.codes(SEEN, { input: { paperId: id } })).toEqual(['FORBIDDEN']);
  });

  it('waits for the one who looks after the patient, or for everybody where nobody does', async () => {
    const { here, page } = await withPage();
    const { id } = await sendPaper(hub, page);
    const organization = here.sender.organization;
    const colleague = await careManager(hub, { organization });
    expect(ids(await desk(colleague))).toEqual([]);
    expect(ids(await desk(await careSupervisor(hub, { organization })))).toEqual([id]);
    await hub.sql('update hub.assignment set ends_at = now() where patient_id = $1', [here.patientId]);
    expect(ids(await desk(colleague))).toEqual([id]);
  });

  it('is what its bytes say and not too large, and twenty a day are enough', async () => {
    const { page } = await withPage();
    const bad = { bytes: Buffer.from('<!doctype html><script>1</script>'), name: 'a.png' };
    expect(await putPaper(hub, page.token, bad)).toMatchObject({ status: 400, code: 'UNKNOWN_KIND' });
    const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]);
    expect((await putPaper(hub, page.token, { bytes: large })).status).toBe(413);
    const sent = [];
    for (let i = 0; i < 21; i += 1) sent.push(await sendPaper(hub, page));
    expect(sent.flatMap(({ refused }) => refused)).toEqual(['TOO_MANY']);
    hub.clock.advance({ hours: 25 });
    const tomorrow = await visitor(hub, page.token);
    expect(await tomorrow.codes(OWN, {})).toEqual(['UNAUTHENTICATED']);
    hub.clock.advance({ hours: -25 });
  });

  it('is given once, however often it is sent, and never with the file of another page or of an account', async () => {
    const { here, page } = await withPage();
    const other = await openPageOf(hub, await pair(hub, here));
    const { id } = await sendPaper(hub, page);
    const again = `mutation ($input: SendMyPapersInput!) { sendMyPapers(input: $input) { sent userErrors { code } } }`;
    const input = { fileIds: [id], what: 'FORM' };
    expect((await page.gql(again, { input })).sendMyPapers.sent).toBe(1);
    expect(ids(await own(page))).toEqual([id]);
    expect((await other.gql(again, { input })).sendMyPapers.userErrors).toEqual([{ code: 'UNKNOWN_FILE' }]);
    const { id: waiting } = await putPaper(hub, other.token);
    const stolen = { fileIds: [waiting], what: 'FORM' };
    expect((await page.gql(again, { input: stolen })).sendMyPapers.userErrors).toEqual([{ code: 'UNKNOWN_FILE' }]);
    expect((await putPaper(hub, here.sender.token)).status).toBe(403);
    const elsewhere = await pair(hub);
    const foreign = { fileIds: [waiting], what: 'FORM', referralId: await send(elsewhere) };
    expect(await other.codes(again, { input: foreign })).toEqual(['NOT_FOUND']);
  });

  it('can be taken back until somebody has looked at it, by whoever sent it', async () => {
    const { here, page } = await withPage();
    const other = await openPageOf(hub, await pair(hub, here));
    const { id } = await sendPaper(hub, page);
    expect(await other.codes(BACK, { input: { id } })).toEqual(['NOT_FOUND']);
    expect((await page.gql(BACK, { input: { id } })).takeBackMyPaper.takenBack).toBe(true);
    expect([await openPaper(hub, here.sender.token, id), await openPaper(hub, page.token, id)]).toEqual([404, 404]);
    expect(await hub.sql('select attached_at from hub.stored_file where id = $1', [id])).toEqual([
      { attached_at: null },
    ]);
    const { id: late } = await sendPaper(hub, page);
    await seen(here.sender, late);
    expect((await page.gql(BACK, { input: { id: late } })).takeBackMyPaper.userErrors).toEqual([{ code: 'SEEN' }]);
  });

  it('dies with its link: nothing more is sent or opened by one that was taken back', async () => {
    const { here, page } = await withPage();
    const { id } = await sendPaper(hub, page);
    await hub.sql('update hub.help_link set revoked_at = now() where patient_id = $1', [here.patientId]);
    expect((await putPaper(hub, page.token)).status).toBe(401);
    expect(await openPaper(hub, page.token, id)).toBe(401);
    expect(await openPaper(hub, here.sender.token, id)).toBe(200);
  });

  it('marked as private is off the page until private matters are asked for, and so is one about a sensitive matter', async () => {
    const { here, page } = await withPage();
    const referralId = await send(here);
    const hidden = await sendPaper(hub, page, { private: true });
    const about = await sendPaper(hub, page, { referralId });
    expect(ids(await own(page)).toSorted()).toEqual([about.id]);
    await hub.sql(`update hub.referral set sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [referralId]);
    expect(await own(page)).toEqual([]);
    expect(ids(await own(page, true)).toSorted()).toEqual([hidden.id, about.id].toSorted());
  });

  it('is not taken from somebody who asked alone: nobody would read it', async () => {
    const here = await pair(hub);
    const { url } = await askSelf(hub, { serviceId: here.serviceId });
    const page = await selfPage(hub, String(url));
    const SEND = `mutation ($input: SendMyPapersInput!) { sendMyPapers(input: $input) { userErrors { code } } }`;
    const answer = await page.gql(SEND, { input: { fileIds: [newId()], what: 'FORM' } });
    expect(answer.sendMyPapers.userErrors).toEqual([{ code: 'NO_CARE_TEAM' }]);
  });
});

describe('a paper from somebody around the person', () => {
  it('is about no more than they see, is theirs alone, and the person sees who sent it', async () => {
    const { here } = await withPage();
    const daughter = await relatedPerson(hub, here.owner, here.patientId, { name: 'Dana', authority: 'GUARDIAN' });
    const brother = await relatedPerson(hub, here.owner, here.patientId, { authority: 'GUARDIAN' });
    const referralId = await send(here);
    const page = await openPageOf(hub, here);
    const [near, other] = [await openPageOf(hub, here, daughter), await openPageOf(hub, here, brother)];
    const mine = await sendPaper(hub, page);
    const { id, sent } = await sendPaper(hub, near, { referralId, private: true });
    expect(sent).toBe(1);
    expect(ids(await own(near))).toEqual([id]);
    expect(await own(other)).toEqual([]);
    // What the person sent is nobody else's, and "private" is the person's own word alone.
    expect([await openPaper(hub, near.token, mine.id), await openPaper(hub, other.token, id)]).toEqual([404, 404]);
    expect((await own(page)).find((one: { id: string }) => one.id === id)).toMatchObject({
      by: 'Dana',
      canTakeBack: false,
    });
    expect((await desk(here.sender)).find((one: { id: string }) => one.id === id)).toMatchObject({
      sentBy: 'Dana',
      private: false,
    });
    await hub.sql(`update hub.referral set sensitivity = 'SUBSTANCE_USE' where id = $1`, [referralId]);
    const SEND = `mutation ($input: SendMyPapersInput!) { sendMyPapers(input: $input) { sent } }`;
    const { id: next } = await putPaper(hub, near.token);
    expect(await near.codes(SEND, { input: { fileIds: [next], what: 'FORM', referralId } })).toEqual(['NOT_FOUND']);
    await hub.sql(`update hub.related_person set authority = 'NONE' where id = $1`, [daughter]);
    expect((await putPaper(hub, near.token)).status).toBe(401);
  });
});

describe('a signed paper', () => {
  it('proves a consent only once the care team says so, and is its evidence from then on', async () => {
    const { here, page } = await withPage();
    const { id } = await sendPaper(hub, page, { what: 'SIGNED' });
    expect(await hub.sql('select evidence_file_id from hub.consent where id = $1', [here.consentId])).toEqual([
      { evidence_file_id: null },
    ]);
    expect(await openPaper(hub, here.sender.token, id, 'consent-evidence')).toBe(404);
    expect(await confirm(here.sender, id, here.consentId)).toEqual([]);
    expect(await confirm(here.sender, id, here.consentId)).toEqual([]);
    expect(await openPaper(hub, here.sender.token, id, 'consent-evidence')).toBe(200);
    expect((await here.sender.gql(OF_PATIENT, { id: here.patientId })).patient.papers).toEqual([
      { id, seenAt: '2026-11-18T15:00:00.000Z', consent: { id: here.consentId } },
    ]);
    expect((await own(page))[0]).toMatchObject({ confirmed: true });
  });

  it('proves no consent of somebody else, none that ended, none that is proved, and no second one', async () => {
    const { here, page } = await withPage();
    const stranger = await pair(hub, here);
    const { id } = await sendPaper(hub, page, { what: 'SIGNED' });
    expect(await confirm(here.sender, id, stranger.consentId)).toEqual(['CONSENT_ENDED']);
    const ended = await consent(hub, here.owner, here.patientId, { status: 'REVOKED', revoked_at: hub.clock.now() });
    expect(await confirm(here.sender, id, ended)).toEqual(['CONSENT_ENDED']);
    const proved = await consent(hub, here.owner, here.patientId, { evidence_file_id: newId() });
    expect(await confirm(here.sender, id, proved)).toEqual(['HAS_EVIDENCE']);
    const text = await sendPaper(hub, page, { what: 'SIGNED' }, { bytes: Buffer.from('I agree.'), name: 'a.txt' });
    expect(await confirm(here.sender, text.id, here.consentId)).toEqual(['NOT_A_PICTURE']);
    expect(await confirm(here.sender, id, here.consentId)).toEqual([]);
    const another = await consent(hub, here.owner, here.patientId);
    expect(await confirm(here.sender, id, another)).toEqual(['PROVES_ANOTHER']);
    expect(await here.agency.codes(CONFIRM, { input: { paperId: id, consentId: here.consentId } })).toEqual([
      'FORBIDDEN',
    ]);
  });
});

describe('as a role of the database', () => {
  it('a page adds, changes and takes away no more than its own, whatever is asked', async () => {
    const { here, page } = await withPage();
    const { id } = await sendPaper(hub, page);
    const stranger = await openPageOf(hub, await pair(hub, here));
    const { id: foreign } = await sendPaper(hub, stranger);
    const asPatient = (sql: string) =>
      hub.orm.em
        .fork({
          session: {
            role: 'hub_patient',
            variables: {
              'hub.org_id': here.sender.organization.id,
              'hub.patient_id': here.patientId,
              'hub.related_person_id': '',
            },
          },
        })
        .transactional((em) => em.execute<{ id: string }[]>(sql));
    expect(ids(await asPatient('select file_id as id from hub.person_paper'))).toEqual([id]);
    expect(ids(await asPatient('select id from hub.stored_file'))).toEqual([id]);
    await expect(asPatient('update hub.person_paper set seen_at = null')).rejects.toThrow(/permission denied/);
    await expect(asPatient('delete from hub.stored_file')).rejects.toThrow(/permission denied/);
    expect(
      ids(await asPatient(`delete from hub.person_paper where file_id = '${foreign}' returning file_id as id`)),
    ).toEqual([]);
    const claim = (patientId: string, file: string) =>
      asPatient(`insert into hub.person_paper (file_id, care_org_id, patient_id, what, private, name, type, bytes, sent_at)
        values ('${file}', '${here.sender.organization.id}', '${patientId}', 'FORM', false, 'x', 'x/x', 1, now())`);
    await expect(claim(here.patientId, foreign)).rejects.toThrow(/row-level security|duplicate/);
    await expect(claim((await pair(hub, here)).patientId, id)).rejects.toThrow(/row-level security|duplicate/);
  });
});

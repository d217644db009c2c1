import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyStaff, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { openPageOf, openPaper, sendPaper, type OpenPage } from '../../../test/paper-factories.js';
import { pair, send, service, take, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const PASS = `mutation ($input: PassOnPaperInput!) { passOnPaper(input: $input) { paper { seenAt passedOnTo { id } } userErrors { code } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { messages { edges { node { body files { id name } } } } } }`;
const SHOW = `mutation ($input: ShowPaperInput!) { showPaper(input: $input) { userErrors { code } } }`;
const PAPERS = `query ($id: ID!) { patient(id: $id) { papers { id passedOnTo { id } about { id } sentBy } } }`;

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-pass-on-'));
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env: { HUB_DATA_DIR: folder } });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

async function withPage(): Promise<{ here: Pair; page: OpenPage; id: string }> {
  const here = await pair(hub);
  return { here, id: await send(here), page: await openPageOf(hub, here) };
}
/** The same patient at another agency. */
async function elsewhere(here: Pair): Promise<Pair & { id: string }> {
  const agency = await agencyStaff(hub);
  const between = { ...here, agency, serviceId: await service(hub, agency.organization.id) };
  return { ...between, id: await send(between) };
}
const passOn = async (who: Actor, paperId: string, referralId: string, idempotencyKey = newId()) =>
  (await who.gql(PASS, { input: { paperId, referralId, idempotencyKey } })).passOnPaper;
const refused = async (who: Actor, paperId: string, referralId: string): Promise<string[]> =>
  (await passOn(who, paperId, referralId)).userErrors.map((error: { code: string }) => error.code);
const filesOf = async (who: Actor, id: string): Promise<string[]> =>
  (await who.gql(READ, { id })).referral.messages.edges.flatMap(({ node }: { node: { files: { id: string }[] } }) => node.files.map((file) => file.id)); // prettier-ignore

describe('passing a paper on', () => {
  it('lets that agency alone open it, once, as told on the consent of the referral', async () => {
    const { here, page, id } = await withPage();
    const next = await elsewhere(here);
    const paper = await sendPaper(hub, page);
    const key = newId();
    const done = await passOn(here.sender, paper.id, id, key);
    expect(done).toEqual({ paper: { seenAt: '2026-11-18T15:00:00.000Z', passedOnTo: [{ id }] }, userErrors: [] });
    expect((await passOn(here.sender, paper.id, id, key)).userErrors).toEqual([]);
    expect(await refused(here.sender, paper.id, id)).toEqual(['HAS_IT']);
    expect([await filesOf(here.agency, id), await filesOf(next.agency, next.id)]).toEqual([[paper.id], []]);
    expect(await openPaper(hub, here.agency.token, paper.id, 'referral-message')).toBe(200);
    // As what the person sent it stays out of sight, and the other agency sees it in no way.
    expect(await openPaper(hub, here.agency.token, paper.id)).toBe(404);
    for (const kind of ['person-paper', 'referral-message']) {
      expect(await openPaper(hub, next.agency.token, paper.id, kind)).toBe(404);
    }
    const told = await hub.sql('select fields, consent_id from hub.disclosure where referral_id = $1 order by at desc, id desc limit 1', [id]); // prettier-ignore
    expect(told).toEqual([{ fields: ['message', 'document'], consent_id: here.consentId }]);
  });

  it('to several agencies gives each its own, and takes it from none when another declines', async () => {
    const { here, page, id } = await withPage();
    const next = await elsewhere(here);
    const paper = await sendPaper(hub, page);
    await passOn(here.sender, paper.id, id);
    await passOn(here.sender, paper.id, next.id);
    for (const who of [here.agency, next.agency]) {
      expect(await openPaper(hub, who.token, paper.id, 'referral-message')).toBe(200);
    }
    await take(here.agency, 'declineReferral', id, { reasonCode: 'OTHER', reason: 'x' });
    expect(await openPaper(hub, here.agency.token, paper.id, 'referral-message')).toBe(404);
    expect(await openPaper(hub, next.agency.token, paper.id, 'referral-message')).toBe(200);
    expect(await refused(here.sender, (await sendPaper(hub, page)).id, id)).toEqual(['NO_LONGER_READS']);
    const [{ papers }] = [(await here.sender.gql(PAPERS, { id: here.patientId })).patient];
    expect(papers[1].passedOnTo.map((one: { id: string }) => one.id).toSorted()).toEqual([id, next.id].toSorted());
  });

  it('is refused once the person stopped sharing, for somebody else’s referral, and by the agency', async () => {
    const { here, page, id } = await withPage();
    const paper = await sendPaper(hub, page);
    const other = await pair(hub, here);
    expect(await here.sender.codes(PASS, { input: { paperId: paper.id, referralId: await send(other), idempotencyKey: newId() } })).toEqual(['NOT_FOUND']); // prettier-ignore
    expect(await here.agency.codes(PASS, { input: { paperId: paper.id, referralId: id, idempotencyKey: newId() } })).toEqual(['FORBIDDEN']); // prettier-ignore
    await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [here.consentId]);
    expect(await refused(here.sender, paper.id, id)).toEqual(['CONSENT_ENDED']);
    expect(await openPaper(hub, here.agency.token, paper.id, 'referral-message')).toBe(404);
  });

  it('keeps private and sensitive papers where they were sent for', async () => {
    const { here, page, id } = await withPage();
    const next = await elsewhere(here);
    const hidden = await sendPaper(hub, page, { private: true, referralId: id });
    expect(await refused(here.sender, hidden.id, next.id)).toEqual(['PRIVATE']);
    expect(await refused(here.sender, hidden.id, id)).toEqual([]);
    const loose = await sendPaper(hub, page, { private: true });
    expect(await refused(here.sender, loose.id, id)).toEqual(['PRIVATE']);
    const about = await sendPaper(hub, page, { referralId: id });
    await hub.sql(`update hub.referral set sensitivity = 'HIV' where id = $1`, [id]);
    expect(await refused(here.sender, about.id, next.id)).toEqual(['SENSITIVE']);
  });

  it('puts nothing onto the person’s page that they sent themselves', async () => {
    const { here, page, id } = await withPage();
    const paper = await sendPaper(hub, page);
    await passOn(here.sender, paper.id, id);
    const { userErrors } = (await here.sender.gql(SHOW, { input: { fileId: paper.id, shown: true } })).showPaper;
    expect(userErrors).toEqual([{ code: 'THEIRS' }]);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, agencyStaff, careManager, visitor, type Actor, type Visitor } from '../../../test/actors.js';
import { consent, relatedPerson } from '../../../test/caseload-factories.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { MESSAGE, pair, send, take, type Pair } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const SHOW = `mutation ($input: ShowPaperInput!) { showPaper(input: $input) { file { id shownAt } userErrors { code } } }`;
const PAPERS = `query ($withPrivate: Boolean) { myHelp(withPrivate: $withPrivate) { papers { id kind name type bytes from service shownAt } } }`;
const FILES = `query ($id: ID!) { referral(id: $id) { messages { edges { node { files { id shownAt } } } } } }`;
const MAKE = `mutation ($input: MakeHelpLinkInput!) { makeHelpLink(input: $input) { url } }`;
const OPEN = `mutation ($input: OpenMyHelpInput!) { openMyHelp(input: $input) { page { token } } }`;

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-my-papers-'));
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env: { HUB_DATA_DIR: folder } });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

type Page = Visitor & { token: string };
async function pageOf({ sender, patientId }: Pair, relatedPersonId: string | null = null): Promise<Page> {
  const input = { patientId, relatedPersonId, way: 'PAPER', asksBirthYear: false };
  const { url } = (await sender.gql(MAKE, { input })).makeHelpLink;
  await hub.sql('delete from hub.rate_limit');
  const token = /#token=([\w-]+)/.exec(url)?.[1];
  const { page } = (await (await visitor(hub)).gql(OPEN, { input: { token } })).openMyHelp;
  return { ...(await visitor(hub, page.token)), token: page.token };
}
const call = async (token: string | undefined, id: string, query: object, init: RequestInit = {}) =>
  fetch(`${await addressOf(hub)}/files/${id}?${new URLSearchParams({ kind: 'my-paper', ...query }).toString()}`, {
    ...init,
    headers: { 'content-type': 'application/octet-stream', ...(token && { authorization: `Bearer ${token}` }) },
  });
const get = async (token: string | undefined, id: string): Promise<number> => (await call(token, id, {})).status;

/** A paper that somebody sent on a referral. */
async function paperFrom(who: Actor, referralId: string, name = 'form.pdf'): Promise<string> {
  const id = newId();
  const init = { method: 'PUT', body: new Uint8Array(PDF) };
  expect((await call(who.token, id, { kind: 'referral-message', name }, init)).status).toBe(200);
  const input = { id: referralId, body: '', fileIds: [id], idempotencyKey: newId() };
  expect((await who.gql(MESSAGE, { input })).sendReferralMessage.userErrors).toEqual([]);
  return id;
}
const show = async (who: Actor, fileId: string, shown = true) => (await who.gql(SHOW, { input: { fileId, shown } })).showPaper; // prettier-ignore
const papers = async (page: Page, withPrivate = false) => (await page.gql(PAPERS, { withPrivate })).myHelp.papers;

/** A referral in work, with a paper from the agency and one from the care team. */
async function withPapers(given: Partial<Pair> = {}) {
  const between = { ...(await pair(hub)), ...given };
  const id = await send(between);
  await take(between.agency, 'acceptReferral', id);
  return {
    ...between,
    id,
    form: await paperFrom(between.agency, id),
    lease: await paperFrom(between.sender, id, 'lease.pdf'),
  };
}

describe('papers on the page of a person', () => {
  it('are those that the care team shows, from both sides, to be read until they are taken off', async () => {
    const here = await withPapers();
    const page = await pageOf(here);
    expect(await papers(page)).toEqual([]);
    expect(await get(page.token, here.form)).toBe(404);
    const shownAt = '2026-11-18T15:00:00.000Z';
    expect(await show(here.sender, here.form)).toEqual({ file: { id: here.form, shownAt }, userErrors: [] });
    expect(await papers(page)).toEqual([
      {
        id: here.form,
        kind: 'my-paper',
        name: 'form.pdf',
        type: 'application/pdf',
        bytes: PDF.length,
        from: here.agency.organization.name,
        service: expect.any(String),
        shownAt,
      },
    ]);
    const answer = await call(page.token, here.form, {});
    expect([answer.status, Buffer.from(await answer.arrayBuffer())]).toEqual([200, PDF]);
    await show(here.sender, here.lease);
    expect(await papers(page)).toHaveLength(2);
    await show(here.sender, here.form, false);
    expect((await papers(page)).map(({ id }: { id: string }) => id)).toEqual([here.lease]);
    expect(await get(page.token, here.form)).toBe(404);
    const done = await hub.sql(
      `select action, via from hub.audit where patient_id = $1 and (action like '%paper' or action = 'help.paper') order by id`,
      [here.patientId],
    );
    expect(done).toEqual([
      { action: 'referral.show-paper', via: 'SESSION' },
      { action: 'help.paper', via: 'LINK' },
      { action: 'referral.show-paper', via: 'SESSION' },
      { action: 'referral.hide-paper', via: 'SESSION' },
    ]);
  });

  it('are told as shown to the care team alone, and the agency shows none', async () => {
    const here = await withPapers();
    await show(here.sender, here.form);
    const seen = async (who: Actor) =>
      (await who.gql(FILES, { id: here.id })).referral.messages.edges
        .flatMap(({ node }: { node: { files: { id: string; shownAt: string | null }[] } }) => node.files)
        .filter(({ shownAt }: { shownAt: string | null }) => shownAt).length;
    expect([await seen(here.sender), await seen(here.agency)]).toEqual([1, 0]);
    expect(await here.agency.codes(SHOW, { input: { fileId: here.lease, shown: true } })).toEqual(['FORBIDDEN']);
    for (const stranger of [await careManager(hub), await agencyStaff(hub)]) {
      const codes = await stranger.codes(SHOW, { input: { fileId: here.form, shown: false } });
      expect(['NOT_FOUND', 'FORBIDDEN']).toContain(codes[0]);
    }
    expect(await seen(here.sender)).toBe(1);
  });

  it('are opened by nobody else: no other patient, no family, no account, no agency', async () => {
    const here = await withPapers();
    await show(here.sender, here.form);
    const other = await pageOf(await pair(hub, here));
    const daughter = await relatedPerson(hub, here.owner, here.patientId, { authority: 'GUARDIAN' });
    const family = await pageOf(here, daughter);
    expect(await papers(family)).toEqual([]);
    expect(await papers(other)).toEqual([]);
    for (const token of [other.token, family.token, here.sender.token, here.agency.token]) {
      expect(await get(token, here.form)).toBe(404);
    }
    expect(await get(undefined, here.form)).toBe(401);
    // Nobody sends one by itself, the person neither.
    const page = await pageOf(here);
    const init = { method: 'PUT', body: new Uint8Array(PDF) };
    for (const token of [page.token, here.sender.token]) {
      expect((await call(token, newId(), { name: 'x.pdf' }, init)).status).toBe(403);
    }
  });

  it('of a private matter are on the page only when they are asked for', async () => {
    const between = await pair(hub);
    await hub.sql(`update hub.need set category = 'intimate-partner-violence', sensitivity = 'INTIMATE_PARTNER_VIOLENCE' where id = $1`, [between.needId]); // prettier-ignore
    const consentId = await consent(hub, between.owner, between.patientId, {
      grantee_organization_id: between.agency.organization.id,
      categories: ['intimate-partner-violence'],
      sensitivities: ['INTIMATE_PARTNER_VIOLENCE'],
      recorded_by: between.sender.user.id,
    });
    const here = await withPapers({ ...between, consentId });
    await show(here.sender, here.form);
    const page = await pageOf(here);
    expect(await papers(page)).toEqual([]);
    expect(await papers(page, true)).toHaveLength(1);
  });
});

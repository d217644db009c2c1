import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { byLink, linked, type Linked } from '../../../test/link-factories.js';
import { pair, take } from '../../../test/referral-factories.js';
import { newId } from '../../platform/id.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

let hub: TestHub;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-message-files-'));
  hub = await testHub({ now: '2026-11-18T15:00:00Z', env: { HUB_DATA_DIR: folder } });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

type Who = Actor | Linked | null;
function headersOf(who: Who): Record<string, string> {
  if (!who) return {};
  return 'visitor' in who ? { 'x-hub-link': `referral ${who.token}` } : { authorization: `Bearer ${who.token}` };
}
const at = async (id: string, query: Record<string, string>) =>
  `${await addressOf(hub)}/files/${id}?${new URLSearchParams({ kind: 'referral-message', ...query }).toString()}`;

async function put(who: Who, { id = newId(), bytes = PDF, name = 'form.pdf' } = {}) {
  const response = await fetch(await at(id, { name }), {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', ...headersOf(who) },
    body: new Uint8Array(bytes),
  });
  const body = (await response.json()) as { name?: string; type?: string; errors?: { extensions: { code: string } }[] };
  return { id, status: response.status, name: body.name, type: body.type, code: body.errors?.[0]?.extensions.code };
}
const get = async (who: Who, id: string): Promise<number> =>
  (await fetch(await at(id, {}), { headers: headersOf(who) })).status;

const SAY = `mutation ($input: SendReferralMessageInput!) { sendReferralMessage(input: $input) {
  message { id body files { id name type bytes } } userErrors { code field } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { messages(first: 20) { edges { node { body files { id name } } } } } }`;

async function say(who: Actor, referralId: string, fileIds: string[], body = 'Here it is.') {
  const input = { id: referralId, body, fileIds, idempotencyKey: newId() };
  const { message, userErrors } = (await who.gql(SAY, { input })).sendReferralMessage;
  return { message, refused: userErrors.map((error: { code: string }) => error.code) };
}
const sayBy = (who: Linked, fileIds: string[], body = 'Signed.', id = newId()) =>
  byLink(who.visitor, 'message', { token: who.token, id, body, fileIds });
const namesOf = async (who: Actor, id: string): Promise<string[]> =>
  (await who.gql(READ, { id })).referral.messages.edges.flatMap((edge: { node: { files: { name: string }[] } }) =>
    edge.node.files.map(({ name }) => name),
  );

/** A referral with a link, a paper from its sender and one that came by the link. */
async function withPapers(like?: Linked) {
  const here = await linked(hub, like ? { like: await pair(hub, like) } : {});
  await byLink(here.visitor, 'open', { token: here.token });
  const [sent, came] = [(await put(here.sender, { name: 'lease.pdf' })).id, (await put(here, { name: 'form.pdf' })).id];
  expect((await say(here.sender, here.id, [sent])).refused).toEqual([]);
  expect((await sayBy(here, [came])).refused).toEqual([]);
  return { here, sent, came };
}

describe('a paper that goes with a message', () => {
  it('is seen and opened on both sides, by account and by link, and each opening is in the audit', async () => {
    const { here, sent, came } = await withPapers();
    for (const who of [here.sender, here.agency]) {
      expect(await namesOf(who, here.id)).toEqual(['lease.pdf', 'form.pdf']);
    }
    for (const id of [sent, came]) {
      for (const who of [here.sender, here.agency, here]) expect(await get(who, id)).toBe(200);
    }
    const shown = await byLink(here.visitor, 'open', { token: here.token });
    expect(shown.referral.messages.map((one: { files: object[] }) => one.files.length)).toEqual([1, 1]);
    const rows = await hub.sql(
      `select via, count(*)::int as n from hub.audit where action = 'referral.file' and entity_id = $1 group by via order by via`,
      [here.id],
    );
    expect(rows).toEqual([
      { via: 'LINK', n: 2 },
      { via: 'SESSION', n: 4 },
    ]);
    const told = await hub.sql(`select fields from hub.disclosure where referral_id = $1 order by at, id`, [here.id]);
    expect(told.at(-1)).toEqual({ fields: ['message', 'document'] });
  });

  it('needs no words, is called by its name then, and the letter says no more than that it waits', async () => {
    const here = await linked(hub);
    const { id } = await put(here.sender, { name: 'HIV results.pdf' });
    const { message } = await say(here.sender, here.id, [id], '');
    expect(message).toMatchObject({
      body: 'HIV results.pdf',
      files: [{ name: 'HIV results.pdf', type: 'application/pdf' }],
    });
    await hub.runJobs();
    const letter = hub.mail.to(here.email).at(-1);
    expect(letter?.text).toContain('A care team has sent you a document about a referral.');
    expect(JSON.stringify(letter)).not.toMatch(/HIV|results|\.pdf/);
    const { id: back } = await put(here);
    expect((await sayBy(here, [back], '')).refused).toEqual([]);
    await hub.runJobs();
    expect(hub.mail.to(here.sender.user.email).at(-1)?.text).toContain('has a new document');
    expect(hub.mail.to(here.sender.user.email).at(-1)?.text).not.toContain('form.pdf');
    expect((await say(here.sender, here.id, [], ' ')).refused).toEqual(['REQUIRED']);
  });

  it('does not exist for anybody else: another agency, care team, link, guess or nobody', async () => {
    const { here, sent, came } = await withPapers();
    const other = await withPapers();
    const nextDoor = await withPapers(here);
    const strangers: Who[] = [await agencyStaff(hub), await careManager(hub), other.here, nextDoor.here];
    for (const id of [sent, came]) {
      for (const who of strangers) expect(await get(who, id)).toBe(404);
      expect(await get(null, id)).toBe(401);
      expect((await fetch(await at(id, {}), { headers: { 'x-hub-link': `referral ${'a'.repeat(43)}` } })).status).toBe(
        404,
      );
    }
    expect(await get(here.agency, newId())).toBe(404);
    // Another kind finds nothing under the same id.
    const address = (await at(sent, {})).replace('referral-message', 'consent-evidence');
    expect((await fetch(address, { headers: headersOf(here.sender) })).status).toBe(404);
  });

  it('can be attached once, by who sent it alone, and to its own referral by a link', async () => {
    const { here, sent, came } = await withPapers();
    const nextDoor = await withPapers(here);
    const fresh = () => put(here).then(({ id }) => id);
    for (const ids of [[sent], [came], [newId()], [await fresh()]]) {
      expect((await say(here.sender, here.id, ids)).refused).toEqual(['UNKNOWN_FILE']);
    }
    // The agency's own account may not take what came by a link, nor a link what another link or the account sent.
    expect((await say(here.agency, here.id, [await fresh()])).refused).toEqual(['UNKNOWN_FILE']);
    expect((await sayBy(nextDoor.here, [await fresh()])).refused).toEqual(['UNKNOWN_FILE']);
    expect((await sayBy(here, [(await put(here.agency)).id])).refused).toEqual(['UNKNOWN_FILE']);
    expect((await sayBy(here, [came])).refused).toEqual(['UNKNOWN_FILE']);
    const twice = await fresh();
    expect((await sayBy(here, [twice, twice])).refused).toEqual(['TOO_MANY_FILES']);
    const six = [];
    for (let i = 0; i < 6; i += 1) six.push(await fresh());
    expect((await sayBy(here, six)).refused).toEqual(['TOO_MANY_FILES']);
    // What was refused took nothing: the same file still goes.
    const messageId = newId();
    expect((await sayBy(here, [twice], 'Once.', messageId)).refused).toEqual([]);
    expect((await sayBy(here, [twice], 'Once.', messageId)).refused).toEqual([]);
    const rows = await hub.sql('select from hub.referral_file where file_id = $1', [twice]);
    expect(rows).toHaveLength(1);
  });

  it('that nobody attached is opened by nobody', async () => {
    const here = await linked(hub);
    const loose = [await put(here), await put(here.sender), await put(here.agency)];
    for (const { id } of loose) {
      for (const who of [here, here.sender, here.agency]) expect(await get(who, id)).toBe(404);
    }
  });

  it('is gone for the agency when it declines, when it was sent in error, and with its link', async () => {
    const declined = await withPapers();
    await take(declined.here.agency, 'declineReferral', declined.here.id, { reasonCode: 'OTHER', reason: 'x' });
    const mistaken = await withPapers();
    await take(mistaken.here.sender, 'withdrawReferralInError', mistaken.here.id, { reason: 'x' });
    for (const { here, sent, came } of [declined, mistaken]) {
      for (const id of [sent, came]) {
        expect(await get(here.agency, id)).toBe(404);
        expect(await get(here, id)).toBe(404);
        expect(await get(here.sender, id)).toBe(200);
      }
      expect(await namesOf(here.agency, here.id)).toEqual([]);
    }
    const revoked = await withPapers();
    await hub.sql('update hub.referral_link set revoked_at = now() where referral_id = $1', [revoked.here.id]);
    expect(await get(revoked.here, revoked.sent)).toBe(404);
    expect((await put(revoked.here)).status).toBe(404);
    expect(await get(revoked.here.agency, revoked.sent)).toBe(200);
    hub.clock.advance({ days: 40 });
    const late = await withPapers();
    expect(await get(late.here, late.sent)).toBe(200);
    hub.clock.advance({ days: 31 });
    expect(await get(late.here, late.sent)).toBe(404);
  });

  it('is gone for an agency that had not answered when the person stops sharing, and stays for one that had', async () => {
    const [open, answered] = [await withPapers(), await withPapers()];
    await take(answered.here.agency, 'acceptReferral', answered.here.id);
    for (const { here } of [open, answered]) {
      await hub.sql(`update hub.consent set status = 'REVOKED', revoked_at = now() where id = $1`, [here.consentId]);
    }
    expect(await get(open.here.agency, open.sent)).toBe(404);
    expect(await get(open.here, open.sent)).toBe(404);
    expect(await get(open.here.sender, open.came)).toBe(200);
    expect((await put(open.here)).status).toBe(404);
    expect(await get(answered.here.agency, answered.sent)).toBe(200);
    // Nothing more is told: a paper of the sender needs the consent as much as words do.
    const { id } = await put(answered.here.sender);
    expect((await say(answered.here.sender, answered.here.id, [id])).refused).toEqual(['CONSENT_ENDED']);
  });

  it('is what its bytes say, has a name that can be read, and is not too large', async () => {
    const here = await linked(hub);
    for (const who of [here, here.sender]) {
      const page = Buffer.from('<!doctype html><script>alert(1)</script>');
      expect(await put(who, { bytes: page, name: 'form.pdf' })).toMatchObject({ status: 400, code: 'UNKNOWN_KIND' });
      expect(await put(who, { bytes: Buffer.from('MZ\u0000\u0001program'), name: 'form.pdf' })).toMatchObject({
        status: 400,
      });
      expect(await put(who, { bytes: Buffer.alloc(10 * 1024 * 1024 + 1, 32) })).toMatchObject({ status: 413 });
      expect(await put(who, { name: '../../etc/passwd' })).toMatchObject({ status: 400 });
      expect(await put(who, { name: 'a\\b.pdf' })).toMatchObject({ status: 400 });
      expect((await put(who, { name: 'a\u202efdp.exe' })).name).toBe('afdp.exe.pdf');
      expect((await put(who, { bytes: Buffer.from('del *.*'), name: 'run.bat' })).name).toBe('run.bat.txt');
      expect((await put(who, { name: '\u202e\u2066' })).name).toBe('file.pdf');
      expect((await put(who, { name: 'x'.repeat(200) })).name).toHaveLength(200);
    }
    const { id } = await put(here.sender, { name: '<img src=x onerror=alert(1)>.pdf' });
    await say(here.sender, here.id, [id]);
    const response = await fetch(await at(id, {}), { headers: headersOf(here.agency) });
    expect(response.headers.get('content-disposition')).not.toMatch(/[<>]/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('cache-control')).toContain('no-store');
  });

  it('by a link is one of twenty that may wait, whoever sends them', async () => {
    const here = await linked(hub);
    for (let i = 0; i < 20; i += 1) expect((await put(here)).status).toBe(200);
    expect(await put(here)).toMatchObject({ status: 400, code: 'TOO_MANY' });
    expect((await put(here.agency)).status).toBe(200);
  });
});

describe('as a role of the database', () => {
  it('a link reaches no file but its own, whatever is asked', async () => {
    const { here, sent, came } = await withPapers();
    const other = await withPapers(here);
    const [link] = await hub.sql<{ hash: string }>(
      `select encode(token_hash, 'hex') as hash from hub.referral_link where referral_id = $1`,
      [here.id],
    );
    const asLink = (sql: string) =>
      hub.orm.em
        .fork({
          session: {
            role: 'hub_link',
            variables: {
              'hub.org_id': here.agency.organization.id,
              'hub.link': link?.hash ?? '',
              'hub.now': hub.clock.now().toISOString(),
            },
          },
        })
        .transactional((em) => em.execute<{ id: string }[]>(sql));
    const seen = await asLink('select file_id as id from hub.referral_file');
    expect(seen.map(({ id }) => id).toSorted()).toEqual([sent, came].toSorted());
    expect((await asLink('select id from hub.stored_file')).map(({ id }) => id)).toEqual([came]);
    expect(await asLink(`select id from hub.stored_file where id = '${other.came}'`)).toEqual([]);
    await expect(asLink(`delete from hub.stored_file`)).rejects.toThrow(/permission denied/);
    await expect(asLink(`update hub.referral_file set name = 'x'`)).rejects.toThrow(/permission denied/);
    const claim = `insert into hub.referral_file (file_id, message_id, referral_id, from_org_id, to_org_id, author_org_id, name, type, bytes, position)
      select '${came}', m.id, m.referral_id, m.from_org_id, m.to_org_id, '${here.sender.organization.id}', 'x', 'x/x', 1, 1 from hub.referral_message m limit 1`;
    await expect(asLink(claim)).rejects.toThrow(/row-level security|duplicate/);
  });
});

describe('guesses', () => {
  it('of links are counted, and too many are told to wait; a link that works is not one of them', async () => {
    const here = await linked(hub);
    const guess = async (n: number) =>
      fetch(await at(newId(), {}), { headers: { 'x-hub-link': `referral ${String(n).padStart(43, 'g')}` } });
    const statuses = new Set<number>();
    for (let n = 0; n < 40; n += 1) statuses.add((await guess(n)).status);
    expect([...statuses]).toEqual([404, 429]);
    expect((await put(here)).status).toBe(200);
  });
});

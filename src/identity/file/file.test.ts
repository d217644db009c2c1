import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, agencyStaff, careManager, type Actor } from '../../../test/actors.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { openContext, settle } from '../../access/index.js';
import { authenticate } from '../session/authenticate.js';
import { asTask } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineLink } from '../link/link-kinds.js';
import { defineFileKind, type StoredFile } from './file-kinds.js';
import { attachFiles } from './keep-file.js';
import { clearFiles } from './nightly.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');
const KIND = 'test-paper';
const TOKEN = 'a-token-of-a-link-under-test';

let hub: TestHub;
let folder: string;
let sender: Actor;
/** Ids that the feature under test lets everybody open. */
const open = new Map<string, StoredFile>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-files-'));
  hub = await testHub({ env: { HUB_DATA_DIR: folder } });
  sender = await agencyStaff(hub);
  defineFileKind({ name: KIND, send: 'referral.message', find: async (_, id) => open.get(id) ?? null });
  defineLink({
    name: 'test',
    find: async (_, token) =>
      token === TOKEN
        ? {
            id: '01900000-0000-7000-8000-00000000000a',
            organizationId: sender.organization.id,
            permissions: ['referral.message'],
          }
        : null,
  });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

interface Sending {
  id?: string;
  bytes?: Buffer;
  name?: string;
  kind?: string;
  headers?: Record<string, string>;
}

async function send({ id = newId(), bytes = PDF, name = 'form.pdf', kind = KIND, headers = bearer(sender) }: Sending) {
  const address = `${await addressOf(hub)}/files/${id}?${new URLSearchParams({ kind, name }).toString()}`;
  const response = await fetch(address, {
    method: 'PUT',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body: new Uint8Array(bytes),
  });
  const body = (await response.json()) as { errors?: { extensions: { code: string } }[] } & Partial<StoredFile>;
  return { id, status: response.status, code: body.errors?.[0]?.extensions.code, type: body.type };
}

const bearer = ({ token }: Actor): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function fetchFile(id: string, headers: Record<string, string> = bearer(sender)): Promise<Response> {
  return fetch(`${await addressOf(hub)}/files/${id}?kind=${KIND}`, { headers });
}

/** What a mutation of a feature does. */
async function attach(actor: Actor, ids: string[]): Promise<StoredFile[] | null> {
  const caller = await authenticate(hub.platform.authPool, { bearer: actor.token }, hub.clock.now());
  const cookies = { get: () => undefined, set: () => undefined, clear: () => undefined };
  const ctx = openContext(hub.platform, caller, {
    id: newId(),
    ip: '127.0.0.1',
    userAgent: null,
    acceptLanguage: null,
    cookies,
  });
  try {
    return await ctx.db.write(() => attachFiles(ctx, KIND, ids));
  } finally {
    await settle(ctx);
  }
}

describe('sending a file', () => {
  it('keeps it once, however often it is sent', async () => {
    const { id, status, type } = await send({});
    expect([status, type]).toEqual([200, 'application/pdf']);
    expect((await send({ id })).status).toBe(200);
    expect(await hub.sql('select count(*)::int as n from hub.stored_file where id = $1', [id])).toEqual([{ n: 1 }]);
  });

  it.each([
    [
      'a page that calls itself a picture',
      { bytes: Buffer.from('<!doctype html><script>1</script>'), name: 'a.png' },
      'UNKNOWN_KIND',
    ],
    ['a program', { bytes: Buffer.from('MZ\u0090\u0000\u0003\u0000', 'latin1'), name: 'a.txt' }, 'UNKNOWN_KIND'],
    [
      'an archive',
      { bytes: Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000', 'latin1'), name: 'a.docx' },
      'UNKNOWN_KIND',
    ],
    ['nothing', { bytes: Buffer.alloc(0) }, 'EMPTY'],
    ['a name with a path', { name: '../form.pdf' }, 'BAD_USER_INPUT'],
  ])('refuses %s', async (_, sending, code) => {
    expect(await send(sending)).toMatchObject({ status: 400, code });
  });

  it('refuses what is too large, of no kind, of nobody, or of who may not send', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]);
    expect((await send({ bytes: large })).status).toBe(413);
    expect((await send({ kind: 'nothing' })).status).toBe(404);
    expect((await send({ headers: {} })).status).toBe(401);
    expect((await send({ headers: { ...bearer(sender), origin: 'https://elsewhere.example.org' } })).status).toBe(403);
  });

  it('does not let anybody take the id of another', async () => {
    const { id } = await send({});
    expect(await send({ id, headers: bearer(await careManager(hub)) })).toMatchObject({ status: 400, code: 'TAKEN' });
    expect((await send({ id, bytes: Buffer.concat([PDF, PDF]) })).code).toBe('TAKEN');
  });
});

describe('a link', () => {
  const header = { 'x-hub-link': `test ${TOKEN}` };

  it('sends for its organization, and only attaches what came by it', async () => {
    const { id, status } = await send({ headers: header });
    expect(status).toBe(200);
    expect(await hub.sql('select org_id, created_by, link_id from hub.stored_file where id = $1', [id])).toEqual([
      { org_id: sender.organization.id, created_by: null, link_id: '01900000-0000-7000-8000-00000000000a' },
    ]);
    expect(await attach(sender, [id])).toBeNull();
  });

  it('that was made up opens nothing', async () => {
    expect((await send({ headers: { 'x-hub-link': 'test another-token-of-a-link' } })).status).toBe(404);
  });
});

describe('attaching', () => {
  it('ties a file to one thing, of the organization that sent it', async () => {
    const { id } = await send({});
    expect(await attach(await careManager(hub), [id])).toBeNull();
    expect(await attach(sender, [id])).toEqual([
      { id, kind: KIND, name: 'form.pdf', type: 'application/pdf', bytes: PDF.length },
    ]);
    expect(await attach(sender, [id])).toBeNull();
  });
});

describe('opening', () => {
  it('gives the bytes to whom the feature lets in, as what they are', async () => {
    const { id } = await send({ name: 'größe "a".pdf' });
    expect((await fetchFile(id)).status).toBe(404);
    open.set(id, { id, kind: KIND, name: 'größe "a".pdf', type: 'application/pdf', bytes: PDF.length });
    const response = await fetchFile(id);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    expect(response.headers.get('content-disposition')).toBe(
      `inline; filename="gr__e _a_.pdf"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%22a%22.pdf`,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetchFile(id, {})).status).toBe(401);
  });
});

describe('at night', () => {
  it('files that nobody attached within a day are taken away, bytes and all', async () => {
    const [{ id: lost }, { id: kept }] = [await send({}), await send({})];
    await attach(sender, [kept]);
    hub.clock.advance({ hours: 25 });
    await asTask(hub.orm).write((em) => enqueue(em, clearFiles, {}));
    await hub.runJobs();
    expect(await hub.sql('select id from hub.stored_file where id = any ($1)', [[lost, kept]])).toEqual([{ id: kept }]);
    expect(await hub.platform.files.open(lost)).toBeNull();
    expect(await hub.platform.files.open(kept)).not.toBeNull();
  });
});

import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, lchown, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/*
 * What somebody does who has just cloned the repository: `npm start`, the README's first query, signing in, Ctrl-C, and
 * starting again. `npm ci` alone is taken as done: the packages are linked.
 */
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Building server and web client and filling the demo on a busy machine of two cores. */
const LONG = 900_000;
/** The one who owns nothing. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

interface Running {
  url: string;
  /** All that the terminal showed. */
  said(): string;
  /** Ctrl-C; the code it ended with. */
  stop(): Promise<number | null>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Copies what a clone would have. */
async function clone(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-new-user-'));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  for (const file of files) {
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(ROOT, file), join(folder, file));
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await chmod(folder, 0o755);
  return folder;
}

async function giveTo(uid: number, path: string): Promise<void> {
  await lchown(path, uid, uid);
  const inside = await readdir(path, { withFileTypes: true });
  for (const entry of inside) {
    if (entry.isDirectory()) await giveTo(uid, join(path, entry.name));
    else await lchown(join(path, entry.name), uid, uid);
  }
}

describe('a new user', () => {
  let folder: string;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    folder = await clone();
  }, LONG);
  afterAll(async () => {
    for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }, LONG);

  /** `npm start`, until it says where it is open. */
  async function start(data: string, uid?: number): Promise<Running> {
    const port = await freePort();
    const { PATH = '' } = process.env;
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: folder,
      env: { PATH, HOME: folder, PORT: String(port), HUB_DATA_DIR: join(folder, data) },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    children.push(child);
    let text = '';
    const open = new Promise<string>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        text += chunk.toString();
        const [, url] = /The hub is open at (\S+)/.exec(text) ?? [];
        if (url && text.includes('operator@example.org')) resolve(url);
      };
      child.stdout?.on('data', hear);
      child.stderr?.on('data', hear);
      child.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${text}`)));
    });
    const url = await open;
    expect(url).toBe(`http://127.0.0.1:${port}`);
    return {
      url,
      said: () => text,
      stop: async () => {
        const ended = once(child, 'exit');
        child.kill('SIGINT');
        const [code] = (await ended) as [number | null];
        return code;
      },
    };
  }

  async function post(
    url: string,
    body: string,
  ): Promise<{ data?: any; errors?: unknown }> /* oxlint-disable-line typescript/no-explicit-any -- read as asked */ {
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }); // prettier-ignore
    return (await response.json()) as { data?: unknown; errors?: unknown };
  }

  /** The body of the first `curl` in the README, as it is printed. */
  async function firstQuery(): Promise<string> {
    const readme = await readFile(join(folder, 'README.md'), 'utf8');
    const [, body] = /^curl [^\n]*\/graphql [^\n]*-d '([^']+)'$/m.exec(readme) ?? [];
    if (!body) throw new Error('The README has no first query');
    return body;
  }

  async function search(url: string): Promise<void> {
    const { data, errors } = await post(url, await firstQuery());
    expect(errors).toBeUndefined();
    expect(data.searchServices.total).toBeGreaterThan(0);
    const [{ node }] = data.searchServices.edges;
    expect(`${node.service.name} ${node.service.organization.name}`).toMatch(/pantry|food|produce|meals|supper/i);
    expect(node.distanceMiles).toBeGreaterThanOrEqual(0);
  }

  const signIn = (email: string, password: string): string =>
    JSON.stringify({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { step viewer { user { name } } userErrors { code } } }',
      variables: { input: { email, password } },
    }); // prettier-ignore

  it('starts the hub, asks the first query of the README, signs in with a printed account, stops and starts again', { timeout: LONG }, async () => {
    const first = await start('.data');
    // What production lets a browser ask stands beside the server, not in the sources of the web client.
    const documents = JSON.parse(await readFile(join(folder, 'dist/persisted-documents.json'), 'utf8')) as object;
    expect(Object.keys(documents).length).toBeGreaterThan(20);
    expect(first.said()).toContain('A fictional demo network was loaded');
    await search(first.url);
    const page = await (await fetch(`${first.url}/`)).text();
    expect(page).toContain('<!doctype html>');
    const [, password = ''] = /^ {2}(\S+)$/m.exec(first.said()) ?? [];
    const [, email = ''] = /^ {2}(\S+@example\.org) +Care manager$/m.exec(first.said()) ?? [];
    const { data } = await post(first.url, signIn(email, password));
    expect(data.signIn).toMatchObject({ step: 'SIGNED_IN', userErrors: [] });
    expect(await first.stop()).toBe(0);

    const began = performance.now();
    const second = await start('.data');
    process.stdout.write(`second start: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
    expect(second.said()).not.toContain('Building');
    expect(second.said()).not.toContain('was loaded');
    await search(second.url);
    expect(await second.stop()).toBe(0);
  }); // prettier-ignore

  it.skipIf(!isRoot)('needs no rights beyond its own folder (tried when the tests run as root)', { timeout: LONG }, async (test) => {
    const reach = `require('node:fs').accessSync(${JSON.stringify(join(ROOT, 'node_modules/pg'))})`;
    const reached = spawnSync(process.execPath, ['-e', reach], { uid: NOBODY, gid: NOBODY }).status === 0;
    if (!reached) test.skip('the packages lie where no other user may look');
    await rm(join(folder, '.data'), { recursive: true, force: true });
    await giveTo(NOBODY, folder);
    const hub = await start('.data-of-nobody', NOBODY);
    await search(hub.url);
    expect(await hub.stop()).toBe(0);
  }); // prettier-ignore
});

// npm start: checks Node, builds what is missing or older than its sources, and runs the hub in this process.
// With a name as first argument it runs another part of it: worker, seed, administrator, hsds-import, hsds-export, search-rebuild.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (path) => join(root, path);

if (!existsSync(at('node_modules/pg'))) fail('The packages are not installed. Run "npm ci" first.');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  // npm puts the Node of the lockfile first in the path; somebody who calls this file directly may have an older one.
  const pinned = at('node_modules/.bin/node');
  if (!existsSync(pinned) || process.env.HUB_PINNED) {
    fail(`Node ${process.versions.node} is too old: 22.17 or newer is needed.`);
  }
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, HUB_PINNED: '1' } });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
} else {
  build();
  const [, , part] = process.argv;
  const named = ['worker', 'seed', 'administrator', 'hsds-import', 'hsds-export', 'search-rebuild'].includes(part);
  if (named) process.argv.splice(2, 1);
  await import(new URL(`../dist/${named ? part : 'main'}.js`, import.meta.url).href);
}

function build() {
  const sources = ['src', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  if (isOlder('dist/.built', sources)) {
    run('Building the server', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
    mark('dist/.built');
  }
  if (!existsSync(at('web/vite.config.ts')) || !existsSync(at('node_modules/vite'))) return;
  if (isOlder('web/build/index.html', ['web/src', 'web/static', 'web/vite.config.ts', 'schema.graphql'])) {
    run('Typing the web client', 'node_modules/@graphql-codegen/cli/esm/bin.js', ['--config', 'web/codegen.ts']);
    run('Building the web client', 'node_modules/vite/bin/vite.js', ['build'], 'web');
    mark('web/build/index.html');
  }
  const written = 'web/src/lib/gql/persisted-documents.json';
  if (existsSync(at(written)) && isOlder('dist/persisted-documents.json', [written])) {
    run('Listing the operations of the web client', 'scripts/documents.mjs', []);
  }
}

function run(what, program, args, folder = '.') {
  process.stdout.write(`${what} …\n`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [at(program), ...args], {
    cwd: at(folder),
    encoding: 'utf8',
    // What is built does not depend on how it is run: in development the web client would be a fifth larger.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) fail(`${what} failed:\n${stdout}${stderr}`);
}

/** Whether a result is missing or older than one of the files it is made from. */
function isOlder(result, sources) {
  if (!existsSync(at(result))) return true;
  const made = statSync(at(result)).mtimeMs;
  return sources.some((path) => existsSync(at(path)) && newest(at(path)) > made);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of files that were added or removed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), stat.mtimeMs);
}

function mark(path) {
  if (!existsSync(at(path))) writeFileSync(at(path), '');
  utimesSync(at(path), new Date(), new Date());
}

function fail(message) {
  process.stderr.write(`The hub cannot start. ${message}\n`);
  process.exit(1);
}

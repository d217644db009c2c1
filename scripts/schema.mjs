// Writes schema.graphql from the resolvers, sorted; with --check it only says whether the file is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}schema.graphql`;

// Straight from the sources, without a build.
const config = { root, configFile: false, logLevel: 'error' };
const { text } = (await runnerImport(`${root}scripts/schema-text.ts`, config)).module;
const known = await readFile(file, 'utf8').catch(() => '');
if (!process.argv.includes('--check')) {
  if (text !== known) await writeFile(file, text);
} else if (text !== known) {
  console.error('schema.graphql is not what the resolvers say: run "npm run schema" and commit the result.');
  process.exitCode = 1;
}

// Puts the list of the web client's operations beside the built server, which lets a browser session run no others.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const text = await readFile(`${root}web/src/lib/gql/persisted-documents.json`, 'utf8').catch(() => '{}');
// Built without it, a hub would take any operation from a browser, or none of this release's.
if (Object.keys(JSON.parse(text)).length === 0) {
  console.error('web/src/lib/gql/persisted-documents.json lists no operation: run "npm run web:codegen" first.');
  process.exit(1);
}
await mkdir(`${root}dist`, { recursive: true });
await writeFile(`${root}dist/persisted-documents.json`, text);

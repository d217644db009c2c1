import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';
import { splitWords } from './split-words.js';

/** The same sources build the same files, so that a rebuild changes nothing for who has the page open. */
function sourceVersion(): string {
  const folder = join(import.meta.dirname, 'src');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, 16);
}

const api = process.env['HUB_API'] ?? 'http://127.0.0.1:4000';

/** Generated fragments are only parts of operations: marked pure, they leave the bundle. */
const dropFragments: Plugin = {
  name: 'drop-fragments',
  transform: (code, id) =>
    /lib[\\/]gql[\\/]graphql\.ts/.test(id)
      ? { code: code.replaceAll('FragmentDoc = new Typed', 'FragmentDoc = /* @__PURE__ */ new Typed'), map: null }
      : null,
};

export default defineConfig({
  plugins: [
    dropFragments,
    splitWords,
    sveltekit({
      // One page for every address: the API server answers unknown addresses with index.html, and serves the .br files.
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', precompress: true }),
      // Absolute asset addresses, so that /patients/1 and / load the same files.
      paths: { relative: false },
      // A running client asks every 10 minutes whether a newer one was installed.
      version: { name: sourceVersion(), pollInterval: 600_000 },
    }),
  ],
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: api, ws: true }, '/auth': api } },
  // maplibre alone is 1.1 MB; it loads only when a map is shown.
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
});

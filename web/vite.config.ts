import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

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
    sveltekit({
      // One page for every address: the API server answers unknown addresses with index.html, and serves the .br files.
      adapter: adapter({ pages: 'build', assets: 'build', fallback: 'index.html', precompress: true }),
      // Absolute asset addresses, so that /patients/1 and / load the same files.
      paths: { relative: false },
      // A running client asks every 10 minutes whether a newer one was installed.
      version: { pollInterval: 600_000 },
    }),
  ],
  server: { host: '127.0.0.1', proxy: { '/graphql': { target: api, ws: true }, '/auth': api } },
  // maplibre alone is 1.1 MB; it loads only when a map is shown.
  build: { target: 'es2023', chunkSizeWarningLimit: 1500 },
});

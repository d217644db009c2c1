import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The built web client, if it is there. */
export interface WebClient {
  root: string;
  /** What the content security policy must admit: `'sha256-…'` of each inline script of the page. */
  scriptHashes: string[];
}

/** Paths that are never a page of the web client: a miss below them is a 404, not the client. */
const NOT_A_PAGE = /^\/(graphql|api|fhir|hsds|auth|_app|assets|healthz|readyz|metrics)(\/|\?|$)/;

/** SvelteKit starts its page with an inline script; its hash is computed from the very file that is served. */
export async function readWebClient(root: string): Promise<WebClient | undefined> {
  const page = await readFile(join(root, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) return undefined;
  const inline = [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1] ?? '');
  const scriptHashes = inline.map((code) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`);
  return { root, scriptHashes };
}

/** Serves the files, and the page itself for every address that a browser asks for as a document. */
export async function serveWebClient(app: FastifyInstance, web: WebClient | undefined): Promise<void> {
  if (web) {
    await app.register(fastifyStatic, {
      root: web.root,
      wildcard: true,
      // The build compresses each file once, as small as it gets; compressing while answering is a fifth larger.
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) =>
        reply.header(
          'cache-control',
          path.includes('/immutable/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const page =
      request.method === 'GET' && !NOT_A_PAGE.test(request.url) && request.headers.accept?.includes('text/html');
    if (page && web) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.status(404).send({ error: 'Not found' });
  });
}

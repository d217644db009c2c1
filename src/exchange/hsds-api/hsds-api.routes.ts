import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { networkOf } from '../../identity/index.js';
import { isId } from '../../platform/id.js';
import type { Platform } from '../../platform/platform.js';
import { sendJson } from './answer.js';
import { asNobody } from './context.js';
import { kysely, select } from './find.js';
import { answerProblem } from './answer-problem.js';
import { missing } from './missing.js';
import { openApi } from './openapi.js';
import { opening, pageOf, windowOf } from './page.js';
import { entryParameters, listNames, lists, type Asked, type ListName } from './parameters.js';
import { ApiProblem, REQUESTS_PER_MINUTE } from './problem.js';
import { readParameters } from './read-parameters.js';
import { countOf, slice } from './selection.js';
import { ndjson, wholePage } from './stream.js';
import { Streams } from './streams.js';
import { writeEntries, writeEntry } from './write.js';

const HSDS_VERSION = '3.1.3';
/** The standard as it is: no profile changes its schemas. */
const PROFILE = 'https://docs.openreferral.org/en/latest/hsds/';
/** Beyond this many entries a page is sent while it is made. */
const AT_ONCE = 1000;

const rootOf = { services: 'service', organizations: 'organization', service_at_locations: 'service_at_location', taxonomies: 'taxonomy', taxonomy_terms: 'taxonomy_term' } as const; // prettier-ignore

/** Gzip alone: it keeps up with a stream, and what it holds back of one is little. */
const compress = { encodings: ['gzip'] as 'gzip'[], customTypes: /json/, threshold: 1024 };

/** The HSDS 3.1 API under /hsds: what everybody may read of the directory, for other software. */
export async function serveHsdsApi(server: FastifyInstance, platform: Platform): Promise<void> {
  await server.register(async (scope) => routes(scope, platform), { prefix: '/hsds' });
}

async function routes(scope: FastifyInstance, platform: Platform): Promise<void> {
  scope.setErrorHandler(answerProblem);
  await openToAll(scope);
  const base = (request: FastifyRequest): string =>
    `${platform.config.baseUrl ?? `${request.protocol}://${request.host}`}/hsds`;

  const aside = { config: { door: false as const } };
  scope.get('/', aside, async (request, reply) => {
    readParameters([], request.query);
    const meta = { version: HSDS_VERSION, profile: PROFILE, openapi_url: `${base(request)}/openapi.json` };
    return sendJson(request, reply, JSON.stringify(meta));
  });
  scope.get('/openapi.json', aside, async (request, reply) =>
    sendJson(request, reply, JSON.stringify(openApi(base(request), HSDS_VERSION))),
  );

  // The files of the web client answer what nobody else does: here it is this.
  scope.route({
    method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    url: '/*',
    handler: async (request) => {
      if (!['GET', 'HEAD'].includes(request.method)) {
        throw new ApiProblem(405, 'METHOD_NOT_ALLOWED', 'Use GET, or POST on a list.');
      }
      throw new ApiProblem(404, 'NOT_FOUND', `There is nothing here. Ask for ${listNames.join(', ')}.`);
    },
  });
  const streams = new Streams();
  for (const list of listNames) {
    scope.get(`/${list}`, { compress }, async (request, reply) =>
      answerList(platform, streams, request, reply, list, readParameters(lists[list], request.query)),
    );
    scope.post(`/${list}`, { compress }, async (request, reply) =>
      answerList(platform, streams, request, reply, list, readParameters(lists[list], request.query, request.body)),
    );
    scope.get<{ Params: { id: string } }>(`/${list}/:id`, async (request, reply) =>
      answerEntry(platform, request, reply, list, request.params.id),
    );
  }
}

/** Any page of any site may read; nothing here depends on who asks, so that no cookie is taken. */
async function openToAll(scope: FastifyInstance): Promise<void> {
  scope.addHook('onRequest', async (_, reply) => {
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers':
        'etag, last-modified, retry-after, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
  await scope.register(rateLimit, {
    max: REQUESTS_PER_MINUTE,
    timeWindow: '1 minute',
    keyGenerator: (request) => networkOf(request.ip),
  });
  scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) => {
    const fields: Record<string, string | string[]> = {};
    for (const [name, value] of new URLSearchParams(String(body))) {
      fields[name] = Object.hasOwn(fields, name) ? [] : value;
    }
    done(null, fields);
  });
  scope.options('/*', async (_, reply) =>
    reply
      .headers({
        allow: 'GET, HEAD, POST, OPTIONS',
        'access-control-allow-methods': 'GET, HEAD, POST, OPTIONS',
        'access-control-allow-headers': 'content-type, if-none-match, if-modified-since',
        'access-control-max-age': '86400',
      })
      .status(204)
      .send(),
  );
}

async function answerList(
  platform: Platform,
  streams: Streams,
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListName,
  asked: Asked,
): Promise<FastifyReply> {
  const id = String(request.id);
  if (asked.format === 'ndjson') {
    // What is wrong with the question is said before the first line.
    await asNobody(platform, id, (ctx) => select[list](ctx, asked));
    return streams.send(request, reply, 'application/x-ndjson; charset=utf-8', () => ndjson(platform, id, list, asked));
  }
  const { text, whole } = await asNobody(platform, id, async (ctx) => {
    const selection = await select[list](ctx, asked);
    const db = await kysely(ctx);
    const total = await countOf(db, selection);
    const { page, limit, offset } = windowOf(asked, total);
    if (limit > AT_ONCE && page === 1 && total > AT_ONCE) {
      return { whole: opening(pageOf(page, limit, total, Math.min(limit, total))), text: '' };
    }
    const entries = offset < total ? await slice(db, selection, offset, limit) : [];
    const texts = await writeEntries(ctx, selection.root, entries, asked);
    return { text: `${opening(pageOf(page, limit, total, texts.length))}${texts.join(',')}]}`, whole: undefined };
  });
  if (whole === undefined) return sendJson(request, reply, text);
  const json = 'application/json; charset=utf-8';
  return streams.send(request, reply, json, () => wholePage(platform, id, list, asked, whole));
}

async function answerEntry(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListName,
  id: string,
): Promise<FastifyReply> {
  const asked = readParameters(entryParameters[list], request.query);
  const text = await asNobody(platform, String(request.id), async (ctx) => {
    const found = isId(id) ? await writeEntry(ctx, rootOf[list], id.toLowerCase(), asked) : undefined;
    return found ?? (await missing(ctx, list, id));
  });
  const modified = list === 'services' ? /"last_modified":"([^"]+)"/.exec(text)?.[1] : undefined;
  return sendJson(request, reply, text, modified === undefined ? undefined : new Date(modified));
}

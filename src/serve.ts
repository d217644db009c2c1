import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { buildHubSchema, settle, type HubContext } from './access/index.js';
import type { Feature } from './platform/feature.js';
import { readTrustedDocuments } from './platform/graphql/trusted-documents.js';
import type { OpenContext } from './platform/http/request.js';
import type { Letter } from './platform/http/letters.js';
import { createServer } from './platform/http/server.js';
import { jobWait } from './platform/jobs/dead.js';
import { latestLetters } from './platform/mail/outbox.js';
import { latestTexts } from './platform/text/outbox.js';
import type { Metrics } from './platform/metrics.js';
import type { Platform } from './platform/platform.js';

/** Where the build puts the documents of the web client; the sources of the hub find them where codegen writes them. */
const documentsFile = import.meta.url.endsWith('.ts')
  ? '../web/src/lib/gql/persisted-documents.json'
  : './persisted-documents.json';
const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const fromRoot = (path: string): string => fromHere(`../${path}`);

/** The schema of all features; a hub without resolvers has an empty one. */
export function schemaOf(features: readonly Feature[]): GraphQLSchema {
  const [first, ...rest] = features.flatMap((feature) => feature.resolvers ?? []);
  return first ? buildHubSchema([first, ...rest]) : buildSchema('type Query { nothing: Boolean }');
}

interface ServeOptions {
  platform: Platform;
  features: readonly Feature[];
  schema: GraphQLSchema;
  open: OpenContext<HubContext>;
  metrics: Metrics;
}

/** The one server of the hub, not listening yet. */
export async function serve({ platform, features, schema, open, metrics }: ServeOptions) {
  const { config, log, live, load, door, authPool, jobPool } = platform;
  const documents = await readTrustedDocuments(fromHere(documentsFile));
  metrics.trust(
    [...documents.values()].flatMap((text) => /^\s*(?:query|mutation|subscription)\s+(\w+)/m.exec(text)?.[1] ?? []),
  );
  const server = await createServer<HubContext>({
    production: config.production,
    baseUrl: config.baseUrl,
    trustProxy: config.trustProxy,
    log,
    schema,
    documents,
    open,
    settle,
    observe: metrics.graphql,
    isSignedIn: (ctx) => ctx.caller !== null,
    holderOf: ({ caller }) => caller?.credentialId ?? caller?.userId ?? null,
    point: live.point,
    onMissed: live.onBack,
    socketLimits: config.socketLimits,
    door,
    refused: (at) => load.refused(at),
    webRoot: fromRoot('web/build'),
    mapOrigins: config.map?.origins,
    checks: [
      { name: 'database', ready: async () => (await authPool.query('select')).command === 'SELECT' },
      { name: 'live', ready: () => live.connected },
    ],
    behind: async () => ({ live: live.lagMs() / 1000, jobs: await jobWait(jobPool) }),
    metrics: metrics.text,
    metricsToken: config.metricsToken,
    // They hold links for new passwords: shown where the passwords are no secret either.
    ...(config.mail.smtpUrl || !config.demo
      ? {}
      : { letters: { latest: () => latestPost(platform), inboundSecret: config.inboundMail?.secret } }),
    routes: async (app) => {
      for (const feature of features) await feature.routes?.(app, platform);
    },
  });
  server.app.server.on('request', (request, response) => {
    const began = performance.now();
    response.once('finish', () => {
      const seconds = (performance.now() - began) / 1000;
      metrics.http(request.method ?? '', routeOf(request.url ?? ''), response.statusCode, seconds);
    });
  });
  return server;
}

/** Letters and text messages that stayed at home, the newest first. */
async function latestPost({ orm }: Platform): Promise<Letter[]> {
  const both = [...(await latestLetters(orm)), ...(await latestTexts(orm))];
  return both.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, 50);
}

const routes = new Set([
  'graphql',
  'files',
  'api',
  'fhir',
  'hsds',
  'link',
  '_app',
  'healthz',
  'readyz',
  'metrics',
  'sign-on',
]);

/** The first part of the path when it is one of ours: whole addresses as labels would be without number. */
function routeOf(url: string): string {
  const first = /^\/([^/?]*)/.exec(url)?.[1] ?? '';
  return routes.has(first) ? `/${first}` : 'page';
}

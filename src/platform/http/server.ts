import type { AddressInfo } from 'node:net';
import type { ApolloServer } from '@apollo/server';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { BusyAt } from '../busy.js';
import { createApollo, type GraphContext } from '../graphql/apollo.js';
import type { OperationHooks } from '../graphql/operation-plugin.js';
import type { TrustedDocuments } from '../graphql/trusted-documents.js';
import { newId } from '../id.js';
import type { Logger } from '../log.js';
import { Door } from './door.js';
import { serveGraphQL } from './graphql-route.js';
import { serveLetters, type LettersHere } from './letters.js';
import { answerProblems } from './problems.js';
import { serveProbes, type ReadyCheck } from './probes.js';
import { logAnswers, requestLog } from './request-log.js';
import type { OpenContext } from './request.js';
import { serveSandbox } from './sandbox.js';
import { setSecurityHeaders } from './security-headers.js';
import { serveSockets, type SocketLimits } from './sockets.js';
import { waitAtDoor } from './wait-at-door.js';
import { readWebClient, serveWebClient } from './web-client.js';

export interface ServerOptions<C extends GraphContext> extends OperationHooks<C> {
  production: boolean;
  /** The address people open; https there makes cookies Secure. Unset: the one it listens on. */
  baseUrl: string | undefined;
  trustProxy: string[] | undefined;
  log: Logger;
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  /** Makes an operation's context, which begins with who calls. */
  open: OpenContext<C>;
  /** Whether there is someone behind a context; a socket without is refused. */
  isSignedIn(ctx: C): boolean;
  /** The session or key behind a context, whose sockets are counted together. */
  holderOf(ctx: C): string | null;
  /** Sockets open at a time; {@link SOCKET_LIMITS}. */
  socketLimits?: SocketLimits;
  /** What live news have come until now, for whoever reads first and follows then. */
  point?(): string;
  /** Calls back whenever live events may have been missed. */
  onMissed?(listener: () => void): void;
  /** How often an open socket asks whether its session still lives; 30 seconds. */
  sessionCheckMs?: number;
  /** Folder of the built web client. */
  webRoot: string;
  checks: readonly ReadyCheck[];
  behind?: () => Promise<Record<string, number>>;
  metrics?: () => Promise<string>;
  /** Opens /metrics and the details of /readyz; without it they are there outside production only, for this machine. */
  metricsToken?: string | undefined;
  /** The latest letters that stayed at home, for a page outside production. */
  letters?: LettersHere;
  /** Operations that are worked on at a time; the others wait at the door for a moment. */
  door?: Door;
  /** Told of each request that is turned away because there are too many. */
  refused?: (at: BusyAt) => void;
  /** Requests to /graphql per address and minute. */
  requestsPerMinute?: number;
  /** Where tiles of the map may come from beside this server; nowhere when left out. */
  mapOrigins?: readonly string[] | undefined;
  /** Further routes, such as the return address of a single sign-on. */
  routes?: (app: FastifyInstance) => Promise<void> | void;
}

export interface HubServer<C extends GraphContext> {
  app: FastifyInstance;
  apollo: ApolloServer<C>;
  /** Listens and answers with the address, such as `http://127.0.0.1:4000`. */
  listen(port: number, host: string): Promise<string>;
  /** Takes no new requests, finishes those in flight, says goodbye to sockets. */
  close(): Promise<void>;
}

/** Requests to /graphql per address and minute: a clinic behind one address has many people. */
const REQUESTS_PER_MINUTE = 1200;

/** Operations at a time, where nobody says how many connections to the database there are. */
const AT_ONCE = 20;

/** Open sockets, where the settings say nothing else. */
const SOCKET_LIMITS: SocketLimits = { perAddress: 500, perSession: 20 };

/** Everything that listens on the one port: GraphQL, its sockets, the web client, probes and further routes. */
export async function createServer<C extends GraphContext>(options: ServerOptions<C>): Promise<HubServer<C>> {
  const { production, log, schema } = options;
  const anyDocument = production && options.documents.size === 0;
  if (anyDocument) log.warn('no trusted documents: a browser session may send any operation');
  const secure = options.baseUrl?.startsWith('https:') ?? false;
  const app: FastifyInstance = Fastify({
    bodyLimit: 256 * 1024,
    trustProxy: options.trustProxy ?? false,
    requestTimeout: 30_000,
    requestIdHeader: false,
    genReqId: () => newId(),
    routerOptions: { ignoreTrailingSlash: true },
    ...requestLog(log),
  });
  logAnswers(app, log);
  // A keep-alive connection would hold the process for its 72 seconds: tell clients to let go while closing.
  let closing = false;
  app.addHook('onSend', (_, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  app.addHook('preClose', async () => {
    closing = true;
  });
  answerProblems(app);
  const web = await readWebClient(options.webRoot);
  const { mapOrigins = [] } = options;
  setSecurityHeaders(app, { secure, scriptHashes: web?.scriptHashes ?? [], mapOrigins });
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] });
  await app.register(cookie);

  const { refused, point = () => '' } = options;
  const door = options.door ?? new Door({ inside: AT_ONCE });
  const apollo = await createApollo<C>({ ...options, onBusy: () => refused?.('database') });
  const requestsPerMinute = options.requestsPerMinute ?? REQUESTS_PER_MINUTE;
  await app.register(async (scope) =>
    serveGraphQL(scope, apollo, { ...options, point, secure, requestsPerMinute, door, onBusy: refused }),
  );
  const socketLimits = options.socketLimits ?? SOCKET_LIMITS;
  const sockets = serveSockets(app, { ...options, secure, socketLimits });
  app.addHook('preClose', () => sockets.dispose());
  const { checks, behind, metrics, metricsToken } = options;
  serveProbes(app, { checks, behind, metrics, metricsToken, production });
  if (!production) serveSandbox(app, schema, options.letters !== undefined);
  if (!production && options.letters) serveLetters(app, options.letters);
  await app.register(async (scope) => {
    waitAtDoor(scope, door, refused);
    await options.routes?.(scope);
  });
  await serveWebClient(app, web);

  return {
    app,
    apollo,
    async listen(port, host) {
      await app.listen({ port, host });
      return addressOf(app);
    },
    close: () => app.close(),
  };
}

function addressOf(app: FastifyInstance): string {
  const address = app.server.address() as AddressInfo | null;
  if (!address) return 'http://127.0.0.1';
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import { formatError } from '../graphql/format-error.js';
import type { GraphContext } from '../graphql/apollo.js';
import { resolveDocument, type TrustedDocuments } from '../graphql/trusted-documents.js';
import { isOwnOrigin } from './origin.js';
import { isBrowserSession } from './cookies.js';
import { isBusy, type BusyAt } from '../busy.js';
import type { Door } from './door.js';
import { incoming } from './incoming.js';
import type { OpenContext } from './request.js';

interface RouteOptions<C extends GraphContext> {
  production: boolean;
  secure: boolean;
  baseUrl: string | undefined;
  documents: TrustedDocuments;
  requestsPerMinute: number;
  open: OpenContext<C>;
  settle(ctx: C): Promise<void>;
  isSignedIn(ctx: C): boolean;
  /** What live news have come until now. */
  point(): string;
  /** Where requests wait when there are many. */
  door: Door;
  onBusy?: ((at: BusyAt) => void) | undefined;
}

/** Before an answer was read the hub had heard so much: whoever follows from there on misses nothing. */
const POINT_HEADER = 'hub-heard';

/** Nothing depends on this but how many round trips it takes. */
function isLikelyRead(body: unknown): boolean {
  const query: unknown = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  return typeof query === 'string' && !/\bmutation\b/.test(query);
}

/** `POST /graphql` (and GET for queries, behind Apollo's CSRF prevention), in a scope of its own for the rate limit. */
export async function serveGraphQL<C extends GraphContext>(
  scope: FastifyInstance,
  apollo: ApolloServer<C>,
  options: RouteOptions<C>,
): Promise<void> {
  const { production, secure, documents, open, settle, isSignedIn, door, onBusy } = options;
  await scope.register(rateLimit, { max: options.requestsPerMinute, timeWindow: '1 minute' });

  // SameSite cookies and Apollo's CSRF prevention stand behind this.
  scope.addHook('onRequest', async (request, reply) => {
    if (!isOwnOrigin(request.headers, options.baseUrl)) {
      const extensions = { code: 'FORBIDDEN' };
      await reply.status(403).send({ errors: [{ message: 'Requests from other sites are refused.', extensions }] });
    }
  });

  // Before Apollo, so that nothing of a foreign document is even parsed.
  scope.addHook('preHandler', async (request, reply) => {
    const call: unknown = request.body;
    if (typeof call !== 'object' || call === null || Array.isArray(call)) return;
    const onlyTrusted = production && documents.size > 0 && isBrowserSession(request.headers.cookie);
    try {
      request.body = resolveDocument(call, documents, onlyTrusted ? 'trusted only' : 'any');
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      await reply.status(400).send({ errors: [formatError(error.toJSON(), error)] });
    }
  });

  scope.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: async (request, reply) => {
      const leave = await door.enter().catch((error: unknown) => {
        onBusy?.('door');
        throw error;
      });
      const point = options.point();
      let opened: C | undefined;
      let missed: unknown;
      const handler = fastifyApolloHandler(apollo, {
        context: async () => {
          const reads = isLikelyRead(request.body);
          opened = await open(incoming(request, reply, secure), { touch: true, reads }).catch((error: unknown) => {
            missed = error;
            throw error;
          });
          if (isSignedIn(opened)) reply.header(POINT_HEADER, point);
          return opened;
        },
      });
      try {
        // Nothing is done for who went away while waiting.
        if (reply.raw.destroyed) return reply;
        const answer = await handler.call(scope, request, reply);
        if (!isBusy(missed)) return answer;
        onBusy?.('database');
        throw missed;
      } finally {
        // Apollo settles each answer; this is for the ways out that never reach that point.
        try {
          if (opened) await settle(opened);
        } finally {
          leave();
        }
      }
    },
  });
}

import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { GraphContext } from '../graphql/apollo.js';
import { formatError } from '../graphql/format-error.js';
import { liveOperation, prepareSubscription } from '../graphql/live-operation.js';
import type { TrustedDocuments } from '../graphql/trusted-documents.js';
import { newId } from '../id.js';
import type { Logger } from '../log.js';
import { clientAddress } from './address.js';
import { isBrowserSession, upgradeCookies } from './cookies.js';
import { isOwnOrigin } from './origin.js';
import { bearerOf, type Incoming, type OpenContext } from './request.js';
import { Seats } from './seats.js';

export interface SocketOptions<C extends GraphContext> {
  production: boolean;
  secure: boolean;
  baseUrl: string | undefined;
  log: Logger;
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  open: OpenContext<C>;
  settle(ctx: C): Promise<void>;
  /** Whether there is someone behind the context. A socket without is refused, and closed when it comes to that. */
  isSignedIn(ctx: C): boolean;
  /** The session or key behind the context, whose sockets are counted together. */
  holderOf(ctx: C): string | null;
  trustProxy: string[] | undefined;
  /** Sockets open at a time from one address and of one session or key. */
  socketLimits: SocketLimits;
  /** Calls back whenever events may have been missed: every socket is closed, and whoever comes back reads anew. */
  onMissed?(listener: () => void): void;
  /** How often an open socket asks whether its session still lives, in milliseconds. */
  sessionCheckMs?: number;
}

/** How many sockets may be open at a time. */
export interface SocketLimits {
  /** A clinic behind one address has many people. */
  perAddress: number;
  /** One for each tab of a browser. */
  perSession: number;
}

const SESSION_CHECK_MS = 30_000;
/** Subscriptions one socket may hold at a time. */
const MAX_SUBSCRIPTIONS = 20;
const MAX_PAYLOAD = 128 * 1024;
const SESSION_ENDED = 4403;
/** "Service restart": clients come back at once. */
const MISSED = 1012;
/** "Try again later": the web client does, and gets in when another of its tabs is closed. */
const TOO_MANY = 1013;

interface HubExtra extends Extra {
  incoming?: Incoming;
  [key: PropertyKey]: unknown;
}

function incomingOf(app: FastifyInstance, request: IncomingMessage, ip: string, secure: boolean): Incoming {
  const { headers } = request;
  return {
    bearer: bearerOf(headers.authorization),
    request: {
      id: newId(),
      ip,
      userAgent: headers['user-agent']?.slice(0, 300) ?? null,
      acceptLanguage: headers['accept-language']?.slice(0, 200) ?? null,
      cookies: upgradeCookies(app.parseCookie(headers.cookie ?? ''), secure),
    },
  };
}

/**
 * Subscriptions over graphql-ws at `/graphql`, on the same port. Only subscriptions: queries and mutations go over HTTP.
 * Each event is answered in a context of its own, opened anew, so that it is read through what the caller may see now.
 */
export function serveSockets<C extends GraphContext>(
  app: FastifyInstance,
  options: SocketOptions<C>,
): { dispose(): Promise<void> } {
  const { schema, documents, log, open, settle, isSignedIn, holderOf, secure } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD });

  const addressOf = clientAddress(options.trustProxy);
  const byAddress = new Seats(options.socketLimits.perAddress);
  const bySession = new Seats(options.socketLimits.perSession);

  /** Whose socket it is: of a session or key, of somebody without one (''), or of nobody (undefined). */
  async function holder(incoming: Incoming): Promise<string | undefined> {
    const ctx = await open(incoming, { touch: false });
    await settle(ctx);
    return isSignedIn(ctx) ? (holderOf(ctx) ?? '') : undefined;
  }

  const server = useServer<Record<string, unknown>, HubExtra>(
    {
      async onConnect({ extra }) {
        const incoming = incomingOf(app, extra.request, addressOf(extra.request), secure);
        const owner = await holder(incoming).catch((error: unknown) => {
          log.warn({ err: error }, 'a session could not be checked');
          // Not the code for a fault of ours: clients give up on that for ever.
          extra.socket.close(TOO_MANY, 'Try again later');
        });
        if (owner === undefined) return false;
        extra.incoming = incoming;
        const check = async (): Promise<void> => {
          if ((await holder(incoming)) === undefined) extra.socket.close(SESSION_ENDED, 'Session ended');
        };
        // Who left while we looked is not asked about for ever.
        if (extra.socket.readyState !== extra.socket.OPEN) return false;
        const leave = bySession.take(owner);
        if (!leave) {
          extra.socket.close(TOO_MANY, 'Too many connections of one session');
          return false;
        }
        extra.socket.once('close', leave);
        const timer = setInterval(
          () => void check().catch((error: unknown) => log.warn({ err: error }, 'a session could not be checked')),
          options.sessionCheckMs ?? SESSION_CHECK_MS,
        );
        extra.socket.once('close', () => clearInterval(timer));
        return true;
      },
      onSubscribe({ extra, subscriptions }, _, payload) {
        const browser = isBrowserSession(extra.request.headers.cookie);
        const trustedOnly = options.production && documents.size > 0 && browser;
        const full = Object.keys(subscriptions).length > MAX_SUBSCRIPTIONS;
        return prepareSubscription({
          schema,
          documents,
          payload,
          rule: trustedOnly ? 'trusted only' : 'any',
          full,
          contextValue: extra,
        });
      },
      subscribe: (args) => {
        const extra = args.contextValue as HubExtra;
        const { incoming } = extra;
        if (!incoming) throw new Error('A subscription on a socket that was not greeted');
        return liveOperation(args, {
          open: async () => {
            const ctx = await open(incoming, { touch: false });
            if (!isSignedIn(ctx)) extra.socket.close(SESSION_ENDED, 'Session ended');
            return ctx;
          },
          settle,
        });
      },
      onNext: (_, __, ___, ____, { errors, ...result }) => ({
        ...result,
        ...(errors && { errors: errors.map((error) => formatError(error.toJSON(), error)) }),
      }),
      onError: (_, __, ___, errors) => errors.map((error) => formatError(error.toJSON(), error)),
    },
    sockets,
  );

  app.server.on('upgrade', (request, socket, head) => {
    // Node no longer listens for this socket's errors, and one that nobody hears ends the process.
    socket.on('error', () => socket.destroy());
    // Not by `new URL`: it throws on some addresses, such as `//`.
    const path = request.url?.split('?', 1)[0];
    if (path !== '/graphql' || !isOwnOrigin(request.headers, options.baseUrl)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    const leave = byAddress.take(addressOf(request));
    if (!leave) {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 30\r\nConnection: close\r\n\r\n');
      return;
    }
    // Not that of the WebSocket: a handshake that fails never becomes one.
    socket.once('close', leave);
    sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
  });
  options.onMissed?.(() => {
    for (const socket of sockets.clients) socket.close(MISSED, 'Events were missed');
  });
  return { dispose: async () => server.dispose() };
}

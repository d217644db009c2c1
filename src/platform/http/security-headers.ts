import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

export interface HeaderOptions {
  /** Whether people come over https. */
  secure: boolean;
  /** Scripts that stand in the page itself. */
  scriptHashes: readonly string[];
  /** Where tiles of the map may come from beside this server. */
  mapOrigins: readonly string[];
}

/** Security headers. The map's worker is a blob; styles are set by scripts; nothing but tiles of a map comes from elsewhere. */
function headersOf({ secure, scriptHashes, mapOrigins }: HeaderOptions): [string, string][] {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const write = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scriptHashes],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...mapOrigins],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...mapOrigins],
        workerSrc: ["'self'", 'blob:'],
        childSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    // A link in a letter or message carries a token in its address: it must not travel on.
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
  });
  write(response.req, response, (error) => {
    if (error) throw error;
  });
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}

/** The same for every answer, so made once: what makes them takes as long as all the rest of a small answer. */
export function setSecurityHeaders(app: FastifyInstance, options: HeaderOptions): void {
  const headers = headersOf(options);
  app.addHook('onRequest', (_, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value);
    done();
  });
}

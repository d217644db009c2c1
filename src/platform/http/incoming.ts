import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestCookies } from './cookies.js';
import { bearerOf, type Incoming } from './request.js';

/** What an operation may know of a request over HTTP; `secure` makes the cookies it sets so. */
export function incoming(request: FastifyRequest, reply: FastifyReply, secure: boolean): Incoming {
  const { headers } = request;
  return {
    bearer: bearerOf(headers.authorization),
    request: {
      id: String(request.id),
      ip: request.ip,
      userAgent: headers['user-agent']?.slice(0, 300) ?? null,
      acceptLanguage: headers['accept-language']?.slice(0, 200) ?? null,
      cookies: requestCookies(request, reply, secure),
    },
  };
}

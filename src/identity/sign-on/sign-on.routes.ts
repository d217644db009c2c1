import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requestCookies } from '../../platform/http/cookies.js';
import type { Platform } from '../../platform/platform.js';
import type { Door } from '../sign-in/door.js';
import { callbackPath, startPath } from './paths.js';
import { problemOf } from './problem.js';
import { createProvider } from './provider.js';
import { finishSignOn, startSignOn } from './sign-on.js';

function doorOf(platform: Platform, request: FastifyRequest, reply: FastifyReply): Door {
  const secure = platform.config.baseUrl?.startsWith('https:') ?? false;
  return {
    platform,
    request: {
      id: String(request.id),
      ip: request.ip,
      userAgent: request.headers['user-agent'] ?? null,
      acceptLanguage: request.headers['accept-language'] ?? null,
      cookies: requestCookies(request, reply, secure),
    },
  };
}

/** The way to the provider and back. Whatever goes wrong ends on the sign-in page, where a password works as ever. */
export function serveSignOn(server: FastifyInstance, platform: Platform): void {
  const { oidc } = platform.config;
  if (!oidc) return;
  const provider = createProvider(oidc);

  const answer = async (request: FastifyRequest, reply: FastifyReply, act: (door: Door) => Promise<string>) => {
    const page = await act(doorOf(platform, request, reply)).catch((error: unknown) => {
      const problem = problemOf(error);
      const log = platform.log.child({ requestId: request.id });
      if (problem === 'PROVIDER_DOWN' || problem === 'SIGN_ON_FAILED') {
        log.warn({ err: error, problem }, 'sign-on failed');
      } else log.info({ problem }, 'sign-on ended');
      return `/sign-in?problem=${problem}`;
    });
    return reply.header('cache-control', 'no-store').redirect(page, 303);
  };

  server.get<{ Querystring: { next?: unknown } }>(startPath, (request, reply) =>
    answer(request, reply, (door) => startSignOn(door, provider, request.query.next)),
  );
  server.get(callbackPath, (request, reply) =>
    answer(request, reply, (door) => finishSignOn(door, provider, request.url)),
  );
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { settle, type HubContext } from '../access/index.js';
import { incoming } from '../platform/http/incoming.js';
import { isOwnOrigin } from '../platform/http/origin.js';
import { chooseLanguage } from '../platform/language.js';
import type { Platform } from '../platform/platform.js';
import { inLanguage } from '../platform/sentences.js';
import { openOperation } from './open-operation.js';

/** An answer to a request beside the API that could not be fulfilled, in the shape and language of the API’s errors. */
export const problem = (reply: FastifyReply, status: number, code: string, message: string) =>
  reply.status(status).send({
    errors: [
      { message: inLanguage(message, chooseLanguage(reply.request.headers['accept-language'])), extensions: { code } },
    ],
  });

export type BesideApi = (ctx: HubContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What somebody sent cannot be taken: `TOO_LARGE` is answered with 413, everything else with 400. */
export abstract class Unacceptable extends Error {
  abstract readonly code: string;
}

/**
 * Guards routes that take or give files, which do not fit into JSON: the same session, origin and transaction as in the
 * API, and a fault of the file is told to whoever sent it.
 */
export function besideApi(platform: Platform) {
  const { config } = platform;
  const open = openOperation(platform);
  const secure = config.baseUrl?.startsWith('https:') ?? false;
  return (answer: BesideApi) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      reply.header('cache-control', 'private, no-store');
      if (!isOwnOrigin(request.headers, config.baseUrl)) {
        return problem(reply, 403, 'FORBIDDEN', 'Requests from other sites are refused.');
      }
      const ctx = await open(incoming(request, reply, secure), { touch: true });
      try {
        return await answer(ctx, request, reply);
      } catch (error) {
        if (error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED') {
          return await problem(reply, 429, 'RATE_LIMITED', error.message);
        }
        if (!(error instanceof Unacceptable)) throw error;
        return await problem(reply, error.code === 'TOO_LARGE' ? 413 : 400, error.code, error.message);
      } finally {
        await settle(ctx);
      }
    };
}

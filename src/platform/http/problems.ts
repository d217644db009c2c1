import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from '../language.js';
import { isBusy, RETRY_AFTER_SECONDS } from '../busy.js';
import { BUSY_WORDS } from '../graphql/errors.js';
import { inLanguage } from '../sentences.js';

const CODES: Record<number, string> = { 413: 'PAYLOAD_TOO_LARGE', 429: 'RATE_LIMITED', 500: 'INTERNAL', 503: 'BUSY' };
const MESSAGES: Record<number, string> = {
  400: 'The body is not valid JSON.',
  413: 'The request is too large.',
  415: 'The body must be application/json.',
  429: 'Too many requests. Try again in a minute.',
  500: 'Something went wrong on our side.',
  503: BUSY_WORDS,
};

const BUSY_EXTRA = { retryAfterSeconds: RETRY_AFTER_SECONDS };

/** Every problem that arises before GraphQL is JSON in GraphQL's shape, in every mode; never a page or a stack. */
function answer(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const given = error.statusCode ?? 500;
  const status = isBusy(error) ? 503 : given >= 400 && given < 500 ? given : 500;
  if (status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  const sentence = MESSAGES[status] ?? 'The request cannot be answered.';
  const message = inLanguage(sentence, chooseLanguage(request.headers['accept-language']));
  const code = CODES[status] ?? 'BAD_REQUEST';
  const extensions = { code, ...(status === 500 && { requestId: request.id }), ...(status === 503 && BUSY_EXTRA) };
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  return reply
    .status(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send({ errors: [{ message, extensions }] });
}

/** Call it before the routes are registered. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answer);
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseLanguage } from '../language.js';
import { inLanguage } from '../sentences.js';

const CODES: Record<number, string> = { 413: 'PAYLOAD_TOO_LARGE', 429: 'RATE_LIMITED', 500: 'INTERNAL' };
const MESSAGES: Record<number, string> = {
  400: 'The body is not valid JSON.',
  413: 'The request is too large.',
  415: 'The body must be application/json.',
  429: 'Too many requests. Try again in a minute.',
  500: 'Something went wrong on our side.',
};

/** Every problem that arises before GraphQL is JSON in GraphQL's shape, in every mode; never a page or a stack. */
function answer(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const given = error.statusCode ?? 500;
  const status = given >= 400 && given < 500 ? given : 500;
  if (status === 500) request.log.error({ reqId: request.id, err: error }, 'a request failed');
  const sentence = MESSAGES[status] ?? 'The request cannot be answered.';
  const message = inLanguage(sentence, chooseLanguage(request.headers['accept-language']));
  const code = CODES[status] ?? 'BAD_REQUEST';
  const extensions = status === 500 ? { code, requestId: request.id } : { code };
  return reply
    .status(status)
    .header('content-type', 'application/json; charset=utf-8')
    .send({ errors: [{ message, extensions }] });
}

/** Call it before the routes are registered. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answer);
}

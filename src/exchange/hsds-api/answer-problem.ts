import type { FastifyReply, FastifyRequest } from 'fastify';
import { isBusy, RETRY_AFTER_SECONDS } from '../../platform/busy.js';
import { Moved } from './missing.js';
import { ApiProblem, REQUESTS_PER_MINUTE } from './problem.js';

const byStatus: Readonly<Record<number, ApiProblem>> = {
  413: new ApiProblem(413, 'TOO_LARGE', 'Send a smaller body.'),
  415: new ApiProblem(415, 'BAD_BODY', 'Send application/json, or a form.'),
  429: new ApiProblem(429, 'RATE_LIMITED', `Ask at most ${REQUESTS_PER_MINUTE} times a minute; see Retry-After.`),
};
const badBody = new ApiProblem(400, 'BAD_BODY', 'Send the parameters as one JSON object, such as {"search": "food"}.');
const busy = new ApiProblem(
  503,
  'BUSY',
  'Too much is asked at the moment; nothing was read. Ask again, see Retry-After.',
);
const internal = new ApiProblem(500, 'INTERNAL', 'Something went wrong on our side.');

function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (isBusy(error)) return busy;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return byStatus[status] ?? (status >= 400 && status < 500 ? badBody : internal);
}

/** Every problem is JSON that says what to change. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error);
  reply.type('application/json; charset=utf-8').header('cache-control', 'no-store');
  if (problem === internal) request.log.error({ reqId: request.id, err: error }, 'an HSDS request failed');
  if (problem === busy) reply.header('retry-after', RETRY_AFTER_SECONDS);
  if (problem.status === 405) reply.header('allow', 'GET, HEAD, POST, OPTIONS');
  if (problem instanceof Moved) reply.header('location', problem.location);
  return reply.status(problem.status).send(problem.body());
}

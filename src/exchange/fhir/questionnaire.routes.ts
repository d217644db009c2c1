import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { settle, type HubContext, type Permission } from '../../access/index.js';
import { openOperation } from '../../identity/index.js';
import { incoming } from '../../platform/http/incoming.js';
import type { Platform } from '../../platform/platform.js';
import { findQuestionnaire, questionnaires, type FhirQuestionnaire } from '../../screening/index.js';

const TYPE = 'application/fhir+json; charset=utf-8';

type Answer = (ctx: HubContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function refuse(reply: FastifyReply, status: number, code: string, diagnostics: string): FastifyReply {
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
  return reply.status(status).send(JSON.stringify(outcome));
}

/**
 * The screening forms as FHIR R4 Questionnaires, for software with an API key and for people who are signed in:
 * `GET /fhir/Questionnaire` (`url`, `version`) and `GET /fhir/Questionnaire/:id`. Forms may be licensed, so not for everybody.
 */
export async function serveQuestionnaires(server: FastifyInstance, platform: Platform): Promise<void> {
  const open = openOperation(platform);
  const secure = platform.config.baseUrl?.startsWith('https:') ?? false;
  const guarded =
    (anyOf: readonly Permission[], answer: Answer) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      reply.header('cache-control', 'no-store').type(TYPE);
      const ctx = await open(incoming(request, reply, secure), { touch: true, reads: true });
      try {
        if (!ctx.caller) return refuse(reply, 401, 'login', 'Sign in, or send an API key as a bearer token.');
        if (!anyOf.some((permission) => ctx.caller?.permissions.has(permission))) {
          return refuse(reply, 403, 'forbidden', 'You may not read screening forms.');
        }
        return await answer(ctx, request, reply);
      } finally {
        await settle(ctx);
      }
    };
  const readers = ['screening.read', 'instrument.write'] as const;
  server.get('/fhir/Questionnaire', guarded(readers, search));
  server.get('/fhir/Questionnaire/:id', guarded(readers, read));
}

const search: Answer = async (ctx, request, reply) => {
  const { url, version } = request.query as Record<string, unknown>;
  const matches = (one: FhirQuestionnaire): boolean =>
    (url === undefined || one.url === url) && (version === undefined || one.version === version);
  const found = (await questionnaires(ctx)).filter(matches);
  const entry = found.map((resource) => ({ resource, search: { mode: 'match' } }));
  return reply.send(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: found.length, entry }));
};

const read: Answer = async (ctx, request, reply) => {
  const { id } = request.params as { id: string };
  const found = await findQuestionnaire(ctx, id);
  return found ? reply.send(JSON.stringify(found)) : refuse(reply, 404, 'not-found', 'There is no such form.');
};

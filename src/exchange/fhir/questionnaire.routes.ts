import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { settle, writeAudited, type HubContext, type Permission } from '../../access/index.js';
import { openOperation } from '../../identity/index.js';
import { incoming } from '../../platform/http/incoming.js';
import type { Platform } from '../../platform/platform.js';
import { Problems } from '../../caseload/index.js';
import { Refusal } from '../../platform/graphql/refusal.js';
import { inLanguage } from '../../platform/sentences.js';
import {
  findQuestionnaire,
  leftIn,
  questionnaireId,
  questionnaires,
  uploadInstrument,
  type FhirQuestionnaire,
} from '../../screening/index.js';

/** As long as a form that is uploaded by hand may be, in the most bytes that takes. */
const MOST_BYTES = 800_000;
const TYPE = 'application/fhir+json; charset=utf-8';

type Answer = (ctx: HubContext, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

function refuse(reply: FastifyReply, status: number, code: string, diagnostics: string): FastifyReply {
  const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
  return reply.status(status).send(JSON.stringify(outcome));
}

/**
 * The screening forms as FHIR R4 Questionnaires, for software with an API key and for people who are signed in:
 * `GET /fhir/Questionnaire` (`url`, `version`), `GET /fhir/Questionnaire/:id`, and `POST /fhir/Questionnaire`, which takes one
 * that loses nothing, or with `?left=accept` all but what the hub cannot hold. Forms may be licensed, so not for everybody.
 */
export async function serveQuestionnaires(server: FastifyInstance, platform: Platform): Promise<void> {
  const open = openOperation(platform);
  const secure = platform.config.baseUrl?.startsWith('https:') ?? false;
  const guarded =
    (anyOf: readonly Permission[], answer: Answer, reads = true) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      reply.header('cache-control', 'no-store').type(TYPE);
      const ctx = await open(incoming(request, reply, secure), { touch: true, reads });
      try {
        if (!ctx.caller) return refuse(reply, 401, 'login', 'Sign in, or send an API key as a bearer token.');
        if (!anyOf.some((permission) => ctx.caller?.permissions.has(permission))) {
          return refuse(
            reply,
            403,
            'forbidden',
            reads ? 'You may not read screening forms.' : 'You may not add screening forms.',
          );
        }
        return await answer(ctx, request, reply);
      } finally {
        await settle(ctx);
      }
    };
  const readers = ['screening.read', 'instrument.write'] as const;
  server.get('/fhir/Questionnaire', guarded(readers, search));
  server.get('/fhir/Questionnaire/:id', guarded(readers, read));
  await server.register(async (scope) => {
    // Types that no form of a page can send, so that a foreign page asks first and is refused.
    scope.removeAllContentTypeParsers();
    const json = ['application/fhir+json', 'application/json'];
    scope.addContentTypeParser(json, { parseAs: 'string', bodyLimit: MOST_BYTES }, (_, body, done) => done(null, body));
    scope.post('/fhir/Questionnaire', { bodyLimit: MOST_BYTES }, guarded(['instrument.write'], create, false));
  });
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

type Taken = Awaited<ReturnType<typeof uploadInstrument>>;

/** Takes a form in a transaction of its own, with its line of the audit. */
async function taken(ctx: HubContext, text: string, acceptLeft: boolean): Promise<Taken | Refusal> {
  try {
    return await writeAudited(ctx, () => uploadInstrument(ctx, { text, acceptLeft }));
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const create: Answer = async (ctx, request, reply) => {
  const { left } = request.query as { left?: unknown };
  const done = await taken(ctx, typeof request.body === 'string' ? request.body : '', left === 'accept');
  const words = (text: string): string => inLanguage(text, ctx.language);
  if (done instanceof Refusal) {
    const conflict = done.code === 'VERSION_NOT_HIGHER';
    return refuse(reply, conflict ? 409 : 422, conflict ? 'conflict' : 'invalid', words(done.message));
  }
  const issues = (texts: readonly string[], code: string) =>
    reply.status(422).send(
      JSON.stringify({
        resourceType: 'OperationOutcome',
        issue: texts.map((diagnostics) => ({ severity: 'error', code, diagnostics })),
      }),
    );
  if (done instanceof Problems) {
    return issues(
      done.userErrors.map(({ message }) => words(message)),
      'invalid',
    );
  }
  if (!('form' in done)) {
    return issues(
      leftIn(ctx, done.left).map(({ linkId, why }) => `${linkId}: ${why}`),
      'not-supported',
    );
  }
  const id = questionnaireId(done.form.key, done.form.version);
  return reply
    .status(201)
    .header('location', `/fhir/Questionnaire/${id}`)
    .send(JSON.stringify(await findQuestionnaire(ctx, id)));
};

import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { languageOf } from '../../access/index.js';
import { besideApi, problem, type BesideApi } from '../../identity/index.js';
import { isId } from '../../platform/id.js';
import type { Platform } from '../../platform/platform.js';
import { reportColumns, reportName, reportRow, type ReportRow } from './report-words.js';
import { addPart, partLimit } from './upload-store.js';

/**
 * Files of imports: `PUT /imports/files/:id` takes one in parts, `GET /imports/:id/problems.csv` gives a report
 * (`?language=es` in Spanish). Beside
 * the API because neither fits into JSON; the same session, permission and origin are asked for.
 */
export async function serveImports(server: FastifyInstance, platform: Platform): Promise<void> {
  const guard = besideApi(platform);
  const guarded = (answer: BesideApi) =>
    guard(async (ctx, request, reply) => {
      if (!ctx.caller) return problem(reply, 401, 'UNAUTHENTICATED', 'Sign in first.');
      if (!ctx.caller.permissions.has('directory.import')) {
        return problem(reply, 403, 'FORBIDDEN', 'You may not import.');
      }
      return answer(ctx, request, reply);
    });

  await server.register(async (scope) => {
    // The body goes to the disk as it comes. A type that no form can send, so a foreign page asks first and is refused.
    scope.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
    scope.put('/imports/files/:id', { bodyLimit: partLimit, config: { door: false } }, guarded(takePart));
    scope.get('/imports/:id/problems.csv', guarded(sendProblems));
  });
}

const takePart: BesideApi = async (ctx, request, reply) => {
  const { id } = request.params as { id: string };
  const { name, at, total } = request.query as Record<string, unknown>;
  const numbers = [Number(at), Number(total)] as const;
  const named = typeof name === 'string' && name.length > 0 && name.length <= 255 && !/[/\\\0]/.test(name);
  if (!isId(id) || !named || numbers.some((number) => !Number.isSafeInteger(number) || number < 0)) {
    return problem(reply, 400, 'BAD_USER_INPUT', 'An id, name, at and total are expected.');
  }
  const userId = ctx.caller?.userId ?? null;
  const owner = userId ?? ctx.caller?.organizationId;
  const { config } = ctx.platform;
  const body = request.body as Readable | undefined;
  if (!owner || !body) return problem(reply, 400, 'BAD_USER_INPUT', 'The file is expected as the body.');
  const { received, complete } = await addPart(config, {
    id,
    owner,
    fileName: name,
    at: numbers[0],
    total: numbers[1],
    body,
  });
  if (complete) {
    const now = ctx.clock.now().toISOString();
    await ctx.db.write(async (em) => {
      await sql`insert into hub.import_upload (id, file_name, kind, bytes, sha256, uploaded_by, uploaded_at)
        values (${id}, ${name}, ${complete.kind}, ${received}, ${complete.sha256}, ${userId}, ${now}) on conflict (id) do nothing`.execute(
        em.getKysely<unknown>(),
      );
    });
  }
  return reply.send({ received, complete: complete !== undefined });
};

const rowsAtOnce = 2000;

const sendProblems: BesideApi = async (ctx, request, reply) => {
  const { id } = request.params as { id: string };
  // A browser that fetches a file says its own language, not that of the page: the page's address says which.
  const { language: tag } = request.query as Record<string, unknown>;
  const language = languageOf(ctx, typeof tag === 'string' ? tag : null);
  const db = (await ctx.db.em()).getKysely<unknown>();
  const found = isId(id) ? await sql`select from hub.import_run where id = ${id}::uuid`.execute(db) : undefined;
  if (!found || found.rows.length === 0) return problem(reply, 404, 'NOT_FOUND', 'There is no such import.');
  const table = stringify({
    header: true,
    bom: true,
    columns: reportColumns(language),
    record_delimiter: 'windows',
    escape_formulas: true, // A spreadsheet must not run what a file says.
  });
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${reportName(id, language)}"`);
  void reply.send(table); // A reply that is waited for waits for the end of the table.
  for (let last = '0'; ;) {
    const { rows } = await sql<ReportRow & { id: string }>`
      select id::text as id, severity, code, file, line, entity as "table", source_key as source_id, field as "column", message,
        subject as name
      from hub.import_problem where run_id = ${id}::uuid and id > ${last}::bigint order by id limit ${rowsAtOnce}`.execute(
      db,
    );
    for (const { id: _, ...row } of rows) table.write(reportRow(row, language));
    last = rows.at(-1)?.id ?? last;
    if (rows.length < rowsAtOnce) break;
  }
  table.end();
  return reply;
};

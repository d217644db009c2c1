import { type ClientBase, DatabaseError } from 'pg';
import { newId } from '../../../platform/id.js';
import { UnreadablePackage } from '../problems.js';
import type { Reading } from '../read-package.js';
import type { Tally } from './tally.js';
import type { Run } from './upsert.js';

interface Circumstances {
  path: string;
  dryRun: boolean;
  startedBy: string | undefined;
  /** A run that waits on record already. */
  runId: string | undefined;
}

/** Puts a run on record. Under the source's lock, a run of it that still says RUNNING was cut off. */
export async function beginRun(
  client: ClientBase,
  reading: Reading,
  { path, dryRun, startedBy, runId: waiting }: Circumstances,
): Promise<Run> {
  const source = await client.query<{ id: string; fresh: boolean }>(
    `insert into hub.import_source (id, name) values ($1, $2) on conflict (name) do update set name = excluded.name
     returning id, not exists (select from hub.import_run r where r.source_id = import_source.id and r.status = 'DONE' and not r.dry_run) as fresh`,
    [newId(), reading.source],
  );
  const { id: sourceId = '', fresh = false } = source.rows[0] ?? {};
  await client.query(
    `update hub.import_run set status = 'FAILED', finished_at = now(), message = 'The import was cut off; nothing of it was kept.'
     where source_id = $1 and status = 'RUNNING' and id is distinct from $2`,
    [sourceId, waiting ?? null],
  );
  if (waiting !== undefined) {
    await client.query(
      `update hub.import_run set status = 'RUNNING', format = $2, source_id = $3, started_at = now(), message = null where id = $1`,
      [waiting, reading.format, sourceId],
    );
    await client.query('delete from hub.import_problem where run_id = $1', [waiting]); // Of an attempt that was cut off.
    return { client, runId: waiting, sourceId, sourceName: reading.source, fresh, dryRun };
  }
  const runId = newId();
  await client.query(
    `insert into hub.import_run (id, source_id, format, path, dry_run, status, started_by) values ($1, $2, $3, $4, $5, 'RUNNING', $6)`,
    [runId, sourceId, reading.format, path, dryRun, startedBy ?? null],
  );
  return { client, runId, sourceId, sourceName: reading.source, fresh, dryRun };
}

/** Part of the import's own transaction: what is on record as done has been kept. */
export async function endRun({ client, runId }: Run, tally: Tally): Promise<void> {
  await client.query(
    `update hub.import_run set status = 'DONE', finished_at = clock_timestamp(), counts = $2 where id = $1`,
    [runId, JSON.stringify(tally.counts())],
  );
}

/** Rolls back and says why. The connection itself may be what failed: then the next run says it. */
export async function failRun({ client, runId }: Run, error: unknown): Promise<void> {
  const message = reasonOf(error);
  await client.query('rollback').catch(() => undefined);
  await client
    .query(`update hub.import_run set status = 'FAILED', finished_at = now(), message = $2 where id = $1`, [
      runId,
      message,
    ])
    .catch(() => undefined);
}

/** What a curator is told: never a driver's own words, which quote rows and addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof UnreadablePackage) return error.message;
  const { code } = Object(error) as { code?: unknown };
  const what = error instanceof DatabaseError || typeof code === 'string' ? ` (${String(code)})` : '';
  return `Something went wrong on our side${what}. Nothing of it was kept.`;
}

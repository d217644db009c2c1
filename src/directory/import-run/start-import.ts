import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { type ColumnChoice, faultOfChoices } from '../hsds/index.js';
import { faultWords } from './column-faults.js';
import { runImport } from './import-job.js';

/** An import is begun again when its worker died; what fails three times fails for a reason. */
const attempts = 3;

interface Wanted {
  uploadId: string;
  source: string;
  columns?: readonly ColumnChoice[] | null | undefined;
}

/** Puts a trial run of an uploaded file on record and has it run. Returns the run's id. */
export async function tryImport(ctx: HubContext, { uploadId, source, columns }: Wanted): Promise<string> {
  const name = source.trim();
  if (name === '' || name.length > 200) refuse('REQUIRED', 'Say where the listings come from.', 'source');
  const fault = columns ? faultOfChoices(columns) : undefined;
  if (fault) refuse('BAD_COLUMNS', faultWords(fault), 'columns');
  const db = (await ctx.db.em()).getKysely<unknown>();
  const upload = await sql`select from hub.import_upload where id = ${uploadId}::uuid and removed_at is null`.execute(
    db,
  );
  if (upload.rows.length === 0) fail.notFound('Upload');
  await sql`insert into hub.import_source (id, name) values (${newId()}::uuid, ${name}) on conflict (name) do nothing`.execute(
    db,
  );
  return begin(ctx, { uploadId, source: name, dryRun: true, trialId: null, columns: columns ?? null });
}

/** Imports what was tried. Returns the run's id. */
export async function confirmImport(ctx: HubContext, trialId: string): Promise<string> {
  const db = (await ctx.db.em()).getKysely<unknown>();
  const { rows } = await sql<{
    uploadId: string | null;
    source: string;
    status: string;
    dryRun: boolean;
    columns: ColumnChoice[] | null;
    removed: boolean;
    done: boolean;
  }>`
    select r.upload_id as "uploadId", s.name as source, r.status, r.dry_run as "dryRun", r.mapping as columns,
      u.removed_at is not null as removed,
      exists (select from hub.import_run d where d.trial_id = r.id and d.status <> 'FAILED') as done
    from hub.import_run r join hub.import_source s on s.id = r.source_id left join hub.import_upload u on u.id = r.upload_id
    where r.id = ${trialId}::uuid`.execute(db);
  const [trial] = rows;
  if (!trial) return fail.notFound('Import');
  const { uploadId, source, columns } = trial;
  if (!trial.dryRun || trial.status !== 'DONE' || !uploadId) {
    return refuse('NOT_TRIED', 'Only what was tried without a failure can be imported.');
  }
  if (trial.done) return refuse('ALREADY_DECIDED', 'Someone has decided this already.');
  if (trial.removed) return refuse('UPLOAD_GONE', 'The file is no longer here. Send it again.');
  if (columns) {
    await sql`update hub.import_source set mapping = ${JSON.stringify(columns)}::jsonb, mapping_by = ${ctx.caller?.userId ?? null}::uuid,
      mapping_at = ${ctx.clock.now().toISOString()}::timestamptz where name = ${source}`.execute(db);
  }
  return begin(ctx, { uploadId, source, dryRun: false, trialId, columns });
}

interface Begun {
  uploadId: string;
  source: string;
  dryRun: boolean;
  trialId: string | null;
  columns: readonly ColumnChoice[] | null;
}

async function begin(ctx: HubContext, { uploadId, source, dryRun, trialId, columns }: Begun): Promise<string> {
  const em = await ctx.db.em();
  const id = newId();
  await sql`insert into hub.import_run (id, source_id, format, path, dry_run, status, started_at, started_by, upload_id, trial_id, mapping)
    select ${id}::uuid, s.id, '', u.file_name, ${dryRun}, 'WAITING', ${ctx.clock.now().toISOString()}::timestamptz, ${ctx.caller?.userId ?? null}::uuid,
      u.id, ${trialId}::uuid, ${columns && JSON.stringify(columns)}::jsonb
    from hub.import_source s, hub.import_upload u where s.name = ${source} and u.id = ${uploadId}::uuid`.execute(
    em.getKysely<unknown>(),
  );
  await enqueue(em, runImport, { runId: id }, { maxAttempts: attempts });
  return id;
}

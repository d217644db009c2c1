import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { defineTask, type TaskContext } from '../../platform/jobs/task.js';
import { notify } from '../../platform/live/live.js';
import {
  type ColumnChoice,
  faultOfChoices,
  importPackage,
  mappingOf,
  type Progress,
  UnreadablePackage,
} from '../hsds/index.js';
import { peekColumns } from '../hsds/peek-columns.js';
import { faultWords } from './column-faults.js';
import { openClient } from './open-client.js';
import { uploadPath } from './upload-store.js';

/** What a run needs to begin. */
interface Waiting {
  id: string;
  status: string;
  dryRun: boolean;
  source: string;
  startedBy: string | null;
  uploadId: string;
  fileName: string;
  mapping: ColumnChoice[] | null;
  saved: ColumnChoice[] | null;
}

const progressMs = 700;

/** Under this topic and the run's id everybody who looks at an import hears of its progress. */
export const importTopic = 'import';

/** Tries or imports a file that was uploaded. Begun again after a crash, it starts anew: nothing was kept of before. */
export const runImport = defineTask<{ runId: string }>('directory.import', async ({ runId }, context) => {
  const { platform, db } = context;
  const run = await waiting(context, runId);
  if (!run) return;
  const client = await openClient(platform, 'hub import');
  const tell = teller(context, runId);
  // A process that stops does not wait for an import: what was done so far goes with the connection.
  const letGo = () => client.connection.stream.destroy();
  context.job.signal.addEventListener('abort', letGo, { once: true });
  try {
    const path = uploadPath(platform.config, run.uploadId, run.fileName);
    if (!existsSync(path)) throw new UnreadablePackage('The file is no longer on this machine. Send it again.');
    const choices = run.mapping ?? (await columnsOf(path, run));
    if (choices) {
      await db.write(async (em) => {
        await sql`update hub.import_run set mapping = ${JSON.stringify(choices)}::jsonb where id = ${runId}::uuid`.execute(
          em.getKysely<unknown>(),
        );
      });
    }
    const fault = choices && faultOfChoices(choices);
    if (fault) throw new UnreadablePackage(faultWords(fault));
    await importPackage(client, path, {
      source: run.source,
      dryRun: run.dryRun,
      runId,
      fileName: run.fileName,
      ...(run.startedBy && { startedBy: run.startedBy }),
      ...(choices && { mapping: mappingOf(choices, run.source) }),
      onProgress: tell.progress,
    });
  } catch (error) {
    // What cannot be read stays so however often it is tried. Else it is given up at last: nobody waits for ever.
    const isUnreadable = error instanceof UnreadablePackage;
    if (isUnreadable || context.job.last) {
      await client.query(
        `update hub.import_run set status = 'FAILED', finished_at = now(), message = $2 where id = $1 and status not in ('DONE', 'FAILED')`,
        [runId, isUnreadable ? error.message : 'Something went wrong on our side. Nothing of it was kept.'],
      );
    }
    if (!isUnreadable) throw error;
  } finally {
    context.job.signal.removeEventListener('abort', letGo);
    await client.end().catch(() => undefined);
    await tell.end();
  }
});

async function waiting({ db }: TaskContext, runId: string): Promise<Waiting | undefined> {
  const { rows } = await sql<Waiting>`
    select r.id, r.status, r.dry_run as "dryRun", s.name as source, r.started_by as "startedBy", r.upload_id as "uploadId",
      u.file_name as "fileName", r.mapping, s.mapping as saved
    from hub.import_run r join hub.import_source s on s.id = r.source_id join hub.import_upload u on u.id = r.upload_id
    where r.id = ${runId}::uuid and r.status <> 'DONE'`.execute((await db.em()).getKysely<unknown>());
  await db.end();
  return rows[0];
}

/** How plain tables of no known shape are read: as the source's tables were read before, else as their headers tell. */
async function columnsOf(path: string, { saved, fileName }: Waiting): Promise<ColumnChoice[] | undefined> {
  const proposed = await peekColumns(path, fileName);
  if (!proposed) return undefined;
  const placeOf = ({ table, column }: ColumnChoice): string => JSON.stringify([table ?? '', column]);
  const known = new Map(saved?.map((choice) => [placeOf(choice), choice.target]));
  return proposed.map((choice) => ({
    ...choice,
    target: known.has(placeOf(choice)) ? (known.get(placeOf(choice)) ?? null) : choice.target,
  }));
}

/** Writes down how far an import is and tells those who look, now and then. */
function teller({ db }: TaskContext, runId: string) {
  let last = 0;
  let telling: Promise<void> = Promise.resolve();
  const tell = (progress: Progress | null): Promise<void> =>
    db.write(async (em) => {
      await sql`update hub.import_run set progress = ${progress && JSON.stringify(progress)}::jsonb where id = ${runId}::uuid`.execute(
        em.getKysely<unknown>(),
      );
      await notify(em, importTopic, runId, runId);
    });
  return {
    progress: (progress: Progress): void => {
      const now = performance.now();
      if (now - last < progressMs) return;
      last = now;
      telling = telling.then(() => tell(progress)).catch(() => undefined); // The next one says more.
    },
    end: async (): Promise<void> => {
      await telling;
      await tell(null);
    },
  };
}

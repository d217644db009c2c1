import { sql } from 'kysely';
import { type Cron, defineTask } from '../../platform/jobs/task.js';
import { removeStaleParts, removeUpload } from './upload-store.js';

/** Days for which an uploaded file waits to be imported, or to be looked at again. */
const keptDays = 14;
const dayMs = 86_400_000;

/** Takes away uploaded files that are of no use any more. What became of them stays on record. */
export const clearUploads = defineTask<Record<string, never>>(
  'directory.clear-uploads',
  async (_, { db, platform }) => {
    const now = platform.clock.now();
    const before = new Date(now.getTime() - keptDays * dayMs);
    const old = await db.write(async (em) => {
      const { rows } = await sql<{ id: string; fileName: string }>`
      update hub.import_upload u set removed_at = ${now.toISOString()}::timestamptz
      where removed_at is null and uploaded_at < ${before.toISOString()}::timestamptz
        and not exists (select from hub.import_run r where r.upload_id = u.id and r.status in ('WAITING', 'RUNNING'))
      returning id, file_name as "fileName"`.execute(em.getKysely<unknown>());
      return rows;
    });
    for (const { id, fileName } of old) await removeUpload(platform.config, id, fileName);
    await removeStaleParts(platform.config, new Date(now.getTime() - dayMs));
  },
);

export const importCrons: Cron[] = [{ task: clearUploads, match: '40 4 * * *' }];

import { sql } from 'kysely';
import { defineTask } from '../../platform/jobs/task.js';

const WAITS_MS = 24 * 60 * 60_000;
const AT_ONCE = 200;

/** Takes away files that nobody tied to anything within a day: bytes first, so that a row is left when it fails. */
export const clearFiles = defineTask<Record<string, never>>('identity.clear-files', async (_, { db, platform }) => {
  const before = new Date(platform.clock.now().getTime() - WAITS_MS).toISOString();
  for (;;) {
    const gone = await db.write(async (em) => {
      const rows = await em.execute<{ id: string }[]>(
        `select id from hub.stored_file where attached_at is null and created_at < ? order by created_at limit ?
         for update skip locked`,
        [before, AT_ONCE],
      );
      for (const { id } of rows) await platform.files.remove(id);
      const ids = rows.map(({ id }) => id);
      await sql`delete from hub.stored_file where id = any (${ids}::uuid[])`.execute(em.getKysely<unknown>());
      return rows.length;
    });
    if (gone < AT_ONCE) return;
  }
});

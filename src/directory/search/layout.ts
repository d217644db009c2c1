import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** Grows when a release puts something new into the documents: they are built anew then, once, in the background. */
const LAYOUT = '3';
const NAME = 'layout';

/** Whether there are documents that another release built. */
export async function isOldLayout(em: EntityManager): Promise<boolean> {
  const { rows } = await sql<{ old: boolean }>`
    select exists (select from hub.search_document) and not exists (
      select from hub.search_state where name = ${NAME} and value = ${LAYOUT}) as old`.execute(em.getKysely<unknown>());
  return rows[0]?.old ?? false;
}

/** Notes that every document has the layout of this release. */
export async function noteLayout(em: EntityManager): Promise<void> {
  await sql`insert into hub.search_state (name, value) values (${NAME}, ${LAYOUT})
    on conflict (name) do update set value = excluded.value`.execute(em.getKysely<unknown>());
}

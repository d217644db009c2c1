import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { isOldLayout } from './layout.js';
import { rebuildSearch } from './rebuild.js';

export const rebuildForLayout = defineTask<Record<string, never>>('search.layout', async (_, { db, platform }) => {
  await rebuildSearch(db, platform.search);
});

/** Has the documents built anew, in the background, when another release built them. */
export async function renewLayout(em: EntityManager): Promise<void> {
  if (await isOldLayout(em)) await enqueue(em, rebuildForLayout, {}, { jobKey: rebuildForLayout.name });
}

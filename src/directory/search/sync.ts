import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask, type Cron, type Task } from '../../platform/jobs/task.js';
import { PUSH_TASK, REBUILD_TASK } from '../../platform/search/failover.js';
import { recount } from '../../platform/search/postgres/documents.js';
import { postgresSearch } from '../../platform/search/postgres/engine.js';
import { rebuildSearch } from './rebuild.js';
import { rebuildForLayout } from './renew-layout.js';

/** Seconds until the next attempt, doubled each time: an hour of outage costs sixty attempts, not thousands. */
const FIRST_PAUSE = 2;
const LONGEST_PAUSE = 60;

/**
 * Tells the replica what changed. A failure puts it off instead of failing: a job of the queue is given up after some
 * days, but an outage may last longer, and nothing that waits may be forgotten.
 */
const pushSearch = defineTask<{ attempt?: number }>(PUSH_TASK, async ({ attempt = 0 }, { db, platform }) => {
  const { replica } = platform.search;
  try {
    await replica?.push((work) => db.write(work));
  } catch (error) {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(attempt, 10));
    platform.log.warn({ err: error, attempt, pause }, 'the search replica is told later');
    const runAt = new Date(Date.now() + pause * 1000);
    await db.write((em) => enqueue(em, PUSH_TASK, { attempt: attempt + 1 }, { jobKey: PUSH_TASK, runAt }));
  }
});

/** Looks after the replica: builds one that is missing, brings settings and synonyms up to date, pushes what waits. */
export const watchSearch = defineTask<Record<string, never>>('search.watch', async (_, { db, platform }) => {
  const { replica } = platform.search;
  if (!replica) return;
  try {
    const changed = await replica.prepare((work) => db.write(work));
    if (changed.length > 0) platform.log.info({ changed }, 'the search replica was brought up to date');
    await replica.push((work) => db.write(work));
  } catch (error) {
    // The next look is minutes away.
    platform.log.warn({ err: error }, 'the search replica could not be looked after');
  }
});

/** Builds the replica anew, beside the one that is searched. */
const rebuildReplica = defineTask<Record<string, never>>(REBUILD_TASK, async (_, { db, platform }) => {
  await platform.search.replica?.rebuild((work) => db.write(work));
});

/** The nightly comparison: the documents with the directory, then the replica with the documents. */
const reconcileSearch = defineTask<Record<string, never>>('search.reconcile', async (_, { db, platform }) => {
  const { search, log } = platform;
  await rebuildSearch(db, { ...search, swap: postgresSearch.swap });
  const repairs = await search.replica?.reconcile((work) => db.write(work));
  if (repairs && repairs.added + repairs.deleted > 0) log.warn(repairs, 'the search replica differed and was repaired');
});

/**
 * Counts words and names anew once much came in: until then each new word counts as one, and what is rare and what is
 * misspelled is told by how often words are written.
 */
export const recountSearch = defineTask<Record<string, never>>('search.recount', async (_, { db }) => {
  await db.write(recount);
});

export const searchTasks: Task<never>[] = [
  pushSearch,
  watchSearch,
  reconcileSearch,
  rebuildReplica,
  rebuildForLayout,
  recountSearch,
];
export const searchCrons: Cron[] = [
  { task: watchSearch, match: '*/5 * * * *' },
  { task: reconcileSearch, match: '41 3 * * *' },
];

import { asTask } from '../platform/database/operation.js';
import { countJobs, givenUp, waitingWork } from '../platform/jobs/dead.js';
import type { Platform } from '../platform/platform.js';
import type { HubState, SearchState } from './hub-state.types.js';
import { kindOfTask } from './work.js';

const withKind = <T extends { task: string }>(work: T) => ({ ...work, kind: kindOfTask(work.task) ?? 'CLEARING' });

async function searchState({ search, orm }: Platform): Promise<SearchState> {
  const { replica } = search;
  const [entries, waiting] = await Promise.all([
    asTask(orm).write((em) => search.count(em)),
    replica ? asTask(orm).write((em) => replica.waiting(em)) : 0,
  ]);
  return { engine: search.name, standingIn: replica ? !replica.status().up : false, waiting, entries };
}

async function databaseMs({ jobPool }: Platform): Promise<number> {
  const began = performance.now();
  await jobPool.query('select 1');
  return performance.now() - began;
}

/** Looks at everything an operator asks about, in all processes; live news are those of this process. */
export async function hubState(platform: Platform): Promise<HubState> {
  const { jobPool, live, load, clock } = platform;
  // First and alone: behind the others it would measure the wait for a connection.
  const answered = await databaseMs(platform);
  const [counts, waiting, dead, search] = await Promise.all([
    countJobs(jobPool),
    waitingWork(jobPool),
    givenUp(jobPool),
    searchState(platform),
  ]);
  return {
    running: counts.running,
    waiting: waiting.map(withKind),
    givenUp: dead.map(withKind),
    search,
    liveLagSeconds: live.lagMs() / 1000,
    turnsAway: load.turnsAway(),
    turnedAway: Object.values(load.counts()).reduce((sum, one) => sum + one, 0),
    databaseMs: answered,
    at: clock.now(),
  };
}

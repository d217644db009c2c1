import { defineTask, type Cron } from '../platform/jobs/task.js';
import { publishReports } from './publish-reports.js';

/** Looks each night whether a period may be published; most nights there is nothing to do. */
export const publishDue = defineTask<Record<string, never>>('population.publish', (_, { db, platform }) =>
  db.write((em) => publishReports(em, platform.clock.now())),
);

export const populationCrons: Cron[] = [{ task: publishDue, match: '20 7 * * *' }];

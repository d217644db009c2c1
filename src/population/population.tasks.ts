import { on, type EventName } from '../platform/events.js';
import { defineTask, type Cron } from '../platform/jobs/task.js';
import { rebuildPopulation, refreshPatient } from './refresh.js';
import '../caseload/index.js';
import '../screening/index.js';
import '../referral/index.js';

/** Follows every change that a plan's figures depend on, one patient at a time. */
export const refreshMember = defineTask<{ patientId: string }>(
  'population.refresh',
  ({ patientId }, { db, platform }) => db.write((em) => refreshPatient(em, patientId, platform.clock.now())),
);

export const rebuildNightly = defineTask<Record<string, never>>('population.rebuild', (_, { db, platform }) =>
  db.write((em) => rebuildPopulation(em, platform.clock.now())),
);

const CHANGES = [
  'patient.registered',
  'patient.changed',
  'screening.completed',
  'need.changed',
  'referral.moved',
  'referral.confirmed',
] as const satisfies readonly EventName[];

export const populationSubscriptions = CHANGES.map((event) => on(event, refreshMember));
export const populationCrons: Cron[] = [{ task: rebuildNightly, match: '20 7 * * *' }];

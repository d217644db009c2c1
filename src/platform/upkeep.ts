import type { Feature } from './feature.js';
import { clearDeadJobs } from './jobs/dead.js';
import { defineTask } from './jobs/task.js';
import { clearLeft } from './mail/once.js';
import { clearLetters } from './mail/outbox.js';
import { clearTexts } from './text/outbox.js';

const DAY_MS = 86_400_000;
/** Longer than a job that was given up may be tried again: what it sent before, it does not send then. */
const LEFT_KEPT_DAYS = 100;
/** A job that was given up is looked at within a quarter, or never. */
const DEAD_JOBS_KEPT_DAYS = 90;

/** Letters and text messages that stayed at home hold addresses, numbers and links: they go after as many days as the settings say. */
export const clearOldLetters = defineTask<Record<string, never>>('platform.clear-letters', async (_, { platform }) => {
  const { clock, config, orm } = platform;
  const before = new Date(clock.now().getTime() - config.lettersKeptDays * DAY_MS);
  await clearLetters(orm, before);
  await clearTexts(orm, before);
  await clearLeft(orm, new Date(clock.now().getTime() - LEFT_KEPT_DAYS * DAY_MS));
});

/** Jobs that succeed leave nothing behind; those that were given up stay for an operator to look at, and then go. */
export const clearOldJobs = defineTask<Record<string, never>>('platform.clear-jobs', async (_, { platform }) => {
  await clearDeadJobs(platform.jobPool, new Date(platform.clock.now().getTime() - DEAD_JOBS_KEPT_DAYS * DAY_MS));
});

/** What keeps the platform's own tables small. What each table keeps, and for how long: docs/retention.md. */
export const upkeep: Feature = {
  name: 'platform',
  tasks: [clearOldLetters, clearOldJobs],
  crons: [
    { task: clearOldLetters, match: '37 8 * * *' },
    { task: clearOldJobs, match: '47 8 * * *' },
  ],
};

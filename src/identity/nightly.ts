import { clearFiles } from './file/nightly.js';
import { defineTask, type Cron } from '../platform/jobs/task.js';

/** Longer than every limit's window. */
const slotsKeptMs = 24 * 60 * 60_000;

/** An invitation that was not taken holds an address of somebody who never came. */
const invitationsKeptMs = 90 * 24 * 60 * 60_000;

/** Deletes what has ended: sessions, reset links, sign-ons that were not finished, counted attempts, old invitations. */
export const clearEnded = defineTask<Record<string, never>>('identity.clear-ended', async (_, { db, platform }) => {
  const now = platform.clock.now();
  await db.write(async (em) => {
    for (const table of ['session', 'password_reset', 'oidc_flow', 'help_session']) {
      await em.execute(`delete from hub.${table} where expires_at <= ?`, [now]);
    }
    await em.execute('delete from hub.invitation where least(expires_at, accepted_at, revoked_at) <= ?', [
      new Date(now.getTime() - invitationsKeptMs),
    ]);
    await em.execute('delete from hub.rate_limit where slot <= ?', [new Date(now.getTime() - slotsKeptMs)]);
  });
});

/** At night in every American time zone. */
export const crons: Cron[] = [
  { task: clearEnded, match: '17 8 * * *' },
  { task: clearFiles, match: '27 8 * * *' },
];

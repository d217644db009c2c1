import { defineTask } from '../../platform/jobs/task.js';

const KEPT_DAYS = 30;

/** Forgets drafts that nobody has touched for a month: what is in them is about somebody and led nowhere. */
export const clearDrafts = defineTask<Record<string, never>>('referral.clear-drafts', (_, { db, platform }) =>
  db.write(async (em) => {
    const before = new Date(platform.clock.now().getTime() - KEPT_DAYS * 86_400_000);
    await em.execute('delete from hub.referral_draft where updated_at < ?', [before]);
  }),
);

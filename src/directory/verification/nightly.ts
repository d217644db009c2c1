import { sql } from 'kysely';
import { defineTask, type Cron } from '../../platform/jobs/task.js';
import { listingRisk, nextVerificationOn } from '../freshness.js';
import { askAgencies } from './request-verification.js';

/** Days of use that say how much a listing matters now, and for which its numbers are kept. */
const USE_DAYS = 90;
const KEPT_DAYS = 400;
const BATCH = 2000;

/** Sums the use of each listing up for the queue: a referral weighs 20, an opening 3, a showing 1. */
export const weighUse = defineTask<Record<string, never>>('directory.weigh-use', async (_, { db, platform }) => {
  const day = (ago: number): string =>
    new Date(platform.clock.now().getTime() - ago * 86_400_000).toISOString().slice(0, 10);
  await db.write(async (em) => {
    const kysely = em.getKysely<unknown>();
    await sql`delete from hub.listing_use where day < ${day(KEPT_DAYS)}::date`.execute(kysely);
    await sql`update hub.service s set use_weight = w.weight from (
        select s.id, coalesce(least(sum(u.sent * 20 + u.opened * 3 + u.shown), 2000000000), 0)::int as weight
        from hub.service s left join hub.listing_use u on u.service_id = s.id and u.day > ${day(USE_DAYS)}::date group by s.id) w
      where w.id = s.id and s.use_weight <> w.weight`.execute(kysely);
  });
});

interface Undated {
  id: string;
  categories: string[];
  sensitivity: string;
  takesReferrals: boolean;
  assuredDate: string;
}

/** Imported listings that say when they were assured, and not when they are due. */
export const setDueDays = defineTask<Record<string, never>>('directory.due-days', async (_, { db }) => {
  for (;;) {
    const done = await db.write(async (em) => {
      const kysely = em.getKysely<unknown>();
      const { rows } = await sql<Undated>`select id, categories, sensitivity, takes_referrals as "takesReferrals",
          assured_date::text as "assuredDate" from hub.service
        where next_verification_on is null and assured_date is not null and status = 'active' limit ${BATCH}`.execute(
        kysely,
      );
      const due = rows.map((row) => ({ id: row.id, due: nextVerificationOn(row.assuredDate, listingRisk(row)) }));
      await sql`update hub.service s set next_verification_on = x.due
        from json_to_recordset(${JSON.stringify(due)}::json) as x (id uuid, due date) where x.id = s.id`.execute(
        kysely,
      );
      return rows.length < BATCH;
    });
    if (done) return;
  }
});

/** Before anybody is at work in America: the queue of the day is ready. */
export const verificationCrons: Cron[] = [
  { task: weighUse, match: '31 7 * * *' },
  { task: setDueDays, match: '36 7 * * *' },
  { task: askAgencies, match: '3 14 * * 1-5' },
];

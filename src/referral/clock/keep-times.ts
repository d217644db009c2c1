import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { defineTask } from '../../platform/jobs/task.js';
import { FEWEST_PEOPLE } from '../weigh-answers.js';

/** Referrals of the last year say how long an agency takes now. */
const DAYS = 365;

/**
 * Renews what is known of how long agencies take. What is late and not done counts as long as it has taken until now, so
 * that nobody looks faster for never answering; what the sender took back before its time says nothing.
 */
export const keepTimes = defineTask<Record<string, never>>('referral.keep-times', async (_, { db, platform }) => {
  const now = platform.clock.now();
  await db.write((em) => renewTimes(em, now));
});

/** The same in a transaction of the caller's; `shownSince`: from when agencies that are new to it could see theirs. */
export async function renewTimes(em: EntityManager, now: Date, shownSince = now): Promise<void> {
  const at = now.toISOString();
  const shown = shownSince.toISOString();
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  await sql`
      with sent as (
        select r.to_org_id, r.patient_id, r.status, r.sent_at, r.seen_at, r.answered_at, r.closed_at, r.see_due_at, r.answer_due_at, r.outcome_due_at,
          r.contact_due_at, r.clock_paused_at, coalesce(r.first_contact_at, (select min(t.at) from hub.referral_transition t
            where t.referral_id = r.id and t.to_status in ('IN_PROGRESS', 'COMPLETED'))) as reached_at
        from hub.referral r join hub.organization o on o.id = r.to_org_id and o.claimed_at is not null
        where r.sent_at > ${since}::timestamptz and r.status not in ('DRAFT', 'ENTERED_IN_ERROR') and r.consent_ended_at is null
      ), times as (
        select to_org_id, patient_id, 'SEE' as clock, sent_at as started, coalesce(least(seen_at, answered_at), case when status = 'REQUESTED' and see_due_at < ${at}::timestamptz then ${at}::timestamptz end) as ended from sent
        union all
        select to_org_id, patient_id, 'ANSWER', sent_at, coalesce(answered_at, case when status = 'REQUESTED' and answer_due_at < ${at}::timestamptz and clock_paused_at is null then ${at}::timestamptz end) from sent
        union all
        select to_org_id, patient_id, 'CONTACT', answered_at, coalesce(reached_at, case when status = 'ACCEPTED' and contact_due_at < ${at}::timestamptz then ${at}::timestamptz end) from sent
        where status not in ('REQUESTED', 'REJECTED', 'CANCELLED')
        union all
        select to_org_id, patient_id, 'OUTCOME', answered_at, coalesce(closed_at, case when status in ('ACCEPTED', 'IN_PROGRESS') and outcome_due_at < ${at}::timestamptz then ${at}::timestamptz end) from sent
        where status in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED', 'FAILED')
      ), measured as (
        select to_org_id as id, clock, count(*)::int as n, percentile_cont(0.5) within group (order by hours) as median, percentile_cont(0.9) within group (order by hours) as p90
        from (select to_org_id, patient_id, clock, greatest(0, extract(epoch from ended - started) / 3600) as hours from times
          where started is not null and ended is not null) h
        group by to_org_id, clock having count(distinct patient_id) >= ${FEWEST_PEOPLE}
      ), gone as (
        delete from hub.agency_times x where not exists (select from measured m where m.id = x.organization_id and m.clock = x.clock)
      )
      insert into hub.agency_times as x (organization_id, clock, counted, median_hours, p90_hours, shown_since, renewed_at)
      select id, clock, n, median, p90, ${shown}::timestamptz, ${at}::timestamptz from measured
      on conflict (organization_id, clock) do update set counted = excluded.counted, median_hours = excluded.median_hours,
        p90_hours = excluded.p90_hours, renewed_at = excluded.renewed_at`.execute(em.getKysely<unknown>());
}

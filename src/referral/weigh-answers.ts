import { sql } from 'kysely';
import { indexServices } from '../directory/index.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { defineTask } from '../platform/jobs/task.js';

/** Referrals of the last year say how an agency answers now. */
const DAYS = 365;
/** Of fewer people than this nothing is said: one referral cannot tip it, and nobody can be told apart. */
export const FEWEST_PEOPLE = 10;
/** Shares are drawn to the average of all agencies as if so many average referrals were among them. */
const AVERAGE_ONES = 10;
/** Answering within a day is as good as it gets, and after two weeks as bad. */
const FAST_HOURS = 24;
const SLOW_HOURS = 14 * 24;
/** What each counts: whether referrals are accepted, how soon they are answered, whether they help. */
const ACCEPTED = 0.4;
const SOON = 0.3;
const HELPED = 0.3;
/** Smaller changes are not worth telling the search. */
const NOTABLE = 0.02;
const AT_ONCE = 500;

/** Renews what the ranking of the search knows of how agencies have answered referrals: numbers of many, of nobody. */
export const weighAnswers = defineTask<Record<string, never>>('referral.weigh-answers', async (_, { db, platform }) => {
  const now = platform.clock.now();
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  await db.write(async (em) => {
    const { rows } = await sql<{ id: string }>`
      with due as (
        -- Answered, or overdue without an answer, which is one too. What was taken back before its time says nothing.
        select to_org_id, patient_id, status, answered_at is not null as answered,
          status in ('ACCEPTED', 'IN_PROGRESS', 'ON_HOLD', 'COMPLETED', 'FAILED') and answered_at is not null as accepted,
          extract(epoch from coalesce(answered_at, ${now.toISOString()}::timestamptz) - sent_at) / 3600 as hours,
          case when patient_confirmation in ('HELPED', 'PARTLY') then true when patient_confirmation = 'NOT_HELPED' then false
            when kind = 'ASSESSMENT' then null when outcome in ('HELP_RECEIVED', 'PARTLY_HELPED') then true when status in ('COMPLETED', 'FAILED') then false end as helped
        from hub.referral
        where sent_at > ${since}::timestamptz and status not in ('DRAFT', 'ENTERED_IN_ERROR', 'CANCELLED')
          and (answered_at is not null or answer_due_at < ${now.toISOString()}::timestamptz)
      ), average as (
        select coalesce(avg(accepted::int), 0.5) as accepted, coalesce(avg(helped::int), 0.5) as helped from due
      ), agency as (
        select to_org_id as id, count(*) as n, count(helped) as closed, sum(accepted::int) as accepted, sum(helped::int) as helped,
          percentile_cont(0.5) within group (order by hours) as hours
        from due group by to_org_id having count(distinct patient_id) >= ${FEWEST_PEOPLE}
      ), weighed as (
        select g.id, g.n, g.hours, (g.accepted + ${AVERAGE_ONES} * a.accepted) / (g.n + ${AVERAGE_ONES}) as accepted,
          (coalesce(g.helped, 0) + ${AVERAGE_ONES} * a.helped) / (g.closed + ${AVERAGE_ONES}) as helped
        from agency g, average a
      ), gone as (
        delete from hub.agency_answers x where not exists (select from weighed w where w.id = x.organization_id) returning x.organization_id as id
      ), fresh as (
        select w.*, least(1, greatest(0, ${ACCEPTED}::float8 * accepted + ${HELPED}::float8 * helped
          + ${SOON}::float8 * least(1, greatest(0, (${SLOW_HOURS}::float8 - hours) / ${SLOW_HOURS - FAST_HOURS}::float8)))) as points
        from weighed w
      ), notable as (
        select f.id from fresh f left join hub.agency_answers x on x.organization_id = f.id
        where x.points is null or abs(x.points - f.points) >= ${NOTABLE}
      ), kept as (
        insert into hub.agency_answers as x (organization_id, answered, accepted_share, helped_share, median_hours, points, renewed_at)
        select id, n, accepted, helped, hours, points, ${now.toISOString()}::timestamptz from fresh
        on conflict (organization_id) do update set answered = excluded.answered, accepted_share = excluded.accepted_share,
          helped_share = excluded.helped_share, median_hours = excluded.median_hours, points = excluded.points,
          renewed_at = excluded.renewed_at
      )
      select s.id from hub.service s where s.organization_id in (select id from notable union select id from gone) order by s.id`.execute(
      em.getKysely<unknown>(),
    );
    for (let at = 0; at < rows.length; at += AT_ONCE) {
      await enqueue(em, indexServices, { serviceIds: rows.slice(at, at + AT_ONCE).map(({ id }) => id) });
    }
  });
});

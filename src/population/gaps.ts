import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { defineTask } from '../platform/jobs/task.js';
import { suppressSeries } from './suppress.js';

const MONTHS_KEPT = 25;
/** Night work of late answers, and of clocks of every time zone, is in by then. */
const SETTLED_DAYS = 2;

/** People in one county who were sent for one need and declined for one reason. */
interface Raw {
  state: string;
  county: string;
  category: string;
  reason: string;
  people: number;
}

/** People whose referral was declined in a month, or came to nothing for want of room or money; each once a row. */
async function rawCounts(em: EntityManager, month: string): Promise<Raw[]> {
  const { rows } = await sql<Raw>`
    select coalesce(nullif(p.state, ''), z.state, '') as state, coalesce(nullif(p.county, ''), z.county, '') as county, c.category,
      case when t.to_status = 'REJECTED' then t.reason_code else 'FAILED_' || t.reason_code end as reason,
      count(distinct p.id)::int as people
    from hub.referral_transition t join hub.referral r on r.id = t.referral_id join hub.patient p on p.id = r.patient_id
    join hub.organization o on o.id = r.to_org_id
    left join hub.zip_code z on z.zip = left(p.zip, 5)
    cross join lateral unnest(r.categories) c (category)
    where (t.to_status = 'REJECTED' or (t.to_status = 'FAILED' and t.reason_code in ('NO_CAPACITY', 'NOT_ELIGIBLE', 'NO_FUNDS')))
      and t.reason_code is not null
      and t.at >= ${month}::date - interval '2 days' and t.at < ${month}::date + interval '1 month' + interval '2 days'
      and date_trunc('month', t.at at time zone o.time_zone) = ${month}::date
    group by 1, 2, 3, 4`.execute(em.getKysely<unknown>());
  return rows.filter(({ state, county }) => state !== '' && county !== '');
}

/**
 * The rows that may be kept: in each state, for each need and reason, counties and their sum are withheld together, so
 * that no county that is left out can be worked out from those that are not.
 */
export function keptCounts(raw: readonly Raw[]): Raw[] {
  const groups = Map.groupBy(raw, ({ state, category, reason }) => JSON.stringify([state, category, reason]));
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (!first) return [];
    const { counts, total } = suppressSeries(rows.map(({ people }) => people));
    const counties = rows.flatMap((row, index) => {
      const people = counts[index] ?? null;
      return people === null ? [] : [{ ...row, people }];
    });
    return total === null ? counties : [...counties, { ...first, county: '', people: total }];
  });
}

/** Counts every whole month that was not counted yet; a month that was counted stays as it is. */
export async function countGaps(em: EntityManager, now: Date): Promise<void> {
  const db = em.getKysely<unknown>();
  const settled = new Date(now.getTime() - SETTLED_DAYS * 86_400_000).toISOString().slice(0, 10);
  const { rows: months } = await sql<{ month: string }>`
    select to_char(m, 'YYYY-MM-DD') as month from generate_series(date_trunc('month', ${settled}::timestamp) - make_interval(months => ${MONTHS_KEPT}),
      date_trunc('month', ${settled}::timestamp) - interval '1 month', interval '1 month') m
    where not exists (select from hub.gap_month g where g.month = m::date) order by m`.execute(db);
  for (const { month } of months) {
    const kept = keptCounts(await rawCounts(em, month));
    await sql`insert into hub.gap_month (month, counted_at) values (${month}::date, ${now.toISOString()}::timestamptz)`.execute(
      db,
    );
    await sql`insert into hub.gap_count (month, state, county, category, reason, people)
      select ${month}::date, x.* from json_to_recordset(${JSON.stringify(kept)}::json)
        as x (state text, county text, category text, reason text, people int)`.execute(db);
  }
  await sql`delete from hub.gap_month where month < date_trunc('month', ${settled}::timestamp) - make_interval(months => ${MONTHS_KEPT})`.execute(
    db,
  );
}

export const countGapsNightly = defineTask<Record<string, never>>('population.count-gaps', (_, { db, platform }) =>
  db.write((em) => countGaps(em, platform.clock.now())),
);

import type { EntityManager } from '@mikro-orm/postgresql';
import { newId } from '../platform/id.js';
import { collectFacts, forgetFacts } from './collect-facts.js';
import { reportOf } from './report.js';
import { countPeriod } from './report-counts.js';
import { periodsDue, type Period } from './period.js';

/** How far back a hub that begins with old records looks. */
const YEARS_BACK = 5;

/**
 * Publishes every period that is over and not yet published, for all plans at once. What is published is never changed:
 * whoever asks on two days gets the same figures, whatever happened to one person in between.
 */
export async function publishReports(em: EntityManager, now: Date): Promise<void> {
  await em.execute(`select pg_advisory_xact_lock(hashtext('hub.population'))`);
  const periods = await unpublished(em, now);
  if (periods.length === 0) return;
  await collectFacts(em);
  for (const { from, to } of periods) {
    const found = await countPeriod(em, from, to);
    for (const [plan, counts] of found) {
      await em.execute(
        'insert into hub.population_report (id, plan_org_id, first_day, last_day, published_at, figures) values (?, ?, ?, ?, ?, ?)',
        [newId(), plan, from, to, now, JSON.stringify(reportOf(counts))],
      );
    }
    // A hub without members yet has published nothing, and begins when it has some.
    if (found.size > 0) {
      await em.execute('insert into hub.population_period (first_day, last_day, published_at) values (?, ?, ?)', [from, to, now]); // prettier-ignore
    }
  }
  await forgetFacts(em);
}

/** After the last published period, or since the first coverage. */
async function unpublished(em: EntityManager, now: Date): Promise<Period[]> {
  const [row] = await em.execute<{ since: string | null }[]>(
    `select to_char(coalesce((select max(last_day) + 1 from hub.population_period),
       (select greatest(min(starts_on), (?::timestamptz - make_interval(years => ?))::date) from hub.coverage)), 'YYYY-MM-DD') as since`,
    [now, YEARS_BACK],
  );
  return row?.since ? periodsDue(row.since, now) : [];
}

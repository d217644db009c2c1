import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * The age bands of every figure; they add up to the strata of the social need measure (17 and under, 18 to 64, 65 and
 * over). Age is that of the day of the fact.
 */
export const AGE_BANDS = ['0-17', '18-44', '45-64', '65-74', '75+'] as const;

const ageBand = (day: string): string => `(case
  when ${day} < p.birth_date + interval '18 years' then '0-17' when ${day} < p.birth_date + interval '45 years' then '18-44'
  when ${day} < p.birth_date + interval '65 years' then '45-64' when ${day} < p.birth_date + interval '75 years' then '65-74'
  else '75+' end)`;

/** The span that counts for a member: the one that runs, else the last. One row per member and plan. */
const MEMBERS = (only: string) => `
  insert into hub.population_member (plan_org_id, patient_id, age_band, county, state, product_line, covered_from, covered_to)
  select distinct on (c.plan_org_id, c.patient_id) c.plan_org_id, c.patient_id, ${ageBand('today.day')},
    coalesce(p.county, ''), coalesce(p.state, ''), c.product_line, c.starts_on, c.ends_on
  from hub.coverage c join hub.patient p on p.id = c.patient_id cross join (select ?::date as day) today
  where ${only} order by c.plan_org_id, c.patient_id, c.starts_on desc
  on conflict (patient_id, plan_org_id) do update set age_band = excluded.age_band, county = excluded.county, state = excluded.state,
    product_line = excluded.product_line, covered_from = excluded.covered_from, covered_to = excluded.covered_to`;

/** A fact belongs to the plan that covered the person on that day. */
const covered = (
  day: string,
): string => `join hub.coverage c on c.patient_id = p.id and c.starts_on <= ${day} and coalesce(c.ends_on, 'infinity') >= ${day}
  join hub.population_member m on m.patient_id = p.id and m.plan_org_id = c.plan_org_id`;

const SCREENINGS = (only: string) => `
  insert into hub.population_screening (plan_org_id, person_key, screening_id, completed_on, age_band, county, product_line)
  select m.plan_org_id, m.person_key, s.id, s.completed_at::date, ${ageBand('s.completed_at')}, m.county, c.product_line
  from hub.screening s join hub.patient p on p.id = s.patient_id ${covered('s.completed_at::date')}
  where s.status = 'COMPLETED' and ${only} on conflict do nothing`;

/** Only what the patient agreed is a need: possible and refuted ones are no facts about a population. */
const NEEDS = (only: string) => `
  insert into hub.population_need (plan_org_id, person_key, need_id, category, status, identified_on, age_band, county, product_line)
  select m.plan_org_id, m.person_key, n.id, n.category, n.status, n.identified_at::date, ${ageBand('n.identified_at')}, m.county, c.product_line
  from hub.need n join hub.patient p on p.id = n.patient_id ${covered('n.identified_at::date')}
  where n.status in ('CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED') and ${only} on conflict do nothing`;

const REFERRALS = (only: string) => `
  insert into hub.population_referral (plan_org_id, person_key, referral_id, category, sent_on, answered, accepted, closed_by_agency,
    help_received, patient_asked, confirmed_by_patient, age_band, county, product_line)
  select m.plan_org_id, m.person_key, r.id, k.category, r.sent_at::date, r.answered_at is not null,
    r.answered_at is not null and r.status <> 'REJECTED', r.status in ('COMPLETED', 'FAILED', 'REJECTED'),
    r.status = 'COMPLETED' and coalesce(r.outcome in ('HELP_RECEIVED', 'PARTLY_HELPED'), false),
    coalesce(r.patient_confirmation <> 'COULD_NOT_ASK', false), coalesce(r.patient_confirmation in ('HELPED', 'PARTLY'), false),
    ${ageBand('r.sent_at')}, m.county, c.product_line
  from hub.referral r join hub.patient p on p.id = r.patient_id cross join unnest(r.categories) k(category) ${covered('r.sent_at::date')}
  where r.sent_at is not null and r.status <> 'ENTERED_IN_ERROR' and ${only} on conflict do nothing`;

const FACTS = ['population_screening', 'population_need', 'population_referral'] as const;

/** Brings the facts of one patient up to date. Doing it twice changes nothing. */
export async function refreshPatient(em: EntityManager, patientId: string, now: Date): Promise<void> {
  // One at a time for a patient: two jobs about the same one would delete and insert across each other.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [patientId]);
  for (const table of FACTS) {
    await em.execute(
      `delete from hub.${table} f using hub.population_member m
       where m.patient_id = ? and f.plan_org_id = m.plan_org_id and f.person_key = m.person_key`,
      [patientId],
    );
  }
  await em.execute('delete from hub.population_member m where patient_id = ? and not exists (select from hub.coverage c where c.patient_id = m.patient_id and c.plan_org_id = m.plan_org_id)', [patientId]); // prettier-ignore
  await em.execute(MEMBERS('c.patient_id = ?'), [now, patientId]);
  for (const insert of [SCREENINGS, NEEDS, REFERRALS]) await em.execute(insert('p.id = ?'), [patientId]);
  await stamp(em, now, 'where plan_org_id in (select plan_org_id from hub.population_member where patient_id = ?)', [
    patientId,
  ]);
}

/** Makes all facts of all plans anew: after a seed, and nightly because people grow older and move. */
export async function rebuildPopulation(em: EntityManager, now: Date): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', ['hub.population']);
  await em.execute('delete from hub.population_member m where not exists (select from hub.coverage c where c.patient_id = m.patient_id and c.plan_org_id = m.plan_org_id)'); // prettier-ignore
  await em.execute(MEMBERS('true'), [now]);
  for (const table of FACTS) await em.execute(`delete from hub.${table}`);
  for (const insert of [SCREENINGS, NEEDS, REFERRALS]) await em.execute(insert('true'));
  await stamp(em, now, '', []);
}

async function stamp(em: EntityManager, now: Date, where: string, params: string[]): Promise<void> {
  await em.execute(
    `insert into hub.population_refresh (plan_org_id, refreshed_at)
     select distinct plan_org_id, ?::timestamptz from hub.population_member ${where}
     on conflict (plan_org_id) do update set refreshed_at = excluded.refreshed_at`,
    [now, ...params],
  );
}

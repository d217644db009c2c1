import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * The age bands of every figure; they add up to the strata of the social need measure (17 and under, 18 to 64, 65 and
 * over). Age is that of the day of the fact.
 */
export const AGE_BANDS = ['0-17', '18-44', '45-64', '65-74', '75+'] as const;

/** Each band from the day of one birthday to the day before another. */
const BANDS = `(values ('0-17', null, 18), ('18-44', 18, 45), ('45-64', 45, 65), ('65-74', 65, 75), ('75+', 75, null)) band(name, low, high)`;

const MEMBERS = (only: string) => `
  insert into hub.population_member (plan_org_id, patient_id)
  select distinct c.plan_org_id, c.patient_id from hub.coverage c where ${only} on conflict do nothing`;

/** The coverage of each member, cut at the birthdays that lead from one band to the next. */
const SPANS = (only: string) => `
  insert into hub.population_span (plan_org_id, person_key, covered_from, covered_to, age_band, county, product_line)
  select m.plan_org_id, m.person_key, stretch.first, max(stretch.last), band.name, coalesce(p.county, ''), c.product_line
  from hub.coverage c
  join hub.patient p on p.id = c.patient_id
  join hub.population_member m on m.patient_id = c.patient_id and m.plan_org_id = c.plan_org_id
  cross join ${BANDS}
  cross join lateral (select
    greatest(c.starts_on, (p.birth_date + make_interval(years => band.low))::date) as first,
    least(coalesce(c.ends_on, 'infinity'), (p.birth_date + make_interval(years => band.high))::date - 1) as last) stretch
  where stretch.first <= stretch.last and ${only}
  group by m.plan_org_id, m.person_key, stretch.first, band.name, p.county, c.product_line`;

/** The day of a moment where the care organization is: an evening's screening belongs to that evening's month. */
const day = (moment: string): string => `(${moment} at time zone o.time_zone)::date`;

/**
 * A fact belongs to every plan that covered the person on that day; of a plan that covered twice at once, to the
 * coverage that began later.
 */
const facts = (table: string, id: string, columns: string, values: string, from: string, moment: string) => `
  insert into hub.${table} (plan_org_id, person_key, age_band, county, product_line, ${columns})
  select distinct on (${id}, m.plan_org_id) m.plan_org_id, m.person_key, v.age_band, v.county, v.product_line, ${values}
  from ${from}
  join hub.population_member m on m.patient_id = f.patient_id
  join hub.population_span v on v.plan_org_id = m.plan_org_id and v.person_key = m.person_key
    and ${day(moment)} between v.covered_from and v.covered_to
  where f.status <> 'ENTERED_IN_ERROR'`;
const LATER_FIRST = (id: string) => `order by ${id}, m.plan_org_id, v.covered_from desc, v.product_line`;

const SCREENINGS = (only: string) =>
  `${facts(
    'population_screening',
    'f.id',
    'screening_id, completed_on',
    `f.id, ${day('f.completed_at')}`,
    'hub.screening f join hub.organization o on o.id = f.care_org_id',
    'f.completed_at',
  )} and f.status = 'COMPLETED' and ${only} ${LATER_FIRST('f.id')}`;

/** Only what the patient agreed is a need: possible and refuted ones are no facts about a population. */
const NEEDS = (only: string) =>
  `${facts(
    'population_need',
    'f.id',
    'need_id, category, status, identified_on',
    `f.id, f.category, f.status, ${day('f.identified_at')}`,
    'hub.need f join hub.organization o on o.id = f.care_org_id',
    'f.identified_at',
  )} and f.status in ('CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED') and ${only} ${LATER_FIRST('f.id')}`;

const REFERRALS = (only: string) =>
  `${facts(
    'population_referral',
    'f.id, k.category',
    'referral_id, category, sent_on, answered, accepted, closed_by_agency, help_received, patient_asked, confirmed_by_patient, stands',
    `f.id, k.category, ${day('f.sent_at')}, f.answered_at is not null, f.answered_at is not null and f.status <> 'REJECTED',
    f.status in ('COMPLETED', 'FAILED', 'REJECTED'),
    f.status = 'COMPLETED' and coalesce(f.outcome in ('HELP_RECEIVED', 'PARTLY_HELPED'), false),
    coalesce(f.patient_confirmation <> 'COULD_NOT_ASK', false), coalesce(f.patient_confirmation in ('HELPED', 'PARTLY'), false),
    k.category = (select min(c) from unnest(f.categories) c)`,
    'hub.referral f join hub.organization o on o.id = f.from_org_id cross join unnest(f.categories) k(category)',
    'f.sent_at',
  )} and f.sent_at is not null and ${only} ${LATER_FIRST('f.id, k.category')}`;

const DERIVED = ['population_span', 'population_screening', 'population_need', 'population_referral'] as const;
const FACTS = [SCREENINGS, NEEDS, REFERRALS] as const;

/** Members whom no coverage names any more. */
const NOT_COVERED = `not exists (select from hub.coverage c where c.patient_id = m.patient_id and c.plan_org_id = m.plan_org_id)`;

/** Brings the facts of one patient up to date. Doing it twice changes nothing. */
export async function refreshPatient(em: EntityManager, patientId: string, now: Date): Promise<void> {
  // Beside other patients, never beside a rebuild, which would put back what it read before this change.
  await em.execute('select pg_advisory_xact_lock_shared(hashtext(?))', [LOCK]);
  // One at a time for a patient: two jobs about the same one would delete and insert across each other.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 1))', [patientId]);
  for (const table of DERIVED) {
    await em.execute(
      `delete from hub.${table} f using hub.population_member m
       where m.patient_id = ? and f.plan_org_id = m.plan_org_id and f.person_key = m.person_key`,
      [patientId],
    );
  }
  const left = await em.execute<{ plan_org_id: string }[]>(
    `delete from hub.population_member m where m.patient_id = ? and ${NOT_COVERED} returning m.plan_org_id`,
    [patientId],
  );
  await em.execute(MEMBERS('c.patient_id = ?'), [patientId]);
  await em.execute(SPANS('c.patient_id = ?'), [patientId]);
  for (const insert of FACTS) await em.execute(insert('f.patient_id = ?'), [patientId]);
  await stamp(em, now, 'where m.patient_id = ?', [patientId]);
  for (const { plan_org_id } of left) await stamp(em, now, 'where m.plan_org_id = ?', [plan_org_id]);
}

/** Makes all facts of all plans anew: after a seed, and nightly in case a job was given up. */
export async function rebuildPopulation(em: EntityManager, now: Date): Promise<void> {
  await em.execute('select pg_advisory_xact_lock(hashtext(?))', [LOCK]);
  for (const table of DERIVED) await em.execute(`delete from hub.${table}`);
  await em.execute(`delete from hub.population_member m where ${NOT_COVERED}`);
  await em.execute(MEMBERS('true'));
  await em.execute(SPANS('true'));
  for (const insert of FACTS) await em.execute(insert('true'));
  await stamp(em, now, '', []);
}

const LOCK = 'hub.population';

async function stamp(em: EntityManager, now: Date, where: string, params: string[]): Promise<void> {
  await em.execute(
    `insert into hub.population_refresh (plan_org_id, refreshed_at)
     select distinct m.plan_org_id, ?::timestamptz from hub.population_member m ${where}
     on conflict (plan_org_id) do update set refreshed_at = excluded.refreshed_at`,
    [now, ...params],
  );
}

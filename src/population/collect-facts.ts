import type { EntityManager } from '@mikro-orm/postgresql';
import { FUNNEL_FACTS, STANDS } from './funnel-facts.js';

/**
 * The age bands of every figure, each from the day of one birthday to the day before another; they add up to the strata of
 * the social need measure (17 and under, 18 to 64, 65 and over).
 */
const BANDS = `(values ('0-17', null, 18), ('18-44', 18, 45), ('45-64', 45, 65), ('65-74', 65, 75), ('75+', 75, null)) band(name, low, high)`;

const MEMBERS = `
  insert into hub.population_member (plan_org_id, patient_id)
  select distinct c.plan_org_id, c.patient_id from hub.coverage c`;

/** The coverage of each member, cut at the birthdays that lead from one band to the next; an unknown birth is in no band. */
const SPANS = `
  insert into hub.population_span (plan_org_id, person_key, covered_from, covered_to, age_band, county, product_line)
  select m.plan_org_id, m.person_key, stretch.first, max(stretch.last), band.name, coalesce(p.county, ''), c.product_line
  from hub.coverage c
  join hub.patient p on p.id = c.patient_id
  join hub.population_member m on m.patient_id = c.patient_id and m.plan_org_id = c.plan_org_id
  cross join ${BANDS}
  cross join lateral (select
    greatest(c.starts_on, (p.birth_date + make_interval(years => band.low))::date) as first,
    least(coalesce(c.ends_on, 'infinity'), (p.birth_date + make_interval(years => band.high))::date - 1) as last) stretch
  where stretch.first <= stretch.last and p.birth_date is not null
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

const SCREENINGS = `${facts(
  'population_screening',
  'f.id',
  'screening_id, completed_on',
  `f.id, ${day('f.completed_at')}`,
  'hub.screening f join hub.organization o on o.id = f.care_org_id',
  'f.completed_at',
)} and f.status = 'COMPLETED' ${LATER_FIRST('f.id')}`;

/** Only what the patient agreed is a need: possible and refuted ones are no facts about a population. */
const NEEDS = `${facts(
  'population_need',
  'f.id',
  'need_id, category, status, identified_on',
  `f.id, f.category, f.status, ${day('f.identified_at')}`,
  'hub.need f join hub.organization o on o.id = f.care_org_id',
  'f.identified_at',
)} and f.status in ('CONFIRMED', 'BEING_ADDRESSED', 'MET', 'UNMET', 'DECLINED') ${LATER_FIRST('f.id')}`;

/** An assessment is no help that was asked for, and what a care team heard on the phone is no answer of an agency. */
const REFERRALS = `${facts(
  'population_referral',
  'f.id, k.category',
  'referral_id, category, sent_on, answered, accepted, closed_by_agency, help_received, patient_asked, confirmed_by_patient, stands',
  `f.id, k.category, ${day('f.sent_at')}, ${Object.values(FUNNEL_FACTS).join(', ')}, ${STANDS}`,
  'hub.referral f join hub.organization o on o.id = f.from_org_id cross join unnest(f.categories) k(category)',
  'f.sent_at',
)} and f.sent_at is not null and f.kind = 'SERVICE' ${LATER_FIRST('f.id, k.category')}`;

const DERIVED = ['population_span', 'population_screening', 'population_need', 'population_referral'] as const;
const FACTS = [SCREENINGS, NEEDS, REFERRALS] as const;

/**
 * Facts are written and counted in one transaction, before PostgreSQL has learned how many there are: taking them for few
 * it would look each one up by an index. Everything is read whole, and joined whole.
 */
const WHOLE_TABLES = `select set_config('enable_nestloop', 'off', true), set_config('enable_mergejoin', 'off', true),
  set_config('work_mem', '64MB', true)`;

/** Collects the facts of all members, in the transaction that counts them; what was left of an earlier one goes first. */
export async function collectFacts(em: EntityManager): Promise<void> {
  await em.execute(WHOLE_TABLES);
  await forgetFacts(em);
  await em.execute(MEMBERS);
  await em.execute(SPANS);
  for (const insert of FACTS) await em.execute(insert);
}

/** Nothing about single members is kept once they are counted. */
export async function forgetFacts(em: EntityManager): Promise<void> {
  for (const table of [...DERIVED, 'population_member']) await em.execute(`delete from hub.${table}`);
}

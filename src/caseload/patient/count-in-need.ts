import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import type { CohortOf } from '../../directory/index.js';
import { recordAccess } from '../record-access.js';
import { OPEN_NEED } from '../tables.js';
import { type FactColumns, factsOn, type PatientFacts } from './facts.js';
import { dayOf } from './scope.js';

/**
 * The facts of the caller's organization's patients who need what a listing offers and live where it is offered, or of whom
 * that is not known: for a count, which is written down as one access to nobody in particular. null for who keeps no patients.
 */
export async function patientsInNeed(
  ctx: HubContext,
  { service, area, states, most }: CohortOf,
): Promise<PatientFacts[] | null> {
  const { caller } = ctx;
  if (!caller?.permissions.has('search.patient') || !caller.permissions.has('patient.read')) return null;
  const db = (await ctx.db.em()).getKysely<unknown>();
  const { rows } = await sql<Omit<FactColumns, 'annualIncomeCents'> & { annualIncomeCents: string | null }>`
    select p.birth_date::text as "birthDate", p.household_size as "householdSize", p.annual_income_cents as "annualIncomeCents",
      p.is_veteran as veteran, p.has_disability as disability, p.is_caregiver as caregiver, p.state, p.county, p.zip,
      p.language, p.insurance
    from hub.patient p
    where p.care_org_id = ${caller.organizationId}::uuid and p.status = 'ACTIVE'
      and p.id in (select n.patient_id from hub.need n where n.care_org_id = ${caller.organizationId}::uuid
        and n.category = any (${[...service.categories]}::text[]) and n.status in (${sql.join(OPEN_NEED)}))
      and (${area.length === 0} or p.state is null or p.state = any (${[...area]}::text[])
        or p.state || '/' || p.county = any (${[...area]}::text[]) or left(p.zip, 5) = any (${[...area]}::text[])
        or (p.county is null or p.zip is null) and p.state = any (${[...states]}::text[]))
    order by p.id desc limit ${most}`.execute(db);
  recordAccess(ctx, {
    action: 'patient.count',
    entity: 'service',
    entityId: service.id,
    purpose: 'ELIGIBILITY',
    detail: { count: rows.length, categories: service.categories },
  });
  const today = dayOf(ctx.clock.now());
  return rows.map(({ annualIncomeCents: cents, ...row }) =>
    factsOn(today, { ...row, annualIncomeCents: cents === null ? null : Number(cents) }),
  );
}

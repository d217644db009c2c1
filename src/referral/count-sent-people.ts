import { sql } from 'kysely';
import type { HubContext } from '../access/index.js';
import { dayOf, yearsBetween } from '../caseload/index.js';
import { placeOfZip, type CohortOf, type Facts } from '../directory/index.js';
import { mayReadPerson } from './agency-view.js';
import type { Referral } from './referral.entity.js';
import type { SharedItem } from './shared-information.js';

const DAYS = 365;

type Row = Pick<Referral, 'status' | 'answeredAt'> & { shared: SharedItem[] };

/** What of the facts was shared; the rest the agency does not know, and would have to ask. */
function factsShared(shared: readonly SharedItem[], today: string): Facts {
  const said = new Map(shared.map(({ key, value }) => [key, value]));
  const [born, zip, language, size] = ['birthDate', 'zip', 'language', 'householdSize'].map((key) => said.get(key));
  const place = zip ? placeOfZip(zip) : undefined;
  return {
    ...(born && { ageYears: yearsBetween(born, today) }),
    ...(size && { householdSize: Number(size) }),
    ...(language && { languages: [language] }),
    ...(zip && { zip, state: place?.state ?? null, county: place?.county ?? null }),
  };
}

/**
 * People who were sent to the caller's agency for a listing in a year, by what it may still read of them: each once, as shared
 * last. null for an agency of another listing. It is written down as one access to nobody in particular.
 */
export async function peopleSent(ctx: HubContext, { service, most }: CohortOf): Promise<Facts[] | null> {
  const { caller } = ctx;
  if (!caller?.permissions.has('referral.answer') || caller.organizationId !== service.organizationId) return null;
  const now = ctx.clock.now();
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  const { rows } = await sql<Row>`
    select status, "answeredAt", shared from (
      select distinct on (patient_id) id, status, answered_at as "answeredAt", shared from hub.referral
      where service_id = ${service.id}::uuid and to_org_id = ${caller.organizationId}::uuid
        and sent_at > ${since}::timestamptz and status not in ('DRAFT', 'REJECTED', 'ENTERED_IN_ERROR')
      order by patient_id, sent_at desc, id desc) r
    order by id desc limit ${most}`.execute((await ctx.db.em()).getKysely<unknown>());
  const read = rows.filter((row) => mayReadPerson('TARGET', row));
  ctx.audit.record({
    action: 'referral.count',
    entity: 'service',
    entityId: service.id,
    purpose: 'ELIGIBILITY',
    detail: { count: read.length },
  });
  const today = dayOf(now);
  return read.map(({ shared }) => factsShared(shared, today));
}

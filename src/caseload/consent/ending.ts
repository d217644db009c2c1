import type { HubContext } from '../../access/index.js';
import { recordAccess } from '../record-access.js';
import { Consent } from './consent.entity.js';

const DAY_MS = 86_400_000;
/** So long before its end a consent comes up: time to reach somebody who is called twice a week. */
export const ENDING_DAYS = 14;

/** Until when what ends soon ends. */
export const endingBy = (now: Date): string => new Date(now.getTime() + ENDING_DAYS * DAY_MS).toISOString();

/**
 * Consents `c` of patients `p` that end between two moments by their date, and that no other one goes on from: of the same
 * recipient and purpose, with all that it covers, and for longer.
 */
export const ENDING = `hub.consent c join hub.patient p on p.id = c.patient_id and p.status = 'ACTIVE'
  where c.status = 'ACTIVE' and c.purpose <> 'SCREENING' and c.event_at is null and c.expires_at > $1::timestamptz and c.expires_at <= $2::timestamptz
    and not exists (select from hub.consent n where n.patient_id = c.patient_id and n.id <> c.id and n.status = 'ACTIVE' and n.event_at is null
      and n.kind = c.kind and n.purpose = c.purpose and n.starts_at <= $1::timestamptz and (n.expires_at is null or n.expires_at > c.expires_at)
      and n.grantee_organization_id is not distinct from c.grantee_organization_id and n.grantee_class is not distinct from c.grantee_class
      and n.grantee_related_person_id is not distinct from c.grantee_related_person_id
      and n.categories @> c.categories and n.sensitivities @> c.sensitivities)`;

/** Of the own patients, and of those whom nobody looks after. */
const ofMine = (user: string): string => `(${user}::uuid is null
  or exists (select from hub.assignment a where a.patient_id = c.patient_id and a.ends_at is null and a.user_id = ${user}::uuid)
  or not exists (select from hub.assignment a where a.patient_id = c.patient_id and a.ends_at is null))`;

/** How much of an organization ends soon for somebody: $3 the organization, $4 the person. */
export const ENDING_FOR = `${ENDING} and c.care_org_id = $3::uuid and ${ofMine('$4')}`;

const LIST = `select c.id from ${ENDING_FOR} order by c.expires_at, c.id limit 20`;

/** Consents that end soon, the first end first; at most 20. */
export async function endingConsents(ctx: HubContext, userId: string | null): Promise<Consent[]> {
  if (!ctx.caller?.permissions.has('consent.write')) return [];
  const now = ctx.clock.now();
  const values = [now.toISOString(), endingBy(now), ctx.caller.organizationId, userId];
  const ids = (await ctx.db.query<{ id: string }>(LIST, values)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const em = await ctx.db.em();
  const found = await em.find(Consent, { id: { $in: ids } }, { orderBy: { expiresAt: 'asc', id: 'asc' } });
  const patientIds = [...new Set(found.map(({ patientId }) => patientId))];
  recordAccess(ctx, { action: 'consent.list', patientIds, entity: 'consent', detail: { count: found.length } });
  return found;
}

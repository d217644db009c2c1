import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import type { Connection, PageArgs } from '../../platform/graphql/connection.js';
import { keysetPage } from '../../platform/graphql/keyset.js';
import type { EmergencyRow } from './emergency.entity.js';
import type { EmergencyReason, EmergencyVerdict } from './emergency.words.js';

type Moment = string | Date;
interface Tables {
  'hub.emergency_access': {
    id: string;
    care_org_id: string;
    patient_id: string;
    user_id: string;
    user_name: string;
    reason: EmergencyReason;
    words: string;
    nature: string | null;
    opened_at: Moment;
    ends_at: Moment;
    closed_at: Moment | null;
    reviewed_at: Moment | null;
    reviewed_by: string | null;
    verdict: EmergencyVerdict | null;
    review_note: string | null;
  };
}

/** Openings of the caller's organization: what waits for a review first, then the latest. */
export async function listEmergencies(ctx: HubContext, page: PageArgs): Promise<Connection<EmergencyRow>> {
  const query = (await ctx.db.em())
    .getKysely<Tables>()
    .selectFrom('hub.emergency_access as e')
    .selectAll('e')
    .where('e.care_org_id', '=', ctx.caller?.organizationId ?? null);
  const order = [
    { by: sql`case when e.reviewed_at is null then 0 else 1 end`, name: 'reviewed', type: 'int' },
    { by: 'e.opened_at', type: 'timestamptz', direction: 'desc' },
    { by: 'e.id', type: 'uuid', direction: 'desc' },
  ] as const;
  return keysetPage(query, order, page, (row) => ({
    id: row.id,
    careOrgId: row.care_org_id,
    patientId: row.patient_id,
    userId: row.user_id,
    userName: row.user_name,
    reason: row.reason,
    words: row.words,
    nature: row.nature,
    openedAt: toDate(row.opened_at),
    endsAt: toDate(row.ends_at),
    closedAt: toDateOrNull(row.closed_at),
    reviewedAt: toDateOrNull(row.reviewed_at),
    reviewedBy: row.reviewed_by,
    verdict: row.verdict,
    reviewNote: row.review_note,
  }));
}

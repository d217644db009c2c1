import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { OrderBy } from '../platform/graphql/keyset.js';
import type { AgencyQueue, SentQueue } from './referral.enums.js';

/** A part of an organization's referrals: which rows of `hub.referral`, and in which order. */
export interface Queue {
  rows(now: string, orgId: string): RawBuilder<SqlBool>;
  order: readonly OrderBy[];
}

/** Who has waited longest past the due hour stands on top. What was sent has a due hour, so none of it is null. */
const BY_CLOCK: readonly OrderBy[] = [
  { by: 'answer_due_at', type: 'timestamptz' },
  { by: 'id', type: 'uuid' },
];
/** Not answered yet before the others, each by the clock. */
const STUCK_FIRST: readonly OrderBy[] = [
  { by: sql`(status <> 'REQUESTED')`, name: 'answered', type: 'boolean' },
  ...BY_CLOCK,
];
/** Not answered yet: what is urgent before what is not, each by the clock. */
const URGENT_FIRST: readonly OrderBy[] = [
  { by: sql`(priority <> 'URGENT')`, name: 'routine', type: 'boolean' },
  ...BY_CLOCK,
];
const BY_RECENT: readonly OrderBy[] = [
  { by: 'sent_at', type: 'timestamptz', direction: 'desc' },
  { by: 'id', type: 'uuid', direction: 'desc' },
];

/**
 * An agency cannot answer what it may no longer see, nor what it asked the sender about: such a referral waits for its
 * sender.
 */
const late = (now: string) =>
  sql<SqlBool>`status = 'REQUESTED' and answer_due_at < ${now} and clock_paused_at is null and consent_ended_at is null`;
const finished = () => sql<SqlBool>`status in ('COMPLETED', 'FAILED', 'REJECTED', 'CANCELLED')`;

/** What an agency received. Each open referral lies in exactly one of NEW, OVERDUE, WAITING and IN_WORK. */
export const INBOX: Record<AgencyQueue, Queue> = {
  NEW: {
    rows: (now) => sql`status = 'REQUESTED' and answer_due_at >= ${now} and clock_paused_at is null`,
    order: URGENT_FIRST,
  },
  OVERDUE: { rows: late, order: URGENT_FIRST },
  WAITING: { rows: () => sql`status in ('REQUESTED', 'ON_HOLD') and clock_paused_at is not null`, order: BY_CLOCK },
  IN_WORK: { rows: () => sql`status in ('ACCEPTED', 'IN_PROGRESS')`, order: BY_CLOCK },
  DONE: { rows: finished, order: BY_RECENT },
  ALL: { rows: () => sql`status not in ('DRAFT', 'ENTERED_IN_ERROR')`, order: BY_RECENT },
};

/**
 * What a care organization sent. DECLINED holds what asks for another way: a need of it still waits for help, since the
 * job that follows the agency's answer opened it again, and the patient was not asked yet.
 */
export const SENT: Record<SentQueue, Queue> = {
  STUCK: { rows: late, order: BY_CLOCK },
  LATE_HELP: {
    rows: () => sql`stalled_at is not null and status in ('ACCEPTED', 'IN_PROGRESS')`,
    order: [
      { by: 'stalled_at', type: 'timestamptz' },
      { by: 'id', type: 'uuid' },
    ],
  },
  OPEN: { rows: () => sql`status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')`, order: STUCK_FIRST },
  DECLINED: {
    rows: (
      _,
      orgId,
    ) => sql`status in ('REJECTED', 'FAILED') and patient_confirmation is null and person_died_at is null and exists (
      select from hub.referral_need n join hub.need d on d.id = n.need_id
      where n.referral_id = hub.referral.id and n.from_org_id = ${orgId} and d.care_org_id = ${orgId} and d.status = 'CONFIRMED')`,
    order: BY_RECENT,
  },
  TO_CONFIRM: {
    rows: () => sql`status = 'COMPLETED' and patient_confirmation is null and person_died_at is null`,
    order: BY_RECENT,
  },
  TO_DECIDE: {
    rows: () =>
      sql`consent_ended_at is not null and consent_decision is null and status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')`,
    order: [
      { by: 'consent_ended_at', type: 'timestamptz' },
      { by: 'id', type: 'uuid' },
    ],
  },
  CLOSED: { rows: finished, order: BY_RECENT },
  ALL: { rows: () => sql`status <> 'DRAFT'`, order: BY_RECENT },
};

import type { Sensitivity } from '../access/sensitivity.js';
import { toDateOrNull } from '../platform/database/rows.js';
import type {
  Confirmation,
  ConsentDecision,
  Enrollment,
  Outcome,
  OwnWord,
  Priority,
  ReasonCode,
  Status,
} from './referral.enums.js';
import type { Referral } from './referral.entity.js';

/** A row of hub.referral as SQL returns it, without the shared information. */
export interface ReferralRecord {
  id: string;
  from_org_id: string;
  to_org_id: string;
  patient_id: string;
  service_id: string;
  service_at_location_id: string | null;
  status: Status;
  reason_code: ReasonCode | null;
  reason: string | null;
  priority: Priority;
  categories: string[];
  sensitivity: Sensitivity;
  request: string | null;
  consent_id: string;
  patient_label: string;
  sent_by: string;
  sent_by_name: string;
  sent_at: string | null;
  seen_at: string | null;
  answered_at: string | null;
  closed_at: string | null;
  answer_due_at: string | null;
  see_due_at: string | null;
  contact_due_at: string | null;
  outcome_due_at: string | null;
  clock_paused_at: string | null;
  reminded_at: string | null;
  escalated_at: string | null;
  stalled_at: string | null;
  assigned_to: string | null;
  outcome: Outcome | null;
  outcome_note: string | null;
  enrollment: Enrollment | null;
  patient_confirmation: Confirmation | null;
  patient_confirmed_at: string | null;
  consent_ended_at: string | null;
  consent_decision: ConsentDecision | null;
  part2: boolean;
  own_word: OwnWord | null;
  own_word_note: string | null;
  own_word_at: string | null;
  info_asked_at: string | null;
  info_given_at: string | null;
  waitlist_position: number | null;
  waitlist_expected_on: string | null;
  appointment_at: string | null;
  appointment_place: string | null;
  first_contact_at: string | null;
  version: number;
  created_at: string;
  updated_at: string;
}

/** The columns of a list, in the table's order. */
export const REFERRAL_COLUMNS = [
  'id',
  'from_org_id',
  'to_org_id',
  'patient_id',
  'service_id',
  'service_at_location_id',
  'status',
  'reason_code',
  'reason',
  'priority',
  'categories',
  'sensitivity',
  'request',
  'consent_id',
  'patient_label',
  'sent_by',
  'sent_by_name',
  'sent_at',
  'seen_at',
  'answered_at',
  'closed_at',
  'answer_due_at',
  'see_due_at',
  'contact_due_at',
  'outcome_due_at',
  'clock_paused_at',
  'reminded_at',
  'escalated_at',
  'stalled_at',
  'assigned_to',
  'outcome',
  'outcome_note',
  'enrollment',
  'patient_confirmation',
  'patient_confirmed_at',
  'consent_ended_at',
  'consent_decision',
  'part2',
  'own_word',
  'own_word_note',
  'own_word_at',
  'info_asked_at',
  'info_given_at',
  'waitlist_position',
  'waitlist_expected_on',
  'appointment_at',
  'appointment_place',
  'first_contact_at',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ReferralRecord)[];

/** A referral as lists carry it: a plain row, many times cheaper than an entity. */
export type ReferralRow = Omit<
  Pick<
    Referral,
    Exclude<keyof Referral, 'shared' | 'patientConfirmedBy' | 'consentDecidedAt' | 'consentDecidedBy' | 'nextClockAt'>
  >,
  symbol
>;

/** A column that was not read leaves its field empty; `columnsFor` reads what is asked for. */
export function toReferral(row: ReferralRecord): ReferralRow {
  return {
    id: row.id,
    fromOrgId: row.from_org_id,
    toOrgId: row.to_org_id,
    patientId: row.patient_id,
    serviceId: row.service_id,
    serviceAtLocationId: row.service_at_location_id,
    status: row.status,
    reasonCode: row.reason_code,
    reason: row.reason,
    priority: row.priority,
    categories: row.categories,
    sensitivity: row.sensitivity,
    request: row.request,
    consentId: row.consent_id,
    patientLabel: row.patient_label,
    sentBy: row.sent_by,
    sentByName: row.sent_by_name,
    sentAt: toDateOrNull(row.sent_at),
    seenAt: toDateOrNull(row.seen_at),
    answeredAt: toDateOrNull(row.answered_at),
    closedAt: toDateOrNull(row.closed_at),
    answerDueAt: toDateOrNull(row.answer_due_at),
    seeDueAt: toDateOrNull(row.see_due_at),
    contactDueAt: toDateOrNull(row.contact_due_at),
    outcomeDueAt: toDateOrNull(row.outcome_due_at),
    clockPausedAt: toDateOrNull(row.clock_paused_at),
    remindedAt: toDateOrNull(row.reminded_at),
    escalatedAt: toDateOrNull(row.escalated_at),
    stalledAt: toDateOrNull(row.stalled_at),
    assignedToId: row.assigned_to,
    outcome: row.outcome,
    outcomeNote: row.outcome_note,
    enrollment: row.enrollment,
    patientConfirmation: row.patient_confirmation,
    patientConfirmedAt: toDateOrNull(row.patient_confirmed_at),
    consentEndedAt: toDateOrNull(row.consent_ended_at),
    consentDecision: row.consent_decision,
    part2: row.part2,
    ownWord: row.own_word,
    ownWordNote: row.own_word_note,
    ownWordAt: toDateOrNull(row.own_word_at),
    infoAskedAt: toDateOrNull(row.info_asked_at),
    infoGivenAt: toDateOrNull(row.info_given_at),
    waitlistPosition: row.waitlist_position,
    waitlistExpectedOn: row.waitlist_expected_on,
    appointmentAt: toDateOrNull(row.appointment_at),
    appointmentPlace: row.appointment_place,
    firstContactAt: toDateOrNull(row.first_contact_at),
    version: row.version,
    createdAt: toDateOrNull(row.created_at) as Date,
    updatedAt: toDateOrNull(row.updated_at) as Date,
  };
}

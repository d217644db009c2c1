import type { Sensitivity } from '../access/sensitivity.js';
import { toDateOrNull } from '../platform/database/rows.js';
import type {
  AskedBy,
  Confirmation,
  ConsentDecision,
  Enrollment,
  Finding,
  Kind,
  Outcome,
  OwnWord,
  Priority,
  ReasonCode,
  Status,
} from './referral.enums.js';
import type { FollowHow } from './follow/follow.enums.js';
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
  offer_id: string | null;
  follows_id: string | null;
  follows_how: FollowHow | null;
  kind: Kind;
  finding: Finding | null;
  asked_by: AskedBy;
  assigned_to: string | null;
  outcome: Outcome | null;
  outcome_note: string | null;
  enrollment: Enrollment | null;
  patient_confirmation: Confirmation | null;
  patient_confirmed_at: string | null;
  consent_ended_at: string | null;
  consent_until: string | null;
  person_died_at: string | null;
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
  'offer_id',
  'follows_id',
  'follows_how',
  'kind',
  'finding',
  'asked_by',
  'assigned_to',
  'outcome',
  'outcome_note',
  'enrollment',
  'patient_confirmation',
  'patient_confirmed_at',
  'consent_ended_at',
  'consent_until',
  'person_died_at',
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

type Column = keyof ReferralRecord;
type FieldName = keyof ReferralRow;

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

interface Place {
  field: FieldName;
  isTime: boolean;
}
const PLACES = new Map<string, Place>(
  REFERRAL_COLUMNS.map((column) => {
    const field = (column === 'assigned_to' ? 'assignedToId' : camel(column)) as FieldName;
    return [column, { field, isTime: /_(at|until)$/.test(column) }];
  }),
);

/** The column that a field is read from, where it is one. */
export const COLUMN_OF: ReadonlyMap<string, Column> = new Map(
  REFERRAL_COLUMNS.map((column) => [PLACES.get(column)?.field ?? column, column]),
);

/** Lies behind every row: a field whose column was not read is an error, and never an answer that looks empty. */
const UNREAD: object = Object.create(
  null,
  Object.fromEntries(
    [...COLUMN_OF].map(([field, column]) => [
      field,
      {
        get: () => {
          throw new Error(`hub.referral.${column} was not read for ${field}: see referral.columns.ts`);
        },
      },
    ]),
  ),
) as object;

/** A row of SQL as a referral, with those of its columns that were read. */
export function toReferral(row: Partial<ReferralRecord>): ReferralRow {
  const referral: Record<string, unknown> = {};
  const columns: Readonly<Record<string, unknown>> = row;
  for (const column in columns) {
    const place = PLACES.get(column);
    const value = columns[column];
    if (place) referral[place.field] = place.isTime ? toDateOrNull(value as string | null) : value;
  }
  return Object.setPrototypeOf(referral, UNREAD) as ReferralRow;
}

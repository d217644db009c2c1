import type { ReferralRecord } from './referral.row.js';
import { REFERRAL_COLUMNS } from './referral.row.js';

type Column = keyof ReferralRecord;

/** Who stands on which side: it decides what of a referral may be shown, so it is read with everything that is hidden. */
const SIDES = ['from_org_id', 'to_org_id'] as const satisfies Column[];
const PERSON = [...SIDES, 'status', 'answered_at'] as const satisfies Column[];

/** The columns behind each field of a referral. A field that is not here reads all of them. */
const BEHIND: Readonly<Record<string, readonly Column[]>> = {
  __typename: [],
  id: [],
  status: ['status'],
  reasonCode: ['reason_code'],
  reason: ['reason'],
  priority: ['priority'],
  sentByName: ['sent_by_name'],
  sentAt: ['sent_at'],
  seenAt: ['seen_at'],
  answeredAt: ['answered_at'],
  closedAt: ['closed_at'],
  answerDueAt: ['answer_due_at'],
  outcome: ['outcome'],
  outcomeNote: ['outcome_note'],
  enrollment: ['enrollment'],
  patientConfirmation: ['patient_confirmation'],
  patientConfirmedAt: ['patient_confirmed_at'],
  version: ['version'],
  createdAt: ['created_at'],
  updatedAt: ['updated_at'],
  side: SIDES,
  patientLabel: [...PERSON, 'patient_label'],
  request: [...PERSON, 'request'],
  shared: PERSON,
  messages: PERSON,
  transitions: [],
  categories: ['categories'],
  sensitivity: ['sensitivity'],
  from: ['from_org_id'],
  to: ['to_org_id'],
  service: ['service_id'],
  site: ['service_at_location_id'],
  patient: [...SIDES, 'patient_id'],
  needs: SIDES,
  consent: [...SIDES, 'consent_id'],
  overdue: ['status', 'answer_due_at'],
  assignedTo: [...SIDES, 'assigned_to'],
  loop: ['status', 'outcome', 'patient_confirmation'],
  viewerActions: [...SIDES, 'status', 'patient_confirmation'],
};

/** So many selections are told apart; what is asked for beyond them reads all columns, or each would be a statement. */
const SELECTIONS = 40;
const selections = new Map<string, readonly Column[]>();

/** The columns that a selection of fields shows, in the table's order: reading a page costs what its columns cost. */
export function columnsFor(fields: ReadonlySet<string>, always: readonly Column[] = []): readonly Column[] {
  const wanted = new Set<Column>(['id', ...always]);
  for (const field of fields) {
    const behind = BEHIND[field];
    if (!behind) return REFERRAL_COLUMNS;
    for (const column of behind) wanted.add(column);
  }
  const columns = REFERRAL_COLUMNS.filter((column) => wanted.has(column));
  const name = columns.join();
  const known = selections.get(name);
  if (known) return known;
  if (selections.size >= SELECTIONS) return REFERRAL_COLUMNS;
  selections.set(name, columns);
  return columns;
}

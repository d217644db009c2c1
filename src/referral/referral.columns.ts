import { COLUMN_OF, REFERRAL_COLUMNS, type ReferralRecord } from './referral.row.js';

type Column = keyof ReferralRecord;

/** Who stands on which side: it decides what of a referral may be shown. */
const SIDES = ['from_org_id', 'to_org_id'] as const satisfies Column[];
const PERSON = [...SIDES, 'status', 'answered_at'] as const satisfies Column[];

/** Whether the consent has ended: said, or by its date. */
const CONSENT = ['status', 'consent_ended_at', 'consent_until'] as const satisfies Column[];

/** The columns behind each field that is more than its own column. */
const BEHIND: Readonly<Record<string, readonly Column[]>> = {
  __typename: [],
  side: SIDES,
  patientLabel: [...PERSON, 'patient_label'],
  request: [...PERSON, 'request'],
  shared: PERSON,
  messages: PERSON,
  transitions: [],
  from: ['from_org_id'],
  to: ['to_org_id'],
  service: ['service_id'],
  site: ['service_at_location_id'],
  patient: [...SIDES, 'patient_id'],
  needs: SIDES,
  consent: [...SIDES, 'consent_id'],
  offer: [...SIDES, 'offer_id'],
  follows: ['follows_id'],
  followedBy: [],
  transfer: [],
  copiedTo: [],
  household: PERSON,
  ownWordNote: [...SIDES, 'own_word_note'],
  overdue: ['status', 'answer_due_at', 'clock_paused_at'],
  assignedTo: [...SIDES, 'assigned_to'],
  answerLink: SIDES,
  contactAttempts: SIDES,
  loop: ['status', 'outcome', 'patient_confirmation', 'own_word'],
  viewerActions: [...PERSON, 'asked_by', 'patient_confirmation', ...CONSENT, 'consent_decision', 'person_died_at'],
  personDied: [...SIDES, 'person_died_at'],
  asksToWait: ['status', 'consent_decision', 'person_died_at'],
  consentEndedAt: CONSENT,
};

/** So many selections are told apart; what is asked for beyond them reads all columns, or each would be a statement. */
const SELECTIONS = 40;
const selections = new Map<string, readonly Column[]>();

/**
 * The columns that a selection of fields shows, in the table's order: reading a page costs what its columns cost. A field
 * that is no column and not told of above reads all of them.
 */
export function columnsFor(fields: ReadonlySet<string>, always: readonly Column[] = []): readonly Column[] {
  const wanted = new Set<Column>(['id', ...always]);
  for (const field of fields) {
    const own = COLUMN_OF.get(field);
    const behind = BEHIND[field] ?? (own && [own]);
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

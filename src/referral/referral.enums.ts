import { registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enum-of.js';
import { SIDES, STATUSES, type Side, type Status } from './machine.js';
import { ENROLLMENTS, FINDINGS, OUTCOMES, REASONS, type Enrollment, type Finding, type Outcome } from './reasons.js';

type ReasonCode = { [S in keyof typeof REASONS]: keyof (typeof REASONS)[S]['codes'] }[keyof typeof REASONS];

export const ReferralStatus = enumOf(STATUSES);
export const ReferralSide = enumOf(SIDES);
export const ReferralReason = enumOf([
  ...new Set(Object.values(REASONS).flatMap((rule) => Object.keys(rule.codes))),
] as ReasonCode[]);
export const ReferralOutcome = enumOf(Object.keys(OUTCOMES) as Outcome[]);
export const AssessmentFinding = enumOf(Object.keys(FINDINGS) as Finding[]);
export const ReferralKind = enumOf(['SERVICE', 'ASSESSMENT']);
export const AskedBy = enumOf(['CARE_TEAM', 'SELF']);
export const EnrollmentStatus = enumOf(Object.keys(ENROLLMENTS) as Enrollment[]);
/** What the sender decided when the consent had ended. */
export const ConsentDecision = enumOf(['KEPT', 'RENEWED']);
export const ReferralPriority = enumOf(['ROUTINE', 'URGENT']);
export const PatientConfirmation = enumOf(['HELPED', 'PARTLY', 'NOT_HELPED', 'COULD_NOT_ASK']);
export const ReferralAction = enumOf([
  'ACCEPT',
  'DECLINE',
  'HOLD',
  'START',
  'COMPLETE',
  'FAIL',
  'CANCEL',
  'RECALL',
  'REOPEN',
  'TRANSFER',
  'PROPOSE_TRANSFER',
  'RECORD_ANSWER',
  'WITHDRAW_IN_ERROR',
  'MESSAGE',
  'CONFIRM_OUTCOME',
  'KEEP',
  'RENEW_CONSENT',
]);
export const ReferralQueue = enumOf([
  'STUCK',
  'LATE_HELP',
  'OPEN',
  'DECLINED',
  'TO_CONFIRM',
  'TO_DECIDE',
  'CLOSED',
  'ALL',
]);
export const InboxQueue = enumOf(['NEW', 'OVERDUE', 'WAITING', 'IN_WORK', 'DONE', 'ALL']);

export type Kind = keyof typeof ReferralKind;
export type AskedBy = keyof typeof AskedBy;
export type Priority = keyof typeof ReferralPriority;
export type Confirmation = keyof typeof PatientConfirmation;
export type ConsentDecision = keyof typeof ConsentDecision;
/** What a patient can say themselves. */
export type OwnWord = Exclude<Confirmation, 'COULD_NOT_ASK'>;
export type Action = keyof typeof ReferralAction;
export type SentQueue = keyof typeof ReferralQueue;
export type AgencyQueue = keyof typeof InboxQueue;
export type { Enrollment, Finding, Outcome, ReasonCode, Side, Status };

const names: [object, string, string][] = [
  [
    ReferralStatus,
    'ReferralStatus',
    'Where a referral stands (FHIR Task for referral management, SDOH Clinical Care).',
  ],
  [ReferralSide, 'ReferralSide', 'REQUESTER sent the referral, TARGET is the agency that answers.'],
  [ReferralReason, 'ReferralReason', 'Why a referral was declined, paused, ended or withdrawn.'],
  [ReferralOutcome, 'ReferralOutcome', 'What came of a completed referral, as the agency says.'],
  [AssessmentFinding, 'AssessmentFinding', 'What an assessment found.'],
  [
    ReferralKind,
    'ReferralKind',
    'SERVICE asks for help, ASSESSMENT that somebody looks what the person needs and qualifies for.',
  ],
  [AskedBy, 'AskedBy', 'CARE_TEAM sent it for the person, SELF is the person’s own request without a care team.'],
  [EnrollmentStatus, 'Enrollment', 'Whether the person is enrolled in the agency’s programme.'],
  [ReferralPriority, 'ReferralPriority', 'URGENT asks for an answer on the same working day.'],
  [PatientConfirmation, 'PatientConfirmation', 'What the patient says: did the help come?'],
  [
    ConsentDecision,
    'ConsentDecision',
    'What became of a referral whose consent ended: KEPT without sharing more, or RENEWED with a new consent.',
  ],
  [ReferralAction, 'ReferralAction', 'A step that the viewer may take now.'],
  [ReferralQueue, 'ReferralQueue', 'A part of the referrals that a care organization sent.'],
  [InboxQueue, 'InboxQueue', 'A part of the referrals that an agency received.'],
];
for (const [values, name, description] of names) registerEnumType(values, { name, description });

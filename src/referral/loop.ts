import type { Status } from './machine.js';
import type { Outcome } from './reasons.js';

/** What the patient said when asked whether it helped. */
export const PATIENT_CONFIRMATIONS = ['HELPED', 'PARTLY', 'NOT_HELPED', 'COULD_NOT_ASK'] as const;
export type PatientConfirmation = (typeof PATIENT_CONFIRMATIONS)[number];

/** The facts of a referral's end that are counted apart, because none of them implies another. */
export interface LoopState {
  /** The agency said how it ended: completed, failed or declined. A withdrawal is not the agency's answer. */
  closedByAgency: boolean;
  /** The agency says that help was given, in whole or in part. Information or a further referral is not help received. */
  helpReceived: boolean;
  /** The patient says that it helped, in whole or in part. */
  confirmedByPatient: boolean;
  /** Agency and patient say opposite things of whether help was given. */
  disagreement: boolean;
  /** What the patient said themselves differs from what the care manager noted. */
  wordsDiffer: boolean;
  /** Nothing is open: the agency's result is known and the patient does not contradict it. */
  loopClosed: boolean;
}

const CLOSED_BY_AGENCY: ReadonlySet<Status> = new Set(['COMPLETED', 'FAILED', 'REJECTED']);
const HELPED: ReadonlySet<Outcome> = new Set(['HELP_RECEIVED', 'PARTLY_HELPED']);

/** Reads a referral's status, outcome and the patient's word. An outcome counts only on a completed referral. */
export function loopState(referral: {
  status: Status;
  outcome?: Outcome | null;
  patientConfirmation?: PatientConfirmation | null;
  /** What the patient said themselves: it stands above what somebody noted for them. */
  ownWord?: PatientConfirmation | null;
}): LoopState {
  const { status, outcome } = referral;
  const patientConfirmation = referral.ownWord ?? referral.patientConfirmation;
  if (status === 'ENTERED_IN_ERROR') return nothing;
  const closedByAgency = CLOSED_BY_AGENCY.has(status);
  const resultKnown = status === 'COMPLETED' ? outcome !== null && outcome !== undefined : closedByAgency;
  const helpReceived = status === 'COMPLETED' && outcome !== null && outcome !== undefined && HELPED.has(outcome);
  const confirmedByPatient = patientConfirmation === 'HELPED' || patientConfirmation === 'PARTLY';
  const denied = patientConfirmation === 'NOT_HELPED';
  // Of an assessment nobody expects help: only that it took place may be denied.
  const assessed = status === 'COMPLETED' && outcome === 'ASSESSED';
  const disagreement = resultKnown && (helpReceived || assessed ? denied : confirmedByPatient);
  const noted = referral.patientConfirmation;
  const wordsDiffer = Boolean(referral.ownWord && noted && noted !== 'COULD_NOT_ASK' && noted !== referral.ownWord);
  const loopClosed = resultKnown && !disagreement;
  return { closedByAgency, helpReceived, confirmedByPatient, disagreement, wordsDiffer, loopClosed };
}

const nothing: LoopState = {
  closedByAgency: false,
  helpReceived: false,
  confirmedByPatient: false,
  disagreement: false,
  wordsDiffer: false,
  loopClosed: false,
};

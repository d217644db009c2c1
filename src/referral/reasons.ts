import type { Words } from '../platform/words.js';

/** Why an agency declines a referral before doing anything. */
export const DECLINE_REASONS = {
  NO_CAPACITY: { en: 'No room right now', es: 'No hay cupo en este momento' },
  NOT_ELIGIBLE: { en: 'Does not qualify', es: 'No cumple los requisitos' },
  OUT_OF_AREA: { en: 'Lives outside our area', es: 'Vive fuera de nuestra zona' },
  WRONG_SERVICE: { en: 'We do not offer this', es: 'No ofrecemos este servicio' },
  CANNOT_REACH: { en: 'Could not reach the person', es: 'No pudimos comunicarnos con la persona' },
  DUPLICATE: { en: 'Already referred to us', es: 'Ya nos la habían referido' },
  OTHER: { en: 'Another reason', es: 'Otro motivo' },
} as const satisfies Record<string, Words>;

/** Why help that was tried could not be given. */
export const FAIL_REASONS = {
  COULD_NOT_REACH: { en: 'Could not reach the person', es: 'No pudimos comunicarnos con la persona' },
  PERSON_DECLINED: { en: 'The person no longer wants it', es: 'La persona ya no lo desea' },
  NO_SHOW: { en: 'The person did not come', es: 'La persona no se presentó' },
  NOT_ELIGIBLE: { en: 'Turned out not to qualify', es: 'Resultó que no cumple los requisitos' },
  NO_CAPACITY: { en: 'No room after all', es: 'Al final no hubo cupo' },
  NO_FUNDS: { en: 'No funds left', es: 'Se agotaron los fondos' },
  OTHER: { en: 'Another reason', es: 'Otro motivo' },
} as const satisfies Record<string, Words>;

/** Why a referral is withdrawn, by either side. A free text without a code is enough here. */
export const CANCEL_REASONS = {
  PERSON_DECLINED: { en: 'The person no longer wants it', es: 'La persona ya no lo desea' },
  NEED_MET: { en: 'The need is met already', es: 'La necesidad ya está cubierta' },
  TRANSFERRED: { en: 'Passed on to another agency', es: 'Se pasó a otra organización' },
  ACCEPTED_ELSEWHERE: { en: 'Another agency is helping', es: 'Otra organización está ayudando' },
  NO_ANSWER: { en: 'No answer came', es: 'No hubo respuesta' },
  CONSENT_WITHDRAWN: { en: 'The person stopped sharing', es: 'La persona dejó de compartir su información' },
  COULD_NOT_REACH: { en: 'Could not reach the person', es: 'No pudimos comunicarnos con la persona' },
  DUPLICATE: { en: 'Sent twice', es: 'Se envió dos veces' },
  OTHER: { en: 'Another reason', es: 'Otro motivo' },
} as const satisfies Record<string, Words>;

/** Why work on a referral pauses. A free text without a code is enough here. */
export const HOLD_REASONS = {
  WAITING_FOR_PERSON: { en: 'Waiting for the person', es: 'Esperando a la persona' },
  WAITING_FOR_DOCUMENTS: { en: 'Waiting for papers', es: 'Esperando documentos' },
  WAITLIST: { en: 'On the waiting list', es: 'En lista de espera' },
  OTHER: { en: 'Another reason', es: 'Otro motivo' },
} as const satisfies Record<string, Words>;

/** Why a referral should never have existed. A free text without a code is enough here. */
export const ERROR_REASONS = {
  WRONG_PERSON: { en: 'It was the wrong person', es: 'Era otra persona' },
  WRONG_AGENCY: { en: 'Sent to the wrong agency', es: 'Se envió a otra organización por error' },
  ENTERED_TWICE: { en: 'Entered twice', es: 'Se registró dos veces' },
  OTHER: { en: 'Another reason', es: 'Otro motivo' },
} as const satisfies Record<string, Words>;

/** What came of a completed referral. */
export const OUTCOMES = {
  HELP_RECEIVED: { en: 'Got the help', es: 'Recibió la ayuda' },
  PARTLY_HELPED: { en: 'Got part of the help', es: 'Recibió parte de la ayuda' },
  REFERRED_ON: { en: 'Sent on to another agency', es: 'Se le envió a otra organización' },
  INFORMATION_GIVEN: { en: 'Got information only', es: 'Solo recibió información' },
  ASSESSED: { en: 'Was assessed', es: 'Se hizo la evaluación' },
} as const satisfies Record<string, Words>;

/** What an assessment found; it takes the place of help, which nobody asked for yet. */
export const FINDINGS = {
  NEEDS_THIS: { en: 'Needs this help and qualifies', es: 'Necesita esta ayuda y cumple los requisitos' },
  NEEDS_OTHER: { en: 'Needs other help', es: 'Necesita otra ayuda' },
  NOT_ELIGIBLE: {
    en: 'Needs help but does not qualify here',
    es: 'Necesita ayuda, pero no cumple los requisitos aquí',
  },
  NO_NEED: { en: 'Needs no help now', es: 'No necesita ayuda ahora' },
} as const satisfies Record<string, Words>;

/** Whether the person is enrolled in the agency's programme (FHIR: enrolled, not-enrolled, not-enrolled-on-waitlist). */
export const ENROLLMENTS = {
  ENROLLED: { en: 'Enrolled', es: 'Inscrita' },
  NOT_ENROLLED: { en: 'Not enrolled', es: 'No inscrita' },
  WAITLIST: { en: 'On the waiting list', es: 'En lista de espera' },
} as const satisfies Record<string, Words>;

export type Outcome = keyof typeof OUTCOMES;
export type Finding = keyof typeof FINDINGS;
export type Enrollment = keyof typeof ENROLLMENTS;

/** The reasons a status takes. `codeRequired`: a code of the list must be given; else a text alone is enough. */
export interface ReasonRule {
  codes: Record<string, Words>;
  codeRequired: boolean;
}

/** Which statuses take a reason, all of them required; the others take none. */
export const REASONS = {
  REJECTED: { codes: DECLINE_REASONS, codeRequired: true },
  FAILED: { codes: FAIL_REASONS, codeRequired: true },
  CANCELLED: { codes: CANCEL_REASONS, codeRequired: false },
  ON_HOLD: { codes: HOLD_REASONS, codeRequired: false },
  ENTERED_IN_ERROR: { codes: ERROR_REASONS, codeRequired: false },
} as const satisfies Record<string, ReasonRule>;

/** A reason as given: a code of the status' list, a text, or both. OTHER needs a text. */
export interface Reason {
  code?: string | null;
  text?: string | null;
}

/** The words of a recorded reason (FHIR asks for statusReason.text): the text given, else the words of the code. */
export function reasonWords(status: keyof typeof REASONS, reason: Reason): Words | null {
  const text = reason.text?.trim();
  if (text) return { en: text, es: text };
  const codes: Record<string, Words> = REASONS[status].codes;
  return (reason.code ? codes[reason.code] : undefined) ?? null;
}

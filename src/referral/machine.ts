import { type Filling, type Words, fill, join } from '../platform/words.js';
import { REASONS, type Reason, type ReasonRule } from './reasons.js';

/** The statuses of a referral: FHIR's Task for referral management (SDOH Clinical Care 3.0.0), in capitals. */
export const STATUSES = [
  'DRAFT',
  'REQUESTED',
  'ACCEPTED',
  'REJECTED',
  'IN_PROGRESS',
  'ON_HOLD',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
  'ENTERED_IN_ERROR',
] as const;
export type Status = (typeof STATUSES)[number];

/** REQUESTER sent the referral, TARGET is the agency that answers it. */
export const SIDES = ['REQUESTER', 'TARGET'] as const;
export type Side = (typeof SIDES)[number];

/** Who may set each status. */
const SET_BY: Record<Status, readonly Side[]> = {
  DRAFT: ['REQUESTER'],
  REQUESTED: ['REQUESTER'],
  ACCEPTED: ['TARGET'],
  REJECTED: ['TARGET'],
  IN_PROGRESS: ['TARGET'],
  ON_HOLD: ['TARGET'],
  COMPLETED: ['TARGET'],
  FAILED: ['TARGET'],
  CANCELLED: ['REQUESTER', 'TARGET'],
  ENTERED_IN_ERROR: ['REQUESTER'],
};

const WORK_ENDS = ['COMPLETED', 'FAILED', 'CANCELLED', 'ENTERED_IN_ERROR'] as const;

/** The arrows of the guide's diagram. A finished referral moves no more, but its sender may still call it an error. */
export const TRANSITIONS: Record<Status, readonly Status[]> = {
  DRAFT: ['REQUESTED', 'ENTERED_IN_ERROR'],
  REQUESTED: ['ACCEPTED', 'REJECTED', 'CANCELLED', 'ENTERED_IN_ERROR'],
  ACCEPTED: ['IN_PROGRESS', 'ON_HOLD', ...WORK_ENDS],
  IN_PROGRESS: ['ON_HOLD', ...WORK_ENDS],
  ON_HOLD: ['IN_PROGRESS', ...WORK_ENDS],
  REJECTED: ['ENTERED_IN_ERROR'],
  COMPLETED: ['ENTERED_IN_ERROR'],
  FAILED: ['ENTERED_IN_ERROR'],
  CANCELLED: ['ENTERED_IN_ERROR'],
  ENTERED_IN_ERROR: [],
};

/** The statuses in which a referral may begin. */
export const FIRST_STATUSES = ['DRAFT', 'REQUESTED'] as const satisfies readonly Status[];

const TERMINAL: ReadonlySet<Status> = new Set(['REJECTED', 'CANCELLED', 'COMPLETED', 'FAILED', 'ENTERED_IN_ERROR']);

/** True when no more work can follow. */
export const isTerminal = (status: Status): boolean => TERMINAL.has(status);

const REFUSALS = {
  FINISHED: { en: 'This referral is finished and cannot change.', es: 'Esta referencia terminó y no puede cambiar.' },
  NOT_FROM_HERE: {
    en: 'A referral that {from} cannot be {to}.',
    es: 'Una referencia que {from} no se puede {to}.',
  },
  NOT_YOUR_MOVE: { en: 'Only {by} can do this.', es: 'Solo {by} puede hacer esto.' },
  REASON_REQUIRED: { en: 'Say why.', es: 'Indique el motivo.' },
  REASON_UNKNOWN: { en: 'Choose one of the reasons: {reasons}.', es: 'Elija uno de los motivos: {reasons}.' },
  REASON_TEXT_REQUIRED: {
    en: 'Say in a few words what the other reason is.',
    es: 'Explique en pocas palabras el otro motivo.',
  },
  REASON_NOT_TAKEN: { en: 'No reason is recorded with this step.', es: 'Este paso no lleva motivo.' },
} as const satisfies Record<string, Words>;

/** How a referral stands, behind "a referral that …". */
const STANDS: Record<Status, Words> = {
  DRAFT: { en: 'was not sent yet', es: 'aún no se envió' },
  REQUESTED: { en: 'waits for an answer', es: 'espera respuesta' },
  ACCEPTED: { en: 'was accepted', es: 'fue aceptada' },
  REJECTED: { en: 'was declined', es: 'fue rechazada' },
  IN_PROGRESS: { en: 'is being worked on', es: 'está en curso' },
  ON_HOLD: { en: 'is on hold', es: 'está en pausa' },
  COMPLETED: { en: 'was completed', es: 'fue completada' },
  FAILED: { en: 'could not be completed', es: 'no se pudo completar' },
  CANCELLED: { en: 'was cancelled', es: 'fue cancelada' },
  ENTERED_IN_ERROR: { en: 'was sent by mistake', es: 'se envió por error' },
};

/** What is done to a referral, behind "it cannot be …". */
const BECOMES: Record<Status, Words> = {
  DRAFT: { en: 'made a draft', es: 'volver a borrador' },
  REQUESTED: { en: 'sent', es: 'enviar' },
  ACCEPTED: { en: 'accepted', es: 'aceptar' },
  REJECTED: { en: 'declined', es: 'rechazar' },
  IN_PROGRESS: { en: 'started', es: 'empezar' },
  ON_HOLD: { en: 'put on hold', es: 'poner en pausa' },
  COMPLETED: { en: 'completed', es: 'completar' },
  FAILED: { en: 'ended without help', es: 'terminar sin ayuda' },
  CANCELLED: { en: 'cancelled', es: 'cancelar' },
  ENTERED_IN_ERROR: { en: 'taken back as a mistake', es: 'anular como error' },
};

const SIDE_WORDS: Record<Side, Words> = {
  REQUESTER: { en: 'the sender', es: 'quien la envió' },
  TARGET: { en: 'the agency that received it', es: 'la organización que la recibió' },
};

export type RefusalCode = keyof typeof REFUSALS;

/** Why a step was refused; `field` names the input at fault when it is the reason. */
export interface StepRefusal {
  ok: false;
  code: RefusalCode;
  words: Words;
  field?: 'reason.code' | 'reason.text';
}

/** A step that may be recorded. */
export interface Step {
  ok: true;
  from: Status;
  to: Status;
  side: Side;
  reason: { code: string | null; text: string | null } | null;
}

const refused = (
  code: RefusalCode,
  values: Record<string, Filling> = {},
  field?: StepRefusal['field'],
): StepRefusal => ({
  ok: false,
  code,
  words: fill(REFUSALS[code], values),
  ...(field ? { field } : {}),
});

const ruleFor = (to: Status): ReasonRule | null => (to in REASONS ? REASONS[to as keyof typeof REASONS] : null);

function checkReason(to: Status, reason?: Reason | null): StepRefusal | Step['reason'] {
  const rule = ruleFor(to);
  const code = reason?.code ?? null;
  const text = reason?.text?.trim() || null;
  if (!rule) return code || text ? refused('REASON_NOT_TAKEN', {}, code ? 'reason.code' : 'reason.text') : null;
  if (code !== null && !Object.hasOwn(rule.codes, code)) {
    return refused('REASON_UNKNOWN', { reasons: join(Object.values(rule.codes)) }, 'reason.code');
  }
  if (code === null && (rule.codeRequired || !text)) {
    return refused('REASON_REQUIRED', {}, rule.codeRequired ? 'reason.code' : 'reason.text');
  }
  if (code === 'OTHER' && !text) return refused('REASON_TEXT_REQUIRED', {}, 'reason.text');
  return { code, text };
}

function notYourMove(to: Status): StepRefusal {
  const by = join(
    SET_BY[to].map((side) => SIDE_WORDS[side]),
    { en: ' or ', es: ' o ' },
  );
  return refused('NOT_YOUR_MOVE', { by });
}

/** One step of a referral: the step to record, or why it is refused. The status is judged first, then the side, then the reason. */
export function transition(status: Status, to: Status, side: Side, reason?: Reason | null): Step | StepRefusal {
  if (!TRANSITIONS[status].includes(to)) {
    return isTerminal(status)
      ? refused('FINISHED')
      : refused('NOT_FROM_HERE', { from: STANDS[status], to: BECOMES[to] });
  }
  if (!SET_BY[to].includes(side)) return notYourMove(to);
  const checked = checkReason(to, reason);
  if (checked && 'ok' in checked) return checked;
  return { ok: true, from: status, to, side, reason: checked };
}

/** The verb of each step, as the API and its buttons name it. */
export const VERBS = {
  REQUESTED: 'SEND',
  ACCEPTED: 'ACCEPT',
  REJECTED: 'DECLINE',
  IN_PROGRESS: 'START',
  ON_HOLD: 'HOLD',
  COMPLETED: 'COMPLETE',
  FAILED: 'FAIL',
  CANCELLED: 'CANCEL',
  ENTERED_IN_ERROR: 'WITHDRAW_IN_ERROR',
} as const satisfies Partial<Record<Status, string>>;
export type Verb = (typeof VERBS)[keyof typeof VERBS];

/** A step that a side may take now, as a button needs it. */
export interface Action {
  verb: Verb;
  to: Status;
  reasonRequired: boolean;
  reasonCodes: readonly string[];
}

/** What a side may do with a referral in this status, in the order of the table. */
export function actionsFor(status: Status, side: Side): Action[] {
  return TRANSITIONS[status]
    .filter((to): to is keyof typeof VERBS => to in VERBS && SET_BY[to].includes(side))
    .map((to) => ({
      verb: VERBS[to],
      to,
      reasonRequired: ruleFor(to) !== null,
      reasonCodes: Object.keys(ruleFor(to)?.codes ?? {}),
    }));
}

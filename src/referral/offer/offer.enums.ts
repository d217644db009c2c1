import { registerEnumType } from 'type-graphql';

export const OfferKind = { GROUP: 'GROUP', CASCADE: 'CASCADE' } as const;
export type OfferKind = keyof typeof OfferKind;
export const OfferStatus = { OPEN: 'OPEN', TAKEN: 'TAKEN', STOPPED: 'STOPPED', EXHAUSTED: 'EXHAUSTED' } as const;
export type OfferStatus = keyof typeof OfferStatus;
export const OfferTargetState = { WAITING: 'WAITING', SENT: 'SENT', SKIPPED: 'SKIPPED' } as const;
export type OfferTargetState = keyof typeof OfferTargetState;

const SKIP_REASONS = [
  'CONSENT',
  'NOT_OFFERED',
  'NO_ROOM',
  'ROOM_UNKNOWN',
  'NO_FIT',
  'FIT_UNKNOWN',
  'ASKED_ALREADY',
  'NEED_SETTLED',
  'PATIENT_NOT_ACTIVE',
  'CLOSED',
  'ELSEWHERE',
  'PLACE_UNKNOWN',
  'OTHER_LANGUAGE',
  'LANGUAGE_UNKNOWN',
  'NOT_REACHED',
  'OTHER_HELP',
] as const;
/** Why the hub sends nothing to an agency by itself, so that a person decides. */
export type SkipReason = (typeof SKIP_REASONS)[number];
export const OfferSkipReason = Object.fromEntries(SKIP_REASONS.map((one) => [one, one])) as {
  readonly [R in SkipReason]: R;
};

registerEnumType(OfferKind, {
  name: 'OfferKind',
  description: 'How several agencies are asked.',
  valuesConfig: {
    GROUP: { description: 'All at once; the first one that accepts takes it, and the others are told kindly.' },
    CASCADE: { description: 'One after another, when one declines, does not answer or cannot help.' },
  },
});
registerEnumType(OfferStatus, {
  name: 'OfferStatus',
  description: 'Where an offer stands.',
  valuesConfig: {
    OPEN: { description: 'Agencies are being asked.' },
    TAKEN: { description: 'One has accepted.' },
    STOPPED: { description: 'The sender has stopped it.' },
    EXHAUSTED: { description: 'Nobody is left who may be asked without a person deciding.' },
  },
});
registerEnumType(OfferTargetState, {
  name: 'OfferTargetState',
  description: 'Where an agency of an offer stands: not asked yet, asked, or left out.',
});
registerEnumType(OfferSkipReason, {
  name: 'OfferSkipReason',
  description: 'Why the hub sends nothing to an agency by itself.',
  valuesConfig: {
    CLOSED: { description: 'It is closed for longer than four days.' },
    ELSEWHERE: { description: 'It says which areas it serves, and the patient lives in none of them.' },
    PLACE_UNKNOWN: { description: 'No ZIP code of the patient is known.' },
    OTHER_LANGUAGE: { description: 'It says which languages it speaks, and the patient’s is none of them.' },
    LANGUAGE_UNKNOWN: { description: 'It does not say whether it speaks the patient’s language.' },
    NOT_REACHED: { description: 'It has neither an account nor an address for letters.' },
    OTHER_HELP: { description: 'It helps with the same need, by other help than was asked for.' },
  },
});

import { registerEnumType } from 'type-graphql';

export const DueReason = { PERIOD: 'PERIOD', DISCHARGE: 'DISCHARGE', NEED: 'NEED', LIFE_EVENT: 'LIFE_EVENT' } as const;
export type DueReason = keyof typeof DueReason;
registerEnumType(DueReason, {
  name: 'ScreeningDueReason',
  description: 'Why a screening is due.',
  valuesConfig: {
    PERIOD: { description: 'The last one was too long ago, or there was none.' },
    DISCHARGE: { description: 'The patient came home from a hospital.' },
    NEED: { description: 'A need was confirmed: look whether it is still there.' },
    LIFE_EVENT: { description: 'Something changed in the patient’s life.' },
  },
});

export const LifeEventKind = {
  DISCHARGE: 'DISCHARGE',
  MOVED: 'MOVED',
  LOST_JOB: 'LOST_JOB',
  NEW_CHILD: 'NEW_CHILD',
  LOST_SOMEONE: 'LOST_SOMEONE',
  SEPARATED: 'SEPARATED',
  OTHER: 'OTHER',
} as const;
export type LifeEventKind = keyof typeof LifeEventKind;
registerEnumType(LifeEventKind, { name: 'LifeEventKind', description: 'What happened to a patient.' });

export const PauseReason = {
  NOT_REACHED: 'NOT_REACHED',
  IN_HOSPITAL: 'IN_HOSPITAL',
  TOO_MUCH_NOW: 'TOO_MUCH_NOW',
  ASKED_TO_WAIT: 'ASKED_TO_WAIT',
  DECLINED: 'DECLINED',
  OTHER: 'OTHER',
} as const;
export type PauseReason = keyof typeof PauseReason;
registerEnumType(PauseReason, { name: 'ScreeningPauseReason', description: 'Why a screening is put off.' });

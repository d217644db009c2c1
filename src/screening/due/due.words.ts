import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';

export const DueReason = enumOf(['PERIOD', 'DISCHARGE', 'NEED', 'LIFE_EVENT']);
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

export const LifeEventKind = enumOf([
  'DISCHARGE',
  'MOVED',
  'LOST_JOB',
  'NEW_CHILD',
  'LOST_SOMEONE',
  'SEPARATED',
  'OTHER',
]);
export type LifeEventKind = keyof typeof LifeEventKind;
registerEnumType(LifeEventKind, { name: 'LifeEventKind', description: 'What happened to a patient.' });

export const PauseReason = enumOf(['NOT_REACHED', 'IN_HOSPITAL', 'TOO_MUCH_NOW', 'ASKED_TO_WAIT', 'DECLINED', 'OTHER']);
export type PauseReason = keyof typeof PauseReason;
registerEnumType(PauseReason, { name: 'ScreeningPauseReason', description: 'Why a screening is put off.' });

import { registerEnumType } from 'type-graphql';
import { enumOf } from '../platform/graphql/enum-of.js';

export const ScreeningStatus = enumOf(['IN_PROGRESS', 'COMPLETED', 'ENTERED_IN_ERROR']);
export type ScreeningStatus = keyof typeof ScreeningStatus;
registerEnumType(ScreeningStatus, { name: 'ScreeningStatus', description: 'Where a screening stands.' });

export const AnsweredBy = enumOf(['PATIENT', 'RELATED_PERSON']);
export type AnsweredBy = keyof typeof AnsweredBy;
registerEnumType(AnsweredBy, { name: 'AnsweredBy', description: 'Who answered the questions.' });

export const AnsweredVia = enumOf(['CARE_TEAM', 'KIOSK', 'LINK']);
export type AnsweredVia = keyof typeof AnsweredVia;
registerEnumType(AnsweredVia, {
  name: 'AnsweredVia',
  description: 'Through whose hands an answer came.',
  valuesConfig: {
    CARE_TEAM: { description: 'Somebody of the care team wrote it down.' },
    KIOSK: { description: 'The patient alone, on a device that was handed over.' },
    LINK: { description: 'The patient alone, by a link.' },
  },
});

export const AbsentReason = enumOf(['ASKED_DECLINED', 'NOT_ASKED']);
registerEnumType(AbsentReason, {
  name: 'AbsentReason',
  description: 'Why a question has no answer. Declined and not asked are different facts.',
  valuesConfig: {
    ASKED_DECLINED: { description: 'It was asked, and the person did not want to answer.' },
    NOT_ASKED: { description: 'It was not asked; `absentText` says why.' },
  },
});

export const ItemKind = enumOf(['CHOICE', 'MULTI', 'INTEGER', 'DECIMAL', 'TEXT']);
export type ItemKind = keyof typeof ItemKind;
registerEnumType(ItemKind, {
  name: 'ItemKind',
  description: 'What kind of answer a question takes.',
  valuesConfig: {
    CHOICE: { description: 'Exactly one of the answers.' },
    MULTI: { description: 'One or more of the answers.' },
    TEXT: { description: 'A text of at most 500 characters.' },
  },
});

export const NeedStatus = enumOf([
  'POSSIBLE',
  'CONFIRMED',
  'BEING_ADDRESSED',
  'MET',
  'UNMET',
  'DECLINED',
  'REFUTED',
  'ENTERED_IN_ERROR',
]);
export type NeedStatus = keyof typeof NeedStatus;
registerEnumType(NeedStatus, {
  name: 'NeedStatus',
  description: 'Where a need stands.',
  valuesConfig: {
    POSSIBLE: { description: 'Answers point to it; nobody has talked about it yet.' },
    CONFIRMED: { description: 'The patient and the care manager agree that it is there.' },
    BEING_ADDRESSED: { description: 'A referral for it is under way.' },
    UNMET: { description: 'Help could not be had; it may be opened again.' },
    DECLINED: { description: 'It is there, and the patient wants no help with it.' },
    REFUTED: { description: 'It turned out not to be a need.' },
  },
});

import './screening.policy.js';
import type { Feature } from '../platform/feature.js';
import { PatientDue, ScreeningDueResolver } from './due/due.resolver.js';
import {
  InstrumentAnswerResolver,
  InstrumentItemResolver,
  InstrumentResolver,
  InstrumentSectionResolver,
} from './instrument.resolver.js';
import { InstrumentDeskResolver, InstrumentVersionResolver } from './instrument-desk/instrument-desk.resolver.js';
import { loadInstruments } from './instruments.js';
import { ComparisonResolver } from './compare/comparison.resolver.js';
import { Goal } from './goal/goal.entity.js';
import { GoalResolver, PatientGoals } from './goal/goal.resolver.js';
import { Need } from './need/need.entity.js';
import { NeedResolver, PatientNeeds } from './need/need.resolver.js';
import { ScreeningPassResolver } from './pass/pass.resolver.js';
import { ScreeningPass } from './pass/screening-pass.entity.js';
import { SheetResolver } from './pass/sheet.resolver.js';
import { MyHelpNeeds } from './need/on-my-help.js';
import { Screening } from './screening.entity.js';
import { PatientScreenings, ScreeningAnswerResolver, ScreeningResolver } from './screening.resolver.js';
import { SCREENING_SPANISH } from './spanish.js';

export type { Answer } from './check-answer.js';
export { byLinkId, enabledItems } from './enabled.js';
export { findQuestionnaire, questionnaires } from './fhir/find-questionnaire.js';
export { leftIn, uploadInstrument } from './instrument-desk/upload-instrument.js';
export { questionnaireId } from './fhir/questionnaire-out.js';
export type { Questionnaire as FhirQuestionnaire } from './fhir/questionnaire.js';
export { itemsOf, type Instrument as InstrumentForm } from './instrument.js';
export { seededInstruments } from './instrument-file.js';
export { scoreScreening, type PossibleNeed } from './score.js';
export { markBeingAddressed, reopenNeeds, resolveNeedAs } from './need/change-need.js';
export { Need } from './need/need.entity.js';
export { needLabelsIn } from './need/need-labels.js';
export { needById } from './screening.loaders.js';

declare module '../platform/events.js' {
  interface Events {
    'screening.completed': { screeningId: string; patientId: string };
    'need.changed': { needId: string; patientId: string };
  }
}

/** What patients need: forms, screenings, answers, needs. */
export const screening: Feature = {
  name: 'screening',
  spanish: SCREENING_SPANISH,
  entities: [Screening, ScreeningPass, Need, Goal],
  resolvers: [
    InstrumentResolver,
    InstrumentSectionResolver,
    InstrumentItemResolver,
    InstrumentAnswerResolver,
    ScreeningResolver,
    ScreeningAnswerResolver,
    InstrumentDeskResolver,
    InstrumentVersionResolver,
    PatientScreenings,
    ScreeningPassResolver,
    SheetResolver,
    ScreeningDueResolver,
    PatientDue,
    ComparisonResolver,
    GoalResolver,
    PatientGoals,
    NeedResolver,
    PatientNeeds,
    MyHelpNeeds,
  ],
  open: loadInstruments,
};

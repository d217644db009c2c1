import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';

export const GoalLifecycle = enumOf(['PROPOSED', 'ACTIVE', 'ON_HOLD', 'COMPLETED', 'CANCELLED', 'ENTERED_IN_ERROR']);
export type GoalLifecycle = keyof typeof GoalLifecycle;
registerEnumType(GoalLifecycle, { name: 'GoalLifecycle', description: 'FHIR’s lifecycle status of a goal.' });

export const GoalAchievement = enumOf([
  'IN_PROGRESS',
  'IMPROVING',
  'WORSENING',
  'NO_CHANGE',
  'ACHIEVED',
  'SUSTAINING',
  'NOT_ACHIEVED',
  'NO_PROGRESS',
  'NOT_ATTAINABLE',
]);
export type GoalAchievement = keyof typeof GoalAchievement;
registerEnumType(GoalAchievement, { name: 'GoalAchievement', description: 'FHIR’s achievement status of a goal.' });

/** The arrows of a goal's lifecycle. What ended stays ended, but for a mistake. */
export const GOAL_TRANSITIONS: Record<GoalLifecycle, readonly GoalLifecycle[]> = {
  PROPOSED: ['ACTIVE', 'CANCELLED', 'ENTERED_IN_ERROR'],
  ACTIVE: ['ON_HOLD', 'COMPLETED', 'CANCELLED', 'ENTERED_IN_ERROR'],
  ON_HOLD: ['ACTIVE', 'COMPLETED', 'CANCELLED', 'ENTERED_IN_ERROR'],
  COMPLETED: ['ENTERED_IN_ERROR'],
  CANCELLED: ['ENTERED_IN_ERROR'],
  ENTERED_IN_ERROR: [],
};

/** Codes of what is reached, where the guide has them: SNOMED CT of the description, LOINC of the measure and its answer. */
export const GOAL_CODES: Readonly<Record<string, { snomed?: string; measure?: string; detail?: string }>> = {
  'food-insecurity': { snomed: '1078229009', measure: '88124-3', detail: 'LA19983-8' },
  'transportation-insecurity': { snomed: '1137434003' },
  'employment-status': { snomed: '406156006' },
};

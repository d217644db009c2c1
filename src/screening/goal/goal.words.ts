import { registerEnumType } from 'type-graphql';

export const GoalLifecycle = {
  PROPOSED: 'PROPOSED',
  ACTIVE: 'ACTIVE',
  ON_HOLD: 'ON_HOLD',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
  ENTERED_IN_ERROR: 'ENTERED_IN_ERROR',
} as const;
export type GoalLifecycle = keyof typeof GoalLifecycle;
registerEnumType(GoalLifecycle, { name: 'GoalLifecycle', description: 'FHIR’s lifecycle status of a goal.' });

export const GoalAchievement = {
  IN_PROGRESS: 'IN_PROGRESS',
  IMPROVING: 'IMPROVING',
  WORSENING: 'WORSENING',
  NO_CHANGE: 'NO_CHANGE',
  ACHIEVED: 'ACHIEVED',
  SUSTAINING: 'SUSTAINING',
  NOT_ACHIEVED: 'NOT_ACHIEVED',
  NO_PROGRESS: 'NO_PROGRESS',
  NOT_ATTAINABLE: 'NOT_ATTAINABLE',
} as const;
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

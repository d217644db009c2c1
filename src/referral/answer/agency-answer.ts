import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import type { Status } from '../machine.js';
import type { AskedBy } from '../referral.enums.js';
import type { Move } from '../take-step.js';

/** What an agency says of a referral, in the words of the people who work there. */
export const AgencyAnswer = enumOf([
  'ACCEPT',
  'DECLINE',
  'NEED_INFO',
  'WAITLIST',
  'HOLD',
  'APPOINTMENT',
  'START',
  'HELPED',
  'NOT_HELPED',
  'NOT_REACHED',
]);
export type AgencyAnswer = keyof typeof AgencyAnswer;
registerEnumType(AgencyAnswer, {
  name: 'AgencyAnswer',
  description: 'What an agency says of a referral.',
  valuesConfig: {
    ACCEPT: { description: 'We can help.' },
    DECLINE: { description: 'We cannot; needs a reason.' },
    NEED_INFO: { description: 'We must know more first: a question to the sender. Ends nothing.' },
    WAITLIST: { description: 'The person is on our waiting list.' },
    HOLD: { description: 'We wait for the person, for papers or for a place; needs a reason.' },
    APPOINTMENT: { description: 'We see the person at this time.' },
    START: { description: 'We have begun to help.' },
    HELPED: { description: 'We are done, and say what the person got.' },
    NOT_HELPED: { description: 'We tried and could not; needs a reason.' },
    NOT_REACHED: { description: 'We tried to reach the person in vain. Ends nothing.' },
  },
});

const OPEN: Partial<Record<Status, readonly Move[]>> = { REQUESTED: [], ACCEPTED: [], IN_PROGRESS: [], ON_HOLD: [] };

/**
 * The steps that each answer takes from where a referral stands. People say "she is on our list" without having accepted
 * first: the steps that lie between are taken with it, so that the history stays one that the machine admits.
 */
export const PATHS: Record<AgencyAnswer, Partial<Record<Status, readonly Move[]>>> = {
  ACCEPT: { REQUESTED: ['ACCEPTED'] },
  DECLINE: { REQUESTED: ['REJECTED'] },
  NEED_INFO: OPEN,
  WAITLIST: { REQUESTED: ['ACCEPTED', 'ON_HOLD'], ACCEPTED: ['ON_HOLD'], IN_PROGRESS: ['ON_HOLD'], ON_HOLD: [] },
  HOLD: { REQUESTED: ['ACCEPTED', 'ON_HOLD'], ACCEPTED: ['ON_HOLD'], IN_PROGRESS: ['ON_HOLD'] },
  APPOINTMENT: { REQUESTED: ['ACCEPTED'], ACCEPTED: [], IN_PROGRESS: [], ON_HOLD: ['IN_PROGRESS'] },
  START: { REQUESTED: ['ACCEPTED', 'IN_PROGRESS'], ACCEPTED: ['IN_PROGRESS'], ON_HOLD: ['IN_PROGRESS'] },
  HELPED: {
    REQUESTED: ['ACCEPTED', 'COMPLETED'],
    ACCEPTED: ['COMPLETED'],
    IN_PROGRESS: ['COMPLETED'],
    ON_HOLD: ['COMPLETED'],
  },
  NOT_HELPED: { ACCEPTED: ['FAILED'], IN_PROGRESS: ['FAILED'], ON_HOLD: ['FAILED'] },
  NOT_REACHED: OPEN,
};

/** Where an answer leads, to say why it cannot be given from where a referral stands. */
export const LEADS_TO: Record<AgencyAnswer, Move> = {
  ACCEPT: 'ACCEPTED',
  DECLINE: 'REJECTED',
  NEED_INFO: 'IN_PROGRESS',
  WAITLIST: 'ON_HOLD',
  HOLD: 'ON_HOLD',
  APPOINTMENT: 'IN_PROGRESS',
  START: 'IN_PROGRESS',
  HELPED: 'COMPLETED',
  NOT_HELPED: 'FAILED',
  NOT_REACHED: 'IN_PROGRESS',
};

/**
 * The answers by a link that fit where a referral stands, in the order in which its page offers them. Whoever has no
 * account says what they wait for by asking, or by the waiting list. Behind a person’s own request nobody reads a
 * question.
 */
export function answersFor(status: Status, askedBy: AskedBy): AgencyAnswer[] {
  return (Object.keys(PATHS) as AgencyAnswer[]).filter(
    (answer) =>
      answer !== 'HOLD' && !(answer === 'NEED_INFO' && askedBy === 'SELF') && PATHS[answer][status] !== undefined,
  );
}

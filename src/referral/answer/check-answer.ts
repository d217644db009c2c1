import { refuse } from '../../platform/graphql/refusal.js';
import { keptText } from '../answered.js';
import type { AgencyAnswer } from './agency-answer.js';
import type { AnswerFields } from './answer.inputs.js';

const DAY_MS = 86_400_000;
/** An appointment somebody forgot to write down yesterday, and one that is farther off than any list. */
const PAST_DAYS = 1;
const AHEAD_DAYS = 730;

/** Where what was written goes: into the reason of the step, beside the outcome or the attempt, or to the sender. */
const WORDS_ARE: Record<AgencyAnswer, 'reason' | 'note' | 'message'> = {
  ACCEPT: 'message',
  DECLINE: 'reason',
  NEED_INFO: 'message',
  WAITLIST: 'message',
  HOLD: 'reason',
  APPOINTMENT: 'message',
  START: 'message',
  HELPED: 'note',
  NOT_HELPED: 'reason',
  NOT_REACHED: 'note',
};

const REASONED: ReadonlySet<AgencyAnswer> = new Set(['DECLINE', 'HOLD', 'NOT_HELPED']);

export interface Checked {
  reason: string | null;
  note: string | null;
  message: string | null;
}

const required = (field: string): never => refuse('REQUIRED', 'This is needed.', field);

function within(at: Date, now: Date, field: string): void {
  const days = (at.getTime() - now.getTime()) / DAY_MS;
  if (days >= -PAST_DAYS && days <= AHEAD_DAYS) return;
  refuse('NOT_A_DAY', 'Choose a day from now on, within two years.', field);
}

/** What an answer must bring along, before anything is looked up. */
export function checkAnswer(given: AnswerFields, now: Date): Checked {
  const { answer, waitlistPosition, waitlistExpectedOn, appointmentAt } = given;
  const words = keptText(given.words, 1000, 'words');
  if (answer === 'NEED_INFO' && !words) refuse('REQUIRED', 'Write something first.', 'words');
  if (REASONED.has(answer) && !given.reasonCode) required('reasonCode');
  if (answer === 'HELPED' && !given.outcome) required('outcome');
  if (answer === 'APPOINTMENT') within(appointmentAt ?? required('appointmentAt'), now, 'appointmentAt');
  if (typeof waitlistPosition === 'number' && !(waitlistPosition >= 1 && waitlistPosition <= 9999)) {
    refuse('NOT_A_PLACE', 'Give the place on the list as a number from 1 to 9999.', 'waitlistPosition');
  }
  if (waitlistExpectedOn) within(new Date(waitlistExpectedOn), now, 'waitlistExpectedOn');
  const checked: Checked = { reason: null, note: null, message: null };
  checked[WORDS_ARE[answer]] = words;
  return checked;
}

import type { Status } from '../referral/index.js';
import type { Dice } from './dice.js';

export interface DemoStep {
  from: Status | null;
  to: Status;
  side: 'REQUESTER' | 'TARGET';
  reasonCode: string | null;
  reason: string | null;
  at: Date;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What happens next from each status, how often, and after how many hours. A weight of STAY: nothing more happens. */
const NEXT: Partial<
  Record<Status, { weights: Partial<Record<Status | 'STAY', number>>; hours: [low: number, high: number] }>
> = {
  REQUESTED: { weights: { ACCEPTED: 66, REJECTED: 14, CANCELLED: 5, ENTERED_IN_ERROR: 1, STAY: 14 }, hours: [1, 120] },
  ACCEPTED: {
    weights: { IN_PROGRESS: 70, ON_HOLD: 8, COMPLETED: 8, FAILED: 6, CANCELLED: 2, STAY: 6 },
    hours: [4, 160],
  },
  IN_PROGRESS: { weights: { COMPLETED: 70, ON_HOLD: 8, FAILED: 14, CANCELLED: 2, STAY: 6 }, hours: [24, 400] },
  ON_HOLD: { weights: { IN_PROGRESS: 55, COMPLETED: 10, FAILED: 15, CANCELLED: 5, STAY: 15 }, hours: [48, 700] },
};

const REASONS: Partial<Record<Status, readonly (readonly [code: string, text: string])[]>> = {
  REJECTED: [
    ['NO_CAPACITY', 'We are full until next month.'],
    ['NOT_ELIGIBLE', 'The household is over our income limit.'],
    ['OUT_OF_AREA', 'We serve the other side of the county.'],
  ],
  FAILED: [
    ['COULD_NOT_REACH', 'We called three times on different days.'],
    ['NO_SHOW', 'Two appointments were missed.'],
    ['NO_FUNDS', 'The fund ran out for this quarter.'],
  ],
  CANCELLED: [['PERSON_DECLINED', 'The person has found help elsewhere.']],
  ON_HOLD: [
    ['WAITLIST', 'On our waiting list.'],
    ['WAITING_FOR_DOCUMENTS', 'We are waiting for papers.'],
  ],
  ENTERED_IN_ERROR: [['WRONG_AGENCY', 'Sent to the wrong agency.']],
};

function sideOf(to: Status, dice: Dice): 'REQUESTER' | 'TARGET' {
  if (to === 'ENTERED_IN_ERROR') return 'REQUESTER';
  return to === 'CANCELLED' && dice.chance(0.7) ? 'REQUESTER' : 'TARGET';
}

const sent = (at: Date): DemoStep => ({
  from: null,
  to: 'REQUESTED',
  side: 'REQUESTER',
  reasonCode: null,
  reason: null,
  at,
});

/** Sent, and declined within two days because there was no room. */
export function turnedAway(sentAt: Date, dice: Dice): DemoStep[] {
  const at = new Date(sentAt.getTime() + dice.int(2, 48) * HOUR);
  const [reasonCode, reason] = ['NO_CAPACITY', 'We are full until next month.'];
  return [sent(sentAt), { from: 'REQUESTED', to: 'REJECTED', side: 'TARGET', reasonCode, reason, at }];
}

/** The life of one referral from sending up to now, each step as the status machine allows it. */
export function historyOf(dice: Dice, sentAt: Date, now: Date): DemoStep[] {
  const steps = [sent(sentAt)];
  let status: Status = 'REQUESTED';
  let at = sentAt.getTime();
  for (let next = NEXT[status]; next; next = NEXT[status]) {
    const to: Status | 'STAY' = dice.weighted(next.weights);
    at += dice.int(...next.hours) * HOUR;
    // What stays open belongs to the last weeks: nobody leaves a referral open for a year in a network that works.
    if (at > now.getTime() || (to === 'STAY' && now.getTime() - at < 21 * DAY)) break;
    if (to === 'STAY') continue;
    const [reasonCode, reason] = REASONS[to] ? dice.pick(REASONS[to]) : [null, null];
    steps.push({ from: status, to, side: sideOf(to, dice), reasonCode, reason, at: new Date(at) });
    status = to;
  }
  return steps;
}

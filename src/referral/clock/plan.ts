import type { Priority, Status } from '../referral.enums.js';
import { HOUR_MS, type WorkCalendar } from './work-calendar.js';

/** What is done when a clock runs out, in the order in which it is done: each at most once for a referral. */
export const CLOCK_STEPS = [
  'REMIND_SEE',
  'REMIND_ANSWER',
  'ESCALATE_ANSWER',
  'HAND_OVER',
  'REMIND_CONTACT',
  'ESCALATE_CONTACT',
  'REMIND_OUTCOME',
  'ESCALATE_OUTCOME',
] as const;
export type ClockStep = (typeof CLOCK_STEPS)[number];

/** Letters to the agency itself, to those who lead it, and what comes before the sender. */
export const REMINDERS: readonly ClockStep[] = ['REMIND_SEE', 'REMIND_ANSWER', 'REMIND_CONTACT', 'REMIND_OUTCOME'];
export const ESCALATIONS: readonly ClockStep[] = ['ESCALATE_ANSWER', 'ESCALATE_CONTACT', 'ESCALATE_OUTCOME'];
export const FOR_THE_SENDER: readonly ClockStep[] = ['HAND_OVER', 'ESCALATE_CONTACT', 'ESCALATE_OUTCOME'];

/** What the clocks of a referral go by. */
export interface ClockFacts {
  status: Status;
  priority: Priority;
  sentAt: Date;
  /** Since when the person waits for what is next: it was sent or accepted, or the agency got what it had asked for. */
  runsFrom: Date;
  seenAt: Date | null;
  /** When the person was first reached, as far as the agency says. */
  contactAt: Date | null;
  seeDueAt: Date | null;
  answerDueAt: Date;
  contactDueAt: Date | null;
  outcomeDueAt: Date | null;
  pausedAt: Date | null;
  /** What was done already, and when. */
  taken: Partial<Record<ClockStep, Date>>;
}

export interface Planned {
  step: ClockStep;
  at: Date;
  /** Whoever it is for does not wait until the agency works again. */
  closed?: true;
}

const DAY_MS = 24 * HOUR_MS;
/** An agency is reminded when this part of its time to answer is gone. */
const REMINDED_AFTER = 0.75;
/** Working time between one step and the next, whatever was late: an agency that was just reminded can still answer. */
const GAP_MS: Record<Priority, number> = { URGENT: HOUR_MS, ROUTINE: 2 * HOUR_MS };
/** Working time after the answer was due until the sender has to look for another way. */
const HAND_OVER_MS: Record<Priority, number> = { URGENT: HOUR_MS, ROUTINE: 4 * HOUR_MS };
/** An agency that is closed for longer than this does not keep its senders waiting: they are told while it is closed. */
const LONGEST_CLOSED_MS: Record<Priority, number> = { URGENT: 4 * DAY_MS, ROUTINE: 7 * DAY_MS };
const CONTACT_MS: Record<Priority, number> = { URGENT: 4 * HOUR_MS, ROUTINE: 8 * HOUR_MS };
const OUTCOME_MS = 16 * HOUR_MS;

/** When to look at a wait that begins now: at what is due, and before the sender could have to be told of a closed agency. */
export function firstLook(due: Date, now: Date, priority: Priority): Date {
  const told = new Date(now.getTime() + LONGEST_CLOSED_MS[priority]);
  return due < told ? due : told;
}

/** When the sender is told at the latest: so long after what was promised, and after the agency closed before that for longer. */
function latestFor({ priority, runsFrom }: ClockFacts, due: Date, calendar: WorkCalendar): Date {
  const longest = LONGEST_CLOSED_MS[priority];
  const closed = calendar.closesFor(longest, runsFrom, due);
  return new Date((closed ?? due).getTime() + longest);
}

/** The steps before the sender is told, and that; where the agency is closed for long, it is told all the same. */
function untilTold(
  before: readonly Planned[],
  told: ClockStep,
  at: Date,
  latest: Date,
  calendar: WorkCalendar,
): Planned[] {
  if (at <= latest) return [...before, { step: told, at }];
  // Nobody is there to be reminded: what would wait for the agency to open is left out.
  const open = before.filter((one) => whenOpen(one.at, calendar) < latest);
  return [...open, { step: told, at: latest, closed: true }];
}

function toAnswer(facts: ClockFacts, calendar: WorkCalendar): Planned[] {
  const { priority, sentAt, seenAt, seeDueAt, answerDueAt } = facts;
  const reminded = calendar.add(sentAt, Math.round(REMINDED_AFTER * calendar.between(sentAt, answerDueAt)));
  const unseen = seeDueAt && !seenAt && seeDueAt < reminded;
  const planned: Planned[] = [
    ...(unseen ? [{ step: 'REMIND_SEE' as const, at: seeDueAt }] : []),
    { step: 'REMIND_ANSWER', at: reminded },
    { step: 'ESCALATE_ANSWER', at: answerDueAt },
  ];
  const at = calendar.add(answerDueAt, HAND_OVER_MS[priority]);
  return untilTold(planned, 'HAND_OVER', at, latestFor(facts, answerDueAt, calendar), calendar);
}

const whenOpen = (at: Date, calendar: WorkCalendar): Date => (calendar.works(at) ? at : calendar.add(at, 0));

function toHelp(facts: ClockFacts, calendar: WorkCalendar): Planned[] {
  const { status, priority, contactAt, contactDueAt, outcomeDueAt } = facts;
  const planned: Planned[] = [];
  if (status === 'ACCEPTED' && !contactAt && contactDueAt) {
    const at = calendar.add(contactDueAt, CONTACT_MS[priority]);
    const before: Planned[] = [{ step: 'REMIND_CONTACT', at: contactDueAt }];
    planned.push(...untilTold(before, 'ESCALATE_CONTACT', at, latestFor(facts, contactDueAt, calendar), calendar));
  }
  if (outcomeDueAt) {
    const at = calendar.add(outcomeDueAt, OUTCOME_MS);
    const before: Planned[] = [{ step: 'REMIND_OUTCOME', at: outcomeDueAt }];
    // Whoever was reached gets help meanwhile: only what was promised counts.
    const latest = new Date(outcomeDueAt.getTime() + LONGEST_CLOSED_MS[priority]);
    planned.push(...untilTold(before, 'ESCALATE_OUTCOME', at, latest, calendar));
  }
  return planned;
}

/** All that the clocks would do if nothing else happened, done or not. Nothing is planned while they stand still. */
function planOf(facts: ClockFacts, calendar: WorkCalendar): Planned[] {
  if (facts.pausedAt) return [];
  if (facts.status === 'REQUESTED') return toAnswer(facts, calendar);
  return facts.status === 'ACCEPTED' || facts.status === 'IN_PROGRESS' ? toHelp(facts, calendar) : [];
}

/**
 * What comes next, and when: the first step that was not taken, behind all that were. Of two reminders that are both late
 * only the second is sent. What comes late moves what follows, so that there is working time between any two.
 */
export function nextStep(facts: ClockFacts, calendar: WorkCalendar, now: Date): Planned | null {
  const planned = planOf(facts, calendar);
  const passed = planned.findLastIndex(({ step }) => facts.taken[step]);
  const left = planned.slice(passed + 1);
  const [first, second] = left;
  if (!first) return null;
  const next = nextOf(first.step === 'REMIND_SEE' && second && second.at <= now ? second : first, facts, calendar, now);
  // What has to wait for its working time, and that until the agency opens, keeps nobody else waiting.
  const told = left.find(({ step }) => FOR_THE_SENDER.includes(step));
  const whileClosed = told?.closed && nextOf(told, facts, calendar, now);
  return whileClosed && whileClosed.at < next.at ? whileClosed : next;
}

function nextOf(next: Planned, { taken, priority }: ClockFacts, calendar: WorkCalendar, now: Date): Planned {
  const { step, at, closed } = next;
  const done = CLOCK_STEPS.map((one) => taken[one]?.getTime() ?? 0);
  // What a clock that went wrong wrote down for the future counts as done now.
  const last = Math.min(Math.max(...done), now.getTime());
  if (closed) {
    const rested = new Date(last + (last > 0 ? GAP_MS[priority] : 0));
    return { step, at: rested > at ? rested : at, closed };
  }
  const open = whenOpen(at, calendar);
  const rested = last > 0 ? calendar.add(new Date(last), GAP_MS[priority]) : open;
  return { step, at: rested > open ? rested : open };
}

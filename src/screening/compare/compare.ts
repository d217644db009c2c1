import type { Words } from '../../platform/words.js';
import type { Answer } from '../check-answer.js';
import { itemsOf, type Instrument } from '../instrument.js';
import { scoreScreening, type PossibleNeed, type Unanswered } from '../score.js';

/** A completed screening as it is compared. */
export interface Told {
  instrument: Instrument;
  answers: readonly Answer[];
  ageYears: number | null;
}

/**
 * NEW: it was not there last time. FIRST_ASKED: it is there, and last time nobody had an answer. STILL_THERE. GONE: the
 * questions that showed it were answered again, and show it no more. NOT_ASKED, DECLINED: it was there, and this time
 * one of its questions has no answer, so nobody knows.
 */
export const CHANGES = ['NEW', 'FIRST_ASKED', 'STILL_THERE', 'GONE', 'NOT_ASKED', 'DECLINED'] as const;
export type Change = (typeof CHANGES)[number];

export interface NeedChange {
  change: Change;
  label: Words;
  sensitivity: PossibleNeed['sensitivity'];
  /** What was answered then and now, where it shows the need. */
  before: Words[];
  now: Words[];
}

/**
 * The same need in two versions of a form: by its key, or, where the other version has no such key, by its kind and a
 * LOINC question that points to it.
 */
function sameness({ instrument: then }: Told, { instrument: today }: Told) {
  return (earlier: PossibleNeed, later: PossibleNeed): boolean => {
    if (earlier.key === later.key) return true;
    if (Object.hasOwn(today.needs, earlier.key) || Object.hasOwn(then.needs, later.key)) return false;
    return (
      earlier.category === later.category &&
      earlier.questionLoincs.some((loinc) => later.questionLoincs.includes(loinc))
    );
  };
}

/** How the questions of a need stand in a screening: unanswered ones win over answered ones, declined over not asked. */
function standingIn(
  told: Told,
  unanswered: readonly Unanswered[],
  need: PossibleNeed,
): 'ANSWERED' | 'DECLINED' | 'NOT_ASKED' {
  const items = itemsOf(told.instrument).filter(({ linkId, loinc }) =>
    loinc ? need.questionLoincs.includes(loinc) : need.linkIds.includes(linkId),
  );
  const open = unanswered.filter(({ linkId }) => items.some((item) => item.linkId === linkId));
  if (open.some(({ why }) => why === 'ASKED_DECLINED')) return 'DECLINED';
  // A question that is not in this version, or that another answer closed, was not asked either.
  const closed =
    items.length === 0 || !items.some(({ linkId }) => told.answers.some((answer) => answer.linkId === linkId));
  return open.length > 0 || closed ? 'NOT_ASKED' : 'ANSWERED';
}

const saidIn = (need: PossibleNeed | undefined): Words[] => (need ? need.evidence.map(({ answer }) => answer) : []);

/** What changed between two screenings with the same instrument, in whatever versions; what is new first. */
export function compareScreenings(before: Told, now: Told): NeedChange[] {
  const [then, today] = [before, now].map((one) => scoreScreening(one.instrument, one.answers, one)) as [
    ReturnType<typeof scoreScreening>,
    ReturnType<typeof scoreScreening>,
  ];
  const isSame = sameness(before, now);
  const found = today.possibleNeeds.map((need): NeedChange => {
    const earlier = then.possibleNeeds.find((one) => isSame(one, need));
    const asked = standingIn(before, then.unanswered, need) === 'ANSWERED';
    const change = earlier ? 'STILL_THERE' : asked ? 'NEW' : 'FIRST_ASKED';
    return { change, label: need.label, sensitivity: need.sensitivity, before: saidIn(earlier), now: saidIn(need) };
  });
  const missed = then.possibleNeeds
    .filter((need) => !today.possibleNeeds.some((one) => isSame(need, one)))
    .map((need): NeedChange => {
      const standing = standingIn(now, today.unanswered, need);
      const change = standing === 'ANSWERED' ? 'GONE' : standing;
      return { change, label: need.label, sensitivity: need.sensitivity, before: saidIn(need), now: [] };
    });
  const order = (one: NeedChange): number => CHANGES.indexOf(one.change);
  return [...found, ...missed].toSorted((one, other) => order(one) - order(other));
}

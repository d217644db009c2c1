import { evaluate, verdictOf, type Verdict } from './evaluate.js';
import type { Rule } from './rules.js';
import type { FactName, Facts } from './words.js';

/** Rules as {@link verdictOf} judges them. */
export interface Judged {
  rules: readonly Rule[];
  unreadable: number;
}

/** How many of some people a listing is for, how many have to be asked more, and how many it is not for. */
export interface FitCount {
  fit: number;
  ask: number;
  shutOut: number;
}

/** What one rule does to some people. */
export interface RuleCount {
  /** All who do not meet it. */
  shutOut: number;
  /** Those of them who meet no other rule's refusal: dropping it would let them in, or have them asked. */
  alone: number;
  /** Those of whom it cannot be said. */
  ask: number;
}

export interface Tally {
  people: number;
  now: FitCount;
  proposed: FitCount;
  /** Not shut out now, and would be. */
  newlyShutOut: number;
  /** Shut out now, and would not be. */
  noLongerShutOut: number;
  /** By the rule's place in the list. */
  rules: RuleCount[];
  /** What would have to be asked, of how many; the most first. */
  questions: { fact: FactName; people: number }[];
}

const COUNTED: Readonly<Record<Verdict, keyof FitCount>> = { MATCH: 'fit', UNKNOWN: 'ask', NO_MATCH: 'shutOut' };

/**
 * Counts people by what the rules in force and the proposed ones say of them, each judged as the search judges "fits this
 * patient". `each`: the proposed rules one by one, in the order in which the answer counts them.
 */
export function tally(
  now: Judged,
  proposed: Judged,
  each: readonly Rule[],
  people: readonly Facts[],
  on: string,
): Tally {
  const count = { now: { fit: 0, ask: 0, shutOut: 0 }, proposed: { fit: 0, ask: 0, shutOut: 0 } };
  const rules = each.map((): RuleCount => ({ shutOut: 0, alone: 0, ask: 0 }));
  const asked = new Map<FactName, number>();
  let [newlyShutOut, noLongerShutOut] = [0, 0];
  for (const facts of people) {
    const [before, after] = [verdictOf(now, facts, on), verdictOf(proposed, facts, on)];
    count.now[COUNTED[before]] += 1;
    count.proposed[COUNTED[after]] += 1;
    if (before !== 'NO_MATCH' && after === 'NO_MATCH') newlyShutOut += 1;
    if (before === 'NO_MATCH' && after !== 'NO_MATCH') noLongerShutOut += 1;
    const single = each.map((rule) => verdictOf({ rules: [rule], unreadable: 0 }, facts, on));
    const failed = single.filter((one) => one === 'NO_MATCH').length;
    single.forEach((verdict, index) => {
      const rule = rules[index];
      if (!rule) return;
      if (verdict === 'NO_MATCH') rule.shutOut += 1;
      if (verdict === 'NO_MATCH' && failed === 1) rule.alone += 1;
      if (verdict === 'UNKNOWN') rule.ask += 1;
    });
    if (after !== 'UNKNOWN') continue;
    for (const { fact } of evaluate(proposed.rules, facts, { on }).ask) asked.set(fact, (asked.get(fact) ?? 0) + 1);
  }
  const questions = [...asked].map(([fact, many]) => ({ fact, people: many }));
  return {
    people: people.length,
    ...count,
    newlyShutOut,
    noLongerShutOut,
    rules,
    questions: questions.toSorted((a, b) => b.people - a.people || (a.fact < b.fact ? -1 : 1)),
  };
}

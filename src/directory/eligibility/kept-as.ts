import type { ListedEligibility } from './evaluate.js';
import { inKeptOrder, readRules, type Rule } from './rules.js';

type AgeRule = Extract<Rule, { kind: 'AGE' }>;
const isAge = (rule: Rule): rule is AgeRule => rule.kind === 'AGE';
const same = (a: AgeRule, b: AgeRule): boolean => a.min === b.min && a.max === b.max;

/** What a listing keeps of rules. */
export interface KeptRules {
  eligibilityRules: Rule[];
  minimumAge: number | null;
  maximumAge: number | null;
}

/**
 * Rules as a listing keeps them: the ages stand where HSDS has them, in columns of their own, so that whoever reads the
 * export knows them too. Only several rules on age stay among the others, or one that stands there already and is not changed:
 * its history would tell of a rule that vanished.
 */
export function keptAs(listing: ListedEligibility, rules: readonly Rule[]): KeptRules {
  const ages = rules.filter(isAge);
  const [age] = ages;
  const standing = readRules(listing.eligibilityRules).rules.filter(isAge);
  const untouched = age && ages.length === 1 && standing.length === 1 && standing[0] && same(standing[0], age);
  const columns = { minimumAge: listing.minimumAge ?? null, maximumAge: listing.maximumAge ?? null };
  if (untouched) return { eligibilityRules: inKeptOrder(rules), ...columns };
  if (ages.length > 1) return { eligibilityRules: inKeptOrder(rules), minimumAge: null, maximumAge: null };
  return {
    eligibilityRules: inKeptOrder(rules.filter((rule) => !isAge(rule))),
    minimumAge: age?.min ?? null,
    maximumAge: age?.max ?? null,
  };
}

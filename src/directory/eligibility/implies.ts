import { placeOf } from '../places.js';
import type { Rule } from './rules.js';

type Of<K extends Rule['kind']> = Extract<Rule, { kind: K }>;

const within = (inner: readonly string[], outer: readonly string[]): boolean => {
  const known = new Set(outer.map((one) => one.trim().toUpperCase()));
  return inner.every((one) => known.has(one.trim().toUpperCase()));
};

/** A whole maximum holds until the next whole number. */
const top = (max: number | undefined): number =>
  max === undefined ? Infinity : Number.isInteger(max) ? max + 1 - 1e-9 : max;

function residence(a: Of<'RESIDENCE'>, b: Of<'RESIDENCE'>): boolean {
  const { states = [], counties = [], zips = [] } = b;
  const stateOf = (zip: string): string => placeOf(zip)?.state ?? '';
  return (
    within(a.states ?? [], states) &&
    (a.counties ?? []).every((one) => within([one], counties) || states.includes(one.slice(0, 2))) &&
    (a.zips ?? []).every((one) => zips.includes(one) || states.includes(stateOf(one)))
  );
}

function sameKind(a: Rule, b: Rule): boolean {
  switch (a.kind) {
    case 'AGE': {
      const { min = 0, max } = b as Of<'AGE'>;
      return (a.min ?? 0) >= min && top(a.max) <= top(max);
    }
    case 'HOUSEHOLD': {
      const { minSize = 0, maxSize = Infinity } = b as Of<'HOUSEHOLD'>;
      return (a.minSize ?? 0) >= minSize && (a.maxSize ?? Infinity) <= maxSize;
    }
    case 'INCOME': {
      const { maxPercent, maxAnnualCents } = b as Of<'INCOME'>;
      if (a.maxPercent !== undefined && maxPercent !== undefined) return a.maxPercent <= maxPercent;
      return a.maxAnnualCents !== undefined && maxAnnualCents !== undefined && a.maxAnnualCents <= maxAnnualCents;
    }
    case 'RESIDENCE':
      return residence(a, b as Of<'RESIDENCE'>);
    case 'LANGUAGE':
    case 'GENDER':
      return within(a.anyOf, (b as Of<'LANGUAGE' | 'GENDER'>).anyOf);
    case 'INSURANCE':
      return within(a.anyOf ?? ['UNINSURED'], (b as Of<'INSURANCE'>).anyOf ?? ['UNINSURED']);
    case 'DOCUMENTS':
      return within((b as Of<'DOCUMENTS'>).allOf, a.allOf);
    case 'CHILD_UNDER':
      return a.age <= (b as Of<'CHILD_UNDER'>).age;
    default:
      return true;
  }
}

/** Whether everybody who meets rule a meets rule b too. Says no where it cannot be sure. */
export function implies(a: Rule, b: Rule): boolean {
  if (b.kind === 'EVERYONE') return true;
  if (a.kind === 'ANY_OF') return a.rules.every((one) => implies(one, b));
  if (b.kind === 'ANY_OF') return b.rules.some((one) => implies(a, one));
  return a.kind === b.kind && sameKind(a, b);
}

const OLDEST = 120;

/** Whether a rule shuts nobody out. */
export function shutsNobodyOut(rule: Rule): boolean {
  switch (rule.kind) {
    case 'EVERYONE':
      return true;
    case 'AGE':
      return (rule.min ?? 0) <= 0 && (rule.max ?? OLDEST) >= OLDEST;
    case 'HOUSEHOLD':
      return (rule.minSize ?? 1) <= 1 && rule.maxSize === undefined;
    case 'ANY_OF':
      return rule.rules.some(shutsNobodyOut);
    default:
      return false;
  }
}

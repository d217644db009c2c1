import { fail } from '../../platform/graphql/errors.js';
import type { EligibilityRuleInput } from './rule.inputs.js';
import { placeKey, residenceOf } from './place-keys.js';
import { INSURANCE_KINDS, MAX_DEPTH, MOST_RULES, type Rule } from './rules.js';
import { isLanguage } from './words.js';

/** Why a rule cannot be saved as it is typed. */
export type Fault = 'INCOMPLETE' | 'REVERSED' | 'OUT_OF_RANGE' | 'UNKNOWN_PLACE' | 'UNKNOWN_VALUE' | 'TOO_DEEP';

/** A rule that was typed: as the hub keeps it, or what is wrong with it and which word. */
export type ReadRule = { rule: Rule; fault?: undefined } | { rule?: undefined; fault: Fault; about: string };

const wrong = (fault: Fault, about = ''): ReadRule => ({ fault, about });
const rule = (one: Rule): ReadRule => ({ rule: one });

const OLDEST = 150;
const LARGEST_HOUSEHOLD = 50;
/** A hundred times the guideline is more than any rule means. */
const MOST_PERCENT = 10_000;
const MOST_CENTS = 2_000_000_000;
const OLDEST_CHILD = 30;
const LONGEST = 200;

type Given = number | null | undefined;
const number = (value: Given): number | undefined => value ?? undefined;
const outside = (value: Given, least: number, most: number): boolean =>
  typeof value === 'number' && !(value >= least && value <= most);

function range({ minimum, maximum }: EligibilityRuleInput, least: number, most: number): Fault | undefined {
  if (number(minimum) === undefined && number(maximum) === undefined) return 'INCOMPLETE';
  if (outside(minimum, least, most) || outside(maximum, least, most)) return 'OUT_OF_RANGE';
  return (minimum ?? least) > (maximum ?? most) ? 'REVERSED' : undefined;
}

const texts = (list: readonly string[] | null | undefined): string[] => [
  ...new Set((list ?? []).map((one) => one.trim()).filter((one) => one !== '')),
];

function residence({ places }: EligibilityRuleInput): ReadRule {
  const typed = texts(places);
  if (typed.length === 0) return wrong('INCOMPLETE');
  const unknown = typed.find((one) => placeKey(one) === undefined);
  if (unknown !== undefined) return wrong('UNKNOWN_PLACE', unknown.slice(0, LONGEST));
  const keys = [...new Set(typed.map(placeKey).filter((key) => key !== undefined))];
  return rule({ kind: 'RESIDENCE', ...residenceOf(keys) });
}

const INSURANCES: ReadonlySet<string> = new Set(INSURANCE_KINDS);
const isValue = (kind: EligibilityRuleInput['kind'], value: string): boolean => {
  if (kind === 'LANGUAGE') return isLanguage(value);
  return kind === 'INSURANCE' ? INSURANCES.has(value) : value.length <= LONGEST;
};

function oneOf(input: EligibilityRuleInput, kind: 'LANGUAGE' | 'INSURANCE' | 'GENDER' | 'DOCUMENTS'): ReadRule {
  const values = texts(input.values);
  if (values.length === 0) return wrong('INCOMPLETE');
  const unknown = values.find((value) => !isValue(kind, value));
  if (unknown !== undefined) return wrong('UNKNOWN_VALUE', unknown.slice(0, LONGEST));
  return rule(kind === 'DOCUMENTS' ? { kind, allOf: values } : { kind, anyOf: values });
}

function income({ percent, annualCents }: EligibilityRuleInput): ReadRule {
  if ((number(percent) === undefined) === (number(annualCents) === undefined)) return wrong('INCOMPLETE');
  if (outside(percent, 0, MOST_PERCENT) || outside(annualCents, 0, MOST_CENTS)) return wrong('OUT_OF_RANGE');
  return rule(
    typeof percent === 'number'
      ? { kind: 'INCOME', maxPercent: percent }
      : { kind: 'INCOME', maxAnnualCents: annualCents ?? 0 },
  );
}

function anyOf({ rules }: EligibilityRuleInput, depth: number): ReadRule {
  if (depth >= MAX_DEPTH) return wrong('TOO_DEEP');
  const inner = (rules ?? []).map((one) => readRule(one, depth + 1));
  const [bad] = inner.filter((one) => one.fault !== undefined);
  if (bad) return bad;
  if (inner.length === 0) return wrong('INCOMPLETE');
  return rule({ kind: 'ANY_OF', rules: inner.flatMap((one) => (one.rule ? [one.rule] : [])) });
}

const countOf = (inputs: readonly EligibilityRuleInput[]): number =>
  inputs.reduce((sum, { rules }) => sum + 1 + countOf(rules ?? []), 0);

/** Reads rules as the API takes them. */
export function readRulesOf(inputs: readonly EligibilityRuleInput[]): ReadRule[] {
  if (countOf(inputs) > MOST_RULES) fail.badInput('rules', `at most ${MOST_RULES} are expected, groups counted whole`);
  return inputs.map((input) => readRule(input));
}

/** Reads a rule as the API takes it. */
export function readRule(input: EligibilityRuleInput, depth = 0): ReadRule {
  const { kind } = input;
  const [min, max] = [number(input.minimum), number(input.maximum)];
  switch (kind) {
    case 'AGE': {
      const fault = range(input, 0, OLDEST);
      return fault
        ? wrong(fault)
        : rule({ kind, ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
    }
    case 'HOUSEHOLD': {
      const fault = range(input, 1, LARGEST_HOUSEHOLD);
      const sizes = { ...(min !== undefined && { minSize: min }), ...(max !== undefined && { maxSize: max }) };
      return fault ? wrong(fault) : rule({ kind, ...sizes });
    }
    case 'CHILD_UNDER':
      if (max === undefined) return wrong('INCOMPLETE');
      return outside(max, 1, OLDEST_CHILD) ? wrong('OUT_OF_RANGE') : rule({ kind, age: max });
    case 'INCOME':
      return income(input);
    case 'RESIDENCE':
      return residence(input);
    case 'LANGUAGE':
    case 'INSURANCE':
    case 'GENDER':
    case 'DOCUMENTS':
      return oneOf(input, kind);
    case 'ANY_OF':
      return anyOf(input, depth);
    default:
      return rule({ kind });
  }
}

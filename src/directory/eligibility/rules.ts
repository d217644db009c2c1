import { Reader } from '../../platform/json-reader.js';
import { stateCode } from '../states.js';

/** Conditions that a person either meets or not, each answered by one fact of the same name. */
export const STATUS_RULES = {
  VETERAN: 'veteran',
  DISABILITY: 'disability',
  CAREGIVER: 'caregiver',
  HOMELESS: 'homeless',
  PREGNANT: 'pregnant',
  STUDENT: 'student',
  REFUGEE: 'refugee',
  JUSTICE_INVOLVED: 'justiceInvolved',
} as const;
export type StatusKind = keyof typeof STATUS_RULES;

/** Kinds of insurance that a rule may ask for. */
export const INSURANCE_KINDS = [
  'UNINSURED',
  'MEDICAID',
  'MEDICARE',
  'CHIP',
  'COMMERCIAL',
  'EXCHANGE',
  'VA',
  'OTHER',
] as const;

/** One rule of who a service is for. Every rule of a list must hold. */
export type Rule =
  /** Years, both ends included; a maximum of 29 holds until the 30th birthday. */
  | { kind: 'AGE'; min?: number; max?: number }
  /** Yearly household income: a percentage of the federal poverty level, or an amount. */
  | { kind: 'INCOME'; maxPercent: number; maxAnnualCents?: undefined }
  | { kind: 'INCOME'; maxPercent?: undefined; maxAnnualCents: number }
  /** Lives in one of the states (MD), counties (MD/Howard) or ZIP codes. */
  | { kind: 'RESIDENCE'; states?: string[]; counties?: string[]; zips?: string[] }
  /** Speaks one of these (ISO 639). */
  | { kind: 'LANGUAGE'; anyOf: string[] }
  /** Has one of these; `none` is the same as UNINSURED. */
  | { kind: 'INSURANCE'; anyOf?: string[]; none?: boolean }
  | { kind: 'GENDER'; anyOf: string[] }
  /** Can bring all of these. */
  | { kind: 'DOCUMENTS'; allOf: string[] }
  /** People in the household. */
  | { kind: 'HOUSEHOLD'; minSize?: number; maxSize?: number }
  /** Has a child younger than this. */
  | { kind: 'CHILD_UNDER'; age: number }
  | { kind: StatusKind }
  /** Open to all: says so instead of leaving it open. */
  | { kind: 'EVERYONE' }
  /** One of these is enough. */
  | { kind: 'ANY_OF'; rules: Rule[] };

/** What a rule may be about. */
export const RULE_KINDS = [
  'AGE',
  'INCOME',
  'RESIDENCE',
  'LANGUAGE',
  'INSURANCE',
  'GENDER',
  'DOCUMENTS',
  'HOUSEHOLD',
  'CHILD_UNDER',
  'EVERYONE',
  'ANY_OF',
  ...(Object.keys(STATUS_RULES) as StatusKind[]),
] as const satisfies readonly Rule['kind'][];

/** A listing with more rules than these is for nobody; those inside groups count too, as each pair of them is compared. */
export const MOST_RULES = 100;

/** So deep may rules of which one is enough lie in each other. */
export const MAX_DEPTH = 3;

/** Every fault of a list of rules, with its place and what is expected. Empty = good. */
export function ruleProblems(json: unknown): string[] {
  const root = new Reader({ rules: json });
  root.list('rules', (rule) => checkRule(rule, 0), { mayBeEmpty: true });
  return root.faults;
}

/** The rules of a JSON list; the ones that cannot be read are left out and counted. */
export function readRules(json: unknown): { rules: Rule[]; unreadable: number } {
  const list: unknown[] = Array.isArray(json) ? json : [];
  const rules = list.filter((rule): rule is Rule => ruleProblems([rule]).length === 0);
  return { rules, unreadable: list.length - rules.length };
}

/**
 * Rules with their keys in the order in which PostgreSQL keeps JSON (shorter ones first), so that what is written again
 * unchanged reads the same, letter for letter.
 */
export function inKeptOrder(rules: readonly Rule[]): Rule[] {
  return rules.map((rule) => {
    const whole = rule.kind === 'ANY_OF' ? { ...rule, rules: inKeptOrder(rule.rules) } : rule;
    const entries = Object.entries(whole).filter(([, value]) => value !== undefined);
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)),
    ) as unknown as Rule;
  });
}

function checkRule(rule: Reader, depth: number): void {
  switch (rule.at('kind').oneOf(RULE_KINDS)) {
    case 'AGE':
      return checkRange(rule, 'min', 'max');
    case 'HOUSEHOLD':
      return checkRange(rule, 'minSize', 'maxSize');
    case 'INCOME':
      if (rule.has('maxPercent') === rule.has('maxAnnualCents')) {
        rule.fault('', 'give either maxPercent or maxAnnualCents');
      }
      for (const name of ['maxPercent', 'maxAnnualCents']) if (rule.has(name)) rule.number(name, { min: 0 });
      return;
    case 'RESIDENCE':
      return checkResidence(rule);
    case 'INSURANCE':
      if (rule.has('anyOf')) rule.list('anyOf', (one) => one.oneOf(INSURANCE_KINDS));
      else rule.at('none').oneOf([true]);
      return;
    case 'LANGUAGE':
    case 'GENDER':
      return rule.list('anyOf', (one) => one.isText());
    case 'DOCUMENTS':
      return rule.list('allOf', (one) => one.isText());
    case 'CHILD_UNDER':
      return rule.number('age', { min: 1 });
    case 'ANY_OF':
      if (depth >= MAX_DEPTH) return rule.fault('rules', `may be nested ${MAX_DEPTH} deep`);
      return rule.list('rules', (inner) => checkRule(inner, depth + 1));
    default:
      return;
  }
}

function checkRange(rule: Reader, min: string, max: string): void {
  if (!rule.has(min) && !rule.has(max)) rule.fault('', `give ${min}, ${max} or both`);
  for (const name of [min, max]) if (rule.has(name)) rule.number(name, { min: 0 });
  const [low, high] = [rule.at(min).value, rule.at(max).value];
  if (typeof low === 'number' && typeof high === 'number' && low > high) rule.fault(max, `is below ${min}`);
}

function checkResidence(rule: Reader): void {
  if (!['states', 'counties', 'zips'].some((name) => rule.has(name))) rule.fault('', 'give states, counties or zips');
  const isState = (value: unknown) =>
    typeof value === 'string' && /^[A-Z]{2}$/.test(value) && stateCode(value) !== undefined;
  const isCounty = (value: unknown) => typeof value === 'string' && isState(value.slice(0, 2)) && /^..\/\S/.test(value);
  if (rule.has('states')) rule.list('states', (one) => one.check(isState, 'a two-letter state'));
  if (rule.has('counties')) rule.list('counties', (one) => one.check(isCounty, 'a state and county such as MD/Howard'));
  if (rule.has('zips')) {
    rule.list('zips', (one) =>
      one.check((value) => typeof value === 'string' && /^\d{5}$/.test(value), 'a five-digit ZIP'),
    );
  }
}

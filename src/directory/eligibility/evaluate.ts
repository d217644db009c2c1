import type { Words } from '../../platform/words.js';
import { type Rule, readRules } from './rules.js';
import { type FactName, type Facts, QUESTIONS, factOf, ruleWords } from './words.js';
import { REGIONS, povertyLevelCents, regionOf } from './poverty-guideline.js';
import { stateCode } from '../states.js';

export type Verdict = 'MATCH' | 'NO_MATCH' | 'UNKNOWN';

/** One rule's verdict, in words, and the facts that would decide it. */
export interface RuleCheck {
  rule: Rule;
  result: Verdict;
  words: Words;
  ask: FactName[];
}

/** Whether a service is for a person, and why. */
export interface Eligibility {
  verdict: Verdict;
  /** The rules the person does not meet. */
  failed: { rule: Rule; words: Words }[];
  /** When unknown: what to ask, each fact once. */
  ask: { fact: FactName; question: Words }[];
  /** The agency's own words, to be read: they may say more than the rules do. */
  read: string | null;
  checks: RuleCheck[];
}

/** `on` (YYYY-MM-DD): whose poverty guidelines hold; default the newest. `prose`: the agency's own words. */
export interface EvaluateOptions {
  on?: string;
  prose?: string | null;
}

/**
 * Judges rules by what is known. One failing rule is enough for NO_MATCH; else one that cannot be judged makes it UNKNOWN, with
 * what to ask; else MATCH. Without any rule nothing is claimed: UNKNOWN, and the prose is to be read.
 */
export function evaluate(rules: readonly Rule[], facts: Facts, { on, prose }: EvaluateOptions = {}): Eligibility {
  const checks = rules.map((rule) => check(rule, facts, on));
  const verdict = all(checks.map(({ result }) => result));
  const asked = verdict === 'UNKNOWN' ? [...new Set(checks.flatMap(({ ask }) => ask))] : [];
  return {
    verdict: rules.length === 0 ? 'UNKNOWN' : verdict,
    failed: checks.filter(({ result }) => result === 'NO_MATCH').map(({ rule, words }) => ({ rule, words })),
    ask: asked.map((fact) => ({ fact, question: QUESTIONS[fact] })),
    read: prose?.trim() || null,
    checks,
  };
}

/** What of a listing says who it is for. */
export interface ListedEligibility {
  eligibilityRules: unknown;
  eligibilityDescription?: string | null;
  minimumAge?: number | null;
  maximumAge?: number | null;
}

/** The rules of a listing: its structured ones, and HSDS's minimum and maximum age unless a rule on age says more. */
export function listedRules(listing: ListedEligibility): { rules: Rule[]; unreadable: number } {
  const { rules, unreadable } = readRules(listing.eligibilityRules);
  const [min, max] = [listing.minimumAge ?? undefined, listing.maximumAge ?? undefined];
  const saysNothing = min === undefined && max === undefined;
  if (saysNothing || rules.some((rule) => rule.kind === 'AGE')) return { rules, unreadable };
  return { rules: [{ kind: 'AGE', min, max }, ...rules], unreadable };
}

/** Judges a listing. A rule that cannot be read keeps it from being a match. */
export function evaluateListing(listing: ListedEligibility, facts: Facts, on?: string): Eligibility {
  const { rules, unreadable } = listedRules(listing);
  const judged = evaluate(rules, facts, { on, prose: listing.eligibilityDescription });
  return unreadable > 0 && judged.verdict === 'MATCH' ? { ...judged, verdict: 'UNKNOWN' } : judged;
}

/** {@link evaluateListing} without the words, for many listings at once; the rules as {@link listedRules} gives them. */
export function verdictOf(
  { rules, unreadable }: { rules: readonly Rule[]; unreadable: number },
  facts: Facts,
  on?: string,
): Verdict {
  const verdict = rules.length === 0 ? 'UNKNOWN' : all(rules.map((rule) => resultOf(rule, facts, on)));
  return unreadable > 0 && verdict === 'MATCH' ? 'UNKNOWN' : verdict;
}

function resultOf(rule: Rule, facts: Facts, on?: string): Verdict {
  return rule.kind === 'ANY_OF' ? any(rule.rules.map((one) => resultOf(one, facts, on))) : judge(rule, facts, on)[0];
}

function all(results: readonly Verdict[]): Verdict {
  if (results.includes('NO_MATCH')) return 'NO_MATCH';
  return results.includes('UNKNOWN') ? 'UNKNOWN' : 'MATCH';
}

function any(results: readonly Verdict[]): Verdict {
  if (results.includes('MATCH')) return 'MATCH';
  return results.includes('UNKNOWN') ? 'UNKNOWN' : 'NO_MATCH';
}

const yes = (holds: boolean): Verdict => (holds ? 'MATCH' : 'NO_MATCH');

function check(rule: Rule, facts: Facts, on?: string): RuleCheck {
  const words = ruleWords(rule);
  if (rule.kind === 'ANY_OF') {
    const inner = rule.rules.map((one) => check(one, facts, on));
    const result = any(inner.map((one) => one.result));
    return { rule, result, words, ask: result === 'UNKNOWN' ? inner.flatMap(({ ask }) => ask) : [] };
  }
  const [result, ask] = judge(rule, facts, on);
  return { rule, result, words, ask: result === 'UNKNOWN' ? ask : [] };
}

type Judged = [Verdict, FactName[]];

function judge(rule: Exclude<Rule, { kind: 'ANY_OF' }>, facts: Facts, on?: string): Judged {
  switch (rule.kind) {
    case 'EVERYONE':
      return ['MATCH', []];
    case 'AGE':
      return [within(facts.ageYears, rule.min, rule.max), ['ageYears']];
    case 'HOUSEHOLD':
      return [within(facts.householdSize, rule.minSize, rule.maxSize), ['householdSize']];
    case 'INCOME':
      return rule.maxPercent === undefined
        ? [within(facts.annualIncomeCents, undefined, rule.maxAnnualCents), ['annualIncomeCents']]
        : incomePercent(rule.maxPercent, facts, on);
    case 'RESIDENCE':
      return residence(rule, facts);
    case 'LANGUAGE':
      return [oneIn(facts.languages, rule.anyOf), ['languages']];
    case 'INSURANCE':
      return [oneIn(facts.insurance?.map(insuranceKind), rule.anyOf ?? ['UNINSURED']), ['insurance']];
    case 'GENDER':
      return [oneIn(facts.gender ? [facts.gender] : null, rule.anyOf), ['gender']];
    case 'DOCUMENTS':
      return [all(rule.allOf.map((one) => document(one, facts))), ['documents']];
    case 'CHILD_UNDER':
      return [facts.childAges ? yes(facts.childAges.some((age) => age < rule.age)) : 'UNKNOWN', ['childAges']];
    default: {
      const fact = factOf(rule.kind);
      const value = facts[fact];
      return [typeof value === 'boolean' ? yes(value) : 'UNKNOWN', [fact]];
    }
  }
}

/** Both ends included; a whole maximum holds until the next whole number, as ages do. */
function within(value: number | null | undefined, min = -Infinity, max = Infinity): Verdict {
  if (value === null || value === undefined) return 'UNKNOWN';
  return yes(value >= min && (Number.isInteger(max) ? Math.floor(value) : value) <= max);
}

/** Judged for every household size and region that is still possible: decided as soon as they agree. */
function incomePercent(percent: number, facts: Facts, on?: string): Judged {
  const { annualIncomeCents: income, householdSize: size } = facts;
  const state = facts.state && stateCode(facts.state);
  const unknown: FactName[] = [
    ...(income === null || income === undefined ? (['annualIncomeCents'] as const) : []),
    ...(size ? [] : (['householdSize'] as const)),
  ];
  if (income === null || income === undefined) return ['UNKNOWN', unknown];
  const regions = state ? [regionOf(state)] : REGIONS;
  const fits = regions.map((region) => income * 100 <= povertyLevelCents(size ?? 1, region, on) * percent);
  if (fits.every(Boolean)) return ['MATCH', []];
  if (!size) return ['UNKNOWN', unknown];
  return fits.some(Boolean) ? ['UNKNOWN', ['state']] : ['NO_MATCH', []];
}

const folded = (text: string): string => text.trim().toUpperCase();

function residence(rule: Extract<Rule, { kind: 'RESIDENCE' }>, facts: Facts): Judged {
  const { states = [], counties = [], zips = [] } = rule;
  const state = (facts.state && stateCode(facts.state)) || null;
  const county = facts.county ? folded(facts.county) : null;
  const zip = facts.zip?.trim().slice(0, 5) || null;
  const ofState = counties.filter((one) => !state || one.startsWith(`${state}/`)).map((one) => folded(one.slice(3)));
  const inCounties = (): Verdict => {
    if (ofState.length === 0 || (county && !ofState.includes(county))) return 'NO_MATCH';
    return county && state ? 'MATCH' : 'UNKNOWN';
  };
  const results: Judged[] = [
    ...(states.length > 0 ? [[state ? yes(states.includes(state)) : 'UNKNOWN', ['state']] satisfies Judged] : []),
    ...(counties.length > 0
      ? [
          [
            inCounties(),
            [...(county ? [] : (['county'] as const)), ...(state ? [] : (['state'] as const))],
          ] satisfies Judged,
        ]
      : []),
    ...(zips.length > 0 ? [[zip ? yes(zips.includes(zip)) : 'UNKNOWN', ['zip']] satisfies Judged] : []),
  ];
  return [
    any(results.map(([result]) => result)),
    results.flatMap(([result, ask]) => (result === 'UNKNOWN' ? ask : [])),
  ];
}

function oneIn(known: readonly string[] | null | undefined, wanted: readonly string[]): Verdict {
  if (!known || known.length === 0) return 'UNKNOWN';
  const have = new Set(known.map(folded));
  return yes(wanted.some((one) => have.has(folded(one))));
}

/** Older words for kinds of insurance. */
const ALIASES: Readonly<Record<string, string>> = { NONE: 'UNINSURED', PRIVATE: 'COMMERCIAL' };
const insuranceKind = (kind: string): string => ALIASES[folded(kind)] ?? kind;

function document(name: string, { documents }: Facts): Verdict {
  const among = (list: readonly string[] | undefined) => (list ?? []).some((one) => folded(one) === folded(name));
  if (among(documents?.has)) return 'MATCH';
  return among(documents?.lacks) ? 'NO_MATCH' : 'UNKNOWN';
}

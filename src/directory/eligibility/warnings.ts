import { placeOf } from '../places.js';
import { type Filling, fill, join, type Words } from '../../platform/words.js';
import { implies, shutsNobodyOut } from './implies.js';
import { anybodyMeets } from './possible.js';
import { placeWords } from './place-keys.js';
import type { Fault, ReadRule } from './read-rule.js';
import type { Rule } from './rules.js';
import { FAULT_WORDS, WARNING_WORDS } from './warning-words.js';

export type WarningKind = Fault | keyof typeof WARNING_WORDS;

/** Something that is wrong with rules, and what to do about it. */
export interface Warning {
  kind: WarningKind;
  /** Which of the rules, counted from 0; empty when it is about the listing. */
  rules: number[];
  words: Words;
  /** Whether the rules cannot be saved with it. */
  blocks: boolean;
}

const warning = (kind: keyof typeof WARNING_WORDS, rules: number[], values: Record<string, Filling> = {}): Warning => ({
  kind,
  rules,
  words: fill(WARNING_WORDS[kind], values),
  blocks: false,
});

function faultOf(read: ReadRule, index: number): Warning[] {
  if (read.fault === undefined) return [];
  return [
    { kind: read.fault, rules: [index], words: fill(FAULT_WORDS[read.fault], { about: read.about }), blocks: true },
  ];
}

const placesOf = (rule: Rule): string[] => {
  if (rule.kind === 'ANY_OF') return rule.rules.flatMap(placesOf);
  if (rule.kind !== 'RESIDENCE') return [];
  return [...(rule.states ?? []), ...(rule.counties ?? []), ...(rule.zips ?? [])];
};

/** The state and the county that a place lies in, itself among them, from the largest on: MD, MD/Howard, 21044. */
function around(key: string): string[] {
  if (!/^\d/.test(key)) return key.includes('/') ? [key.slice(0, 2), key] : [key];
  const place = placeOf(key);
  return place ? [place.state, `${place.state}/${place.county}`, key] : [key];
}

/** Whether two places share ground: one lies in the other. */
const overlap = (a: string, b: string): boolean => around(a).includes(b) || around(b).includes(a);

/** So many places are named; more help nobody. */
const MOST_NAMED = 5;

function outsideArea(rule: Rule, index: number, area: readonly string[]): Warning[] {
  if (area.length === 0) return [];
  const outside = placesOf(rule).filter((place) => !area.some((served) => overlap(place, served)));
  if (outside.length === 0) return [];
  const names = (keys: readonly string[]): Words => join(keys.slice(0, MOST_NAMED).map(placeWords));
  return [warning('OUTSIDE_AREA', [index], { places: names(outside), area: names(area) })];
}

const noIncome = (rule: Rule): boolean =>
  rule.kind === 'INCOME'
    ? (rule.maxPercent ?? rule.maxAnnualCents) === 0
    : rule.kind === 'ANY_OF' && rule.rules.some(noIncome);

/** Pairs of rules that nobody can meet both; all rules together when no two of them say why. */
function contradictions(rules: readonly (readonly [Rule, number])[]): Warning[] {
  const alone = rules.filter(([rule]) => !anybodyMeets([rule])).map(([, index]) => warning('NOBODY_ALONE', [index]));
  const pairs = rules.flatMap(([one, i], at) =>
    rules
      .slice(at + 1)
      .filter(([other]) => !anybodyMeets([one, other]))
      .map(([, j]) => warning('NOBODY_BOTH', [i, j], { one: i + 1, other: j + 1 })),
  );
  if (alone.length > 0) return alone;
  if (pairs.length > 0) return pairs;
  return anybodyMeets(rules.map(([rule]) => rule))
    ? []
    : [
        warning(
          'NOBODY_ALL',
          rules.map(([, index]) => index),
        ),
      ];
}

/** Rules that add nothing: they shut nobody out, or only those whom another one shuts out already. */
function useless(rules: readonly (readonly [Rule, number])[]): Warning[] {
  return rules.flatMap(([rule, i]) => {
    if (rule.kind === 'EVERYONE') return rules.length > 1 ? [warning('EVERYONE_AND_OTHERS', [i])] : [];
    if (shutsNobodyOut(rule)) return [warning('SHUTS_NOBODY_OUT', [i])];
    const by = rules.find(([other, j]) => j !== i && implies(other, rule) && (j < i || !implies(rule, other)));
    return by ? [warning('SAID_ALREADY', [i, by[1]], { other: by[1] + 1 })] : [];
  });
}

export interface Surroundings {
  /** Where it is given to people, as "MD", "MD/Howard", "21044"; empty when that is not known or everywhere. */
  area: readonly string[];
  /** Rules in force that the hub cannot read. */
  unreadable: number;
}

/** What is wrong with rules that were typed, the worst first. */
export function warningsOf(read: readonly ReadRule[], { area, unreadable }: Surroundings): Warning[] {
  const rules = read.flatMap(({ rule }, index) => (rule ? [[rule, index] as const] : []));
  return [
    ...read.flatMap(faultOf),
    ...contradictions(rules),
    ...rules.filter(([rule]) => noIncome(rule)).map(([, index]) => warning('NO_INCOME', [index])),
    ...rules.flatMap(([rule, index]) => outsideArea(rule, index, area)),
    ...useless(rules),
    ...(unreadable > 0 ? [warning('UNREADABLE', [], { count: unreadable })] : []),
  ];
}

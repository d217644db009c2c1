import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRule, person } from '../../../test/eligibility.js';
import { evaluate } from './evaluate.js';
import { implies, shutsNobodyOut } from './implies.js';
import { anybodyMeets } from './possible.js';
import { readRule } from './read-rule.js';
import type { EligibilityRuleInput } from './rule.inputs.js';
import type { Rule } from './rules.js';
import { warningsOf } from './warnings.js';

const kinds = (rules: EligibilityRuleInput[], area: string[] = [], unreadable = 0) =>
  warningsOf(
    rules.map((rule) => readRule(rule)),
    { area, unreadable },
  ).map(({ kind, rules: which, blocks }) => `${kind} ${which.join('+')}${blocks ? ' blocks' : ''}`);

describe('warnings about rules', () => {
  it.each<[string, EligibilityRuleInput[], string[]]>([
    ['an age above its own end', [{ kind: 'AGE', minimum: 60, maximum: 18 }], ['REVERSED 0 blocks']],
    ['a rule without a number', [{ kind: 'AGE' }], ['INCOMPLETE 0 blocks']],
    ['a number that cannot be', [{ kind: 'AGE', minimum: -1 }], ['OUT_OF_RANGE 0 blocks']],
    ['a place that is none', [{ kind: 'RESIDENCE', places: ['Atlantis'] }], ['UNKNOWN_PLACE 0 blocks']],
    ['a language that is none', [{ kind: 'LANGUAGE', values: ['zzz'] }], ['UNKNOWN_VALUE 0 blocks']],
    ['an income of nothing', [{ kind: 'INCOME', percent: 0 }], ['NO_INCOME 0']],
    [
      'old and young at once',
      [{ kind: 'AGE', minimum: 60 }, { kind: 'VETERAN' }, { kind: 'AGE', maximum: 18 }],
      ['NOBODY_BOTH 0+2'],
    ],
    [
      'two states at once',
      [
        { kind: 'RESIDENCE', places: ['MD'] },
        { kind: 'RESIDENCE', places: ['VA'] },
      ],
      ['NOBODY_BOTH 0+1'],
    ],
    [
      'insured and uninsured',
      [
        { kind: 'INSURANCE', values: ['UNINSURED'] },
        { kind: 'INSURANCE', values: ['MEDICAID', 'CHIP'] },
      ],
      ['NOBODY_BOTH 0+1'],
    ],
    [
      'a child in a household of one',
      [
        { kind: 'CHILD_UNDER', maximum: 5 },
        { kind: 'HOUSEHOLD', maximum: 1 },
      ],
      ['NOBODY_BOTH 0+1'],
    ],
    [
      'three that only together shut everybody out',
      [
        {
          kind: 'ANY_OF',
          rules: [
            { kind: 'AGE', maximum: 18 },
            { kind: 'GENDER', values: ['MALE'] },
          ],
        },
        { kind: 'AGE', minimum: 60 },
        { kind: 'GENDER', values: ['FEMALE'] },
      ],
      ['NOBODY_ALL 0+1+2'],
    ],
    [
      'a looser rule beside a stricter one',
      [
        { kind: 'INCOME', percent: 200 },
        { kind: 'INCOME', percent: 130 },
      ],
      ['SAID_ALREADY 0+1'],
    ],
    ['the same twice', [{ kind: 'VETERAN' }, { kind: 'VETERAN' }], ['SAID_ALREADY 1+0']],
    ['open to all, beside others', [{ kind: 'EVERYONE' }, { kind: 'VETERAN' }], ['EVERYONE_AND_OTHERS 0']],
    ['an age that everybody has', [{ kind: 'AGE', minimum: 0 }], ['SHUTS_NOBODY_OUT 0']],
    [
      'good rules',
      [
        { kind: 'AGE', minimum: 60 },
        { kind: 'RESIDENCE', places: ['Howard County, MD'] },
      ],
      [],
    ],
    ['open to all alone', [{ kind: 'EVERYONE' }], []],
  ])('tell of %s', (_what, rules, expected) => {
    expect(kinds(rules)).toEqual(expected);
  });

  it('tell of a place outside the area, as whole or part of it', () => {
    const lives = (...places: string[]): EligibilityRuleInput[] => [{ kind: 'RESIDENCE', places }];
    expect(kinds(lives('Baltimore County, MD'), ['MD/Howard'])).toEqual(['OUTSIDE_AREA 0']);
    expect(kinds(lives('20850'), ['MD/Howard'])).toEqual(['OUTSIDE_AREA 0']);
    for (const inside of ['MD', 'MD/Howard', '21044']) expect(kinds(lives(inside), ['MD/Howard'])).toEqual([]);
    expect(kinds(lives('MD/Howard'), ['21044'])).toEqual([]);
    expect(kinds(lives('TX'), [])).toEqual([]);
    const group: EligibilityRuleInput[] = [{ kind: 'ANY_OF', rules: [{ kind: 'VETERAN' }, ...lives('TX')] }];
    expect(kinds(group, ['MD'])).toEqual(['OUTSIDE_AREA 0']);
  });

  it('tell of rules that cannot be read, and say what to do in both languages', () => {
    expect(kinds([], [], 2)).toEqual(['UNREADABLE ']);
    const [one] = warningsOf([readRule({ kind: 'RESIDENCE', places: ['Atlantis'] })], { area: [], unreadable: 0 });
    expect(one?.words.en).toBe(
      '“Atlantis” is not known. Write a state, a county such as Howard County, MD, or a ZIP code.',
    );
    expect(one?.words.es).toMatch(/^No se conoce “Atlantis”/);
  });
});

describe('any rules', () => {
  it('that are said to be for nobody are met by nobody', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { minLength: 1, maxLength: 5 }),
        fc.array(person, { minLength: 20, maxLength: 20 }),
        (rules, people) => {
          if (anybodyMeets(rules)) return;
          for (const facts of people) expect(evaluate(rules, facts).verdict).toBe('NO_MATCH');
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('that are met by somebody are not said to be for nobody', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1, maxLength: 4 }), person, (rules, facts) => {
        if (evaluate(rules, facts).verdict === 'MATCH') expect(anybodyMeets(rules)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('of which one is said by another add nothing', () => {
    fc.assert(
      fc.property(anyRule, anyRule, fc.array(person, { minLength: 15, maxLength: 15 }), (a, b, people) => {
        const meets = (rule: Rule) => people.filter((facts) => evaluate([rule], facts).verdict === 'MATCH');
        if (implies(a, b)) expect(meets(b)).toEqual(expect.arrayContaining(meets(a)));
        if (shutsNobodyOut(b)) expect(meets(b)).toHaveLength(people.length);
      }),
      { numRuns: 8000 },
    );
  });
});

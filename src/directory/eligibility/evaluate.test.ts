import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, readRules, ruleProblems } from './rules.js';
import { type FactName, type Facts, QUESTIONS, ruleWords } from './words.js';
import { evaluate, evaluateListing, listedRules } from './evaluate.js';
import { povertyLevelCents } from './poverty-guideline.js';

const verdict = (rule: Rule | Rule[], facts: Facts, on?: string) => {
  const { verdict, ask } = evaluate(Array.isArray(rule) ? rule : [rule], facts, on ? { on } : {});
  return [verdict, ...ask.map(({ fact }) => fact)].join(' ');
};
const dollars = (n: number) => n * 100;

describe('one rule', () => {
  it.each<[string, Rule, Facts, string]>([
    ['age at the minimum', { kind: 'AGE', min: 60 }, { ageYears: 60 }, 'MATCH'],
    ['age below the minimum', { kind: 'AGE', min: 60 }, { ageYears: 59.9 }, 'NO_MATCH'],
    ['age until the next birthday', { kind: 'AGE', min: 18, max: 29 }, { ageYears: 29.9 }, 'MATCH'],
    ['age past the maximum', { kind: 'AGE', max: 29 }, { ageYears: 30 }, 'NO_MATCH'],
    ['age not known', { kind: 'AGE', max: 29 }, { ageYears: null }, 'UNKNOWN ageYears'],
    ['veteran', { kind: 'VETERAN' }, { veteran: true }, 'MATCH'],
    ['no veteran', { kind: 'VETERAN' }, { veteran: false }, 'NO_MATCH'],
    ['perhaps a veteran', { kind: 'VETERAN' }, {}, 'UNKNOWN veteran'],
    ['a language in common', { kind: 'LANGUAGE', anyOf: ['es', 'en'] }, { languages: ['ES'] }, 'MATCH'],
    ['no language in common', { kind: 'LANGUAGE', anyOf: ['es'] }, { languages: ['en'] }, 'NO_MATCH'],
    ['no language known', { kind: 'LANGUAGE', anyOf: ['es'] }, { languages: [] }, 'UNKNOWN languages'],
    ['uninsured', { kind: 'INSURANCE', none: true }, { insurance: ['UNINSURED'] }, 'MATCH'],
    [
      'insured where the uninsured are served',
      { kind: 'INSURANCE', none: true },
      { insurance: ['MEDICAID'] },
      'NO_MATCH',
    ],
    ['one of two kinds', { kind: 'INSURANCE', anyOf: ['MEDICAID', 'CHIP'] }, { insurance: ['medicaid'] }, 'MATCH'],
    ['gender', { kind: 'GENDER', anyOf: ['FEMALE'] }, { gender: 'female' }, 'MATCH'],
    ['a document at hand', { kind: 'DOCUMENTS', allOf: ['Photo ID'] }, { documents: { has: ['photo id'] } }, 'MATCH'],
    [
      'a document missing',
      { kind: 'DOCUMENTS', allOf: ['Photo ID', 'Lease'] },
      { documents: { has: ['Lease'], lacks: ['Photo ID'] } },
      'NO_MATCH',
    ],
    [
      'a document not asked about',
      { kind: 'DOCUMENTS', allOf: ['Photo ID', 'Lease'] },
      { documents: { has: ['Lease'] } },
      'UNKNOWN documents',
    ],
    ['a small child', { kind: 'CHILD_UNDER', age: 3 }, { childAges: [9, 2.5] }, 'MATCH'],
    ['no child', { kind: 'CHILD_UNDER', age: 3 }, { childAges: [] }, 'NO_MATCH'],
    ['children not known', { kind: 'CHILD_UNDER', age: 3 }, {}, 'UNKNOWN childAges'],
    ['a household of four', { kind: 'HOUSEHOLD', minSize: 2, maxSize: 4 }, { householdSize: 4 }, 'MATCH'],
    ['open to all', { kind: 'EVERYONE' }, {}, 'MATCH'],
  ])('%s', (_name, rule, facts, expected) => {
    expect(verdict(rule, facts)).toBe(expected);
  });

  it.each<[string, Rule, Facts, string]>([
    ['the state', { kind: 'RESIDENCE', states: ['MD'] }, { state: 'md' }, 'MATCH'],
    ['another state', { kind: 'RESIDENCE', states: ['MD'] }, { state: 'VA' }, 'NO_MATCH'],
    ['the county', { kind: 'RESIDENCE', counties: ['MD/Howard'] }, { state: 'MD', county: 'Howard' }, 'MATCH'],
    [
      'a county of that name elsewhere',
      { kind: 'RESIDENCE', counties: ['MD/Howard'] },
      { state: 'IN', county: 'Howard' },
      'NO_MATCH',
    ],
    [
      'the county, the state not known',
      { kind: 'RESIDENCE', counties: ['MD/Howard'] },
      { county: 'Howard' },
      'UNKNOWN state',
    ],
    [
      'the state, the county not known',
      { kind: 'RESIDENCE', counties: ['MD/Howard'] },
      { state: 'MD' },
      'UNKNOWN county',
    ],
    [
      'another county, the state not known',
      { kind: 'RESIDENCE', counties: ['MD/Howard'] },
      { county: 'Kent' },
      'NO_MATCH',
    ],
    ['a ZIP of nine digits', { kind: 'RESIDENCE', zips: ['21044'] }, { zip: '21044-1234' }, 'MATCH'],
    [
      'one of several places',
      { kind: 'RESIDENCE', states: ['DC'], zips: ['21044'] },
      { state: 'MD', zip: '21044' },
      'MATCH',
    ],
    [
      'not the state, the ZIP not known',
      { kind: 'RESIDENCE', states: ['DC'], zips: ['21044'] },
      { state: 'MD' },
      'UNKNOWN zip',
    ],
    ['nothing known', { kind: 'RESIDENCE', counties: ['MD/Howard'] }, {}, 'UNKNOWN county state'],
  ])('residence: %s', (_name, rule, facts, expected) => {
    expect(verdict(rule, facts)).toBe(expected);
  });

  const poor: Rule = { kind: 'INCOME', maxPercent: 200 };
  it.each<[string, Facts, string]>([
    ['at the limit', { annualIncomeCents: dollars(66_000), householdSize: 4, state: 'MD' }, 'MATCH'],
    ['a dollar above', { annualIncomeCents: dollars(66_001), householdSize: 4, state: 'MD' }, 'NO_MATCH'],
    ['above here, within in Alaska', { annualIncomeCents: dollars(66_001), householdSize: 4, state: 'AK' }, 'MATCH'],
    ['above here, the state not known', { annualIncomeCents: dollars(66_001), householdSize: 4 }, 'UNKNOWN state'],
    ['above everywhere, the state not known', { annualIncomeCents: dollars(90_000), householdSize: 4 }, 'NO_MATCH'],
    ['little enough for one, the size not known', { annualIncomeCents: dollars(20_000) }, 'MATCH'],
    ['too much for one, the size not known', { annualIncomeCents: dollars(40_000) }, 'UNKNOWN householdSize'],
    ['nothing known', {}, 'UNKNOWN annualIncomeCents householdSize'],
    ['no income', { annualIncomeCents: 0 }, 'MATCH'],
  ])('income: %s', (_name, facts, expected) => {
    expect(verdict(poor, facts, '2026-11-22')).toBe(expected);
  });

  it('on income uses the guidelines in force on the day', () => {
    expect(povertyLevelCents(1, 'contiguous', '2025-12-31')).toBe(dollars(15_650));
    expect(povertyLevelCents(4, 'contiguous', '2026-01-12')).toBe(dollars(32_150));
    expect(povertyLevelCents(4, 'contiguous', '2026-01-13')).toBe(dollars(33_000));
    expect(povertyLevelCents(3, 'HI', '2026-06-01')).toBe(dollars(31_420));
    expect(povertyLevelCents(2, 'AK')).toBe(dollars(27_050));
    const rule: Rule = { kind: 'INCOME', maxPercent: 100 };
    const facts = { annualIncomeCents: dollars(15_900), householdSize: 1, state: 'MD' };
    expect([verdict(rule, facts, '2025-07-01'), verdict(rule, facts, '2026-07-01')]).toEqual(['NO_MATCH', 'MATCH']);
  });
});

describe('rules together', () => {
  const rules: Rule[] = [{ kind: 'AGE', min: 60 }, { kind: 'RESIDENCE', states: ['MD'] }, { kind: 'VETERAN' }];

  it('fail when one fails, and say which', () => {
    const { verdict, failed, ask } = evaluate(rules, { ageYears: 45, state: 'MD' });
    expect(verdict).toBe('NO_MATCH');
    expect(failed.map(({ words }) => words)).toEqual([{ en: 'Age 60 and older', es: 'De 60 años en adelante' }]);
    expect(ask).toEqual([]);
  });

  it('ask for what is not known, each fact once', () => {
    const { verdict, ask } = evaluate([...rules, { kind: 'AGE', max: 99 }], { state: 'MD' });
    expect(verdict).toBe('UNKNOWN');
    expect(ask.map(({ question }) => question.en)).toEqual([
      'How old is the person?',
      'Has the person served in the military?',
    ]);
  });

  it('of which one is enough', () => {
    const either: Rule = { kind: 'ANY_OF', rules: [{ kind: 'AGE', min: 60 }, { kind: 'DISABILITY' }] };
    expect(verdict(either, { ageYears: 30, disability: true })).toBe('MATCH');
    expect(verdict(either, { ageYears: 30 })).toBe('UNKNOWN disability');
    expect(verdict(either, { ageYears: 30, disability: false })).toBe('NO_MATCH');
    expect(ruleWords(either).en).toBe('Age 60 and older; or People with a disability');
  });

  it('that do not exist claim nothing: the prose is to be read', () => {
    expect(evaluate([], { ageYears: 30 }, { prose: ' Low-income families. ' })).toMatchObject({
      verdict: 'UNKNOWN',
      ask: [],
      read: 'Low-income families.',
    });
    expect(evaluate([], {})).toMatchObject({ verdict: 'UNKNOWN', read: null });
  });
});

describe('a listing', () => {
  it('is judged by HSDS’s ages when no rule speaks of age', () => {
    const listing = {
      eligibilityRules: [{ kind: 'VETERAN' }],
      minimumAge: 18,
      maximumAge: null,
      eligibilityDescription: null,
    };
    expect(evaluateListing(listing, { ageYears: 17, veteran: true }).verdict).toBe('NO_MATCH');
    expect(listedRules({ ...listing, eligibilityRules: [{ kind: 'AGE', min: 16 }] }).rules).toEqual([
      { kind: 'AGE', min: 16 },
    ]);
  });

  it('with a rule that cannot be read is never a match', () => {
    const listing = { eligibilityRules: [{ kind: 'EVERYONE' }, { kind: 'SHOE_SIZE', min: 9 }] };
    expect(evaluateListing(listing, {}).verdict).toBe('UNKNOWN');
    expect(evaluateListing({ eligibilityRules: 'everyone' }, {}).verdict).toBe('UNKNOWN');
  });
});

describe('the form of rules', () => {
  it.each<[unknown, string[]]>([
    [[], []],
    [[{ kind: 'AGE', min: 18 }, { kind: 'INCOME', maxPercent: 200 }, { kind: 'CAREGIVER' }], []],
    ['AGE', ['rules: "AGE" is not a list']],
    [[{ kind: 'AGE' }], ['rules[0]: give min, max or both']],
    [[{ kind: 'AGE', min: 60, max: 18 }], ['rules[0].max: is below min']],
    [[{ kind: 'INCOME' }], ['rules[0]: give either maxPercent or maxAnnualCents']],
    [
      [{ kind: 'RESIDENCE', counties: ['Howard'] }],
      ['rules[0].counties[0]: "Howard" is not a state and county such as MD/Howard'],
    ],
    [[{ kind: 'RESIDENCE', zips: [21044] }], ['rules[0].zips[0]: 21044 is not a five-digit ZIP']],
    [[{ kind: 'ANY_OF', rules: [] }], ['rules[0].rules: [] is not a list with at least one entry']],
  ])('%j', (json, faults) => {
    expect(ruleProblems(json)).toEqual(faults);
  });

  it('names an unknown kind and keeps the readable rules', () => {
    expect(ruleProblems([{ kind: 'SHOE_SIZE' }])[0]).toMatch(
      /^rules\[0\]\.kind: "SHOE_SIZE" is not one of AGE, INCOME, /,
    );
    expect(readRules([{ kind: 'VETERAN' }, { kind: 'SHOE_SIZE' }, null])).toEqual({
      rules: [{ kind: 'VETERAN' }],
      unreadable: 2,
    });
  });

  it('reads well in both languages', () => {
    const words = (rule: Rule) => Object.values(ruleWords(rule)).join(' | ');
    expect(words({ kind: 'INCOME', maxPercent: 185 })).toBe(
      'Household income up to 185% of the poverty level | Ingreso del hogar de hasta el 185 % del nivel de pobreza',
    );
    expect(words({ kind: 'INCOME', maxAnnualCents: 4_000_000 })).toBe(
      'Household income up to $40,000 a year | Ingreso del hogar de hasta $40,000 al año',
    );
    expect(words({ kind: 'RESIDENCE', states: ['DC'], counties: ['MD/Howard'] })).toBe(
      'Lives in District of Columbia or Howard County, MD | Vive en District of Columbia o Howard County, MD',
    );
    expect(words({ kind: 'LANGUAGE', anyOf: ['es', 'vi'] })).toBe(
      'Speaks Spanish or Vietnamese | Habla español o vietnamita',
    );
    expect(words({ kind: 'INSURANCE', none: true })).toBe('Health insurance: none | Seguro médico: ninguno');
    expect(words({ kind: 'HOUSEHOLD', minSize: 3 })).toBe(
      'Households of 3 or more people | Hogares de 3 o más personas',
    );
  });
});

const age = fc.integer({ min: 0, max: 90 });
const simple: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({ kind: fc.constant('AGE' as const), min: age }),
  fc.record({ kind: fc.constant('AGE' as const), max: age }),
  fc.record({ kind: fc.constant('INCOME' as const), maxPercent: fc.constantFrom(100, 185, 300) }),
  fc.record({ kind: fc.constant('INCOME' as const), maxAnnualCents: fc.constantFrom(2_000_000, 5_000_000) }),
  fc.record({ kind: fc.constant('RESIDENCE' as const), states: fc.subarray(['MD', 'DC', 'AK'], { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('RESIDENCE' as const),
    counties: fc.subarray(['MD/Howard', 'MD/Kent', 'DE/Kent'], { minLength: 1 }),
    zips: fc.subarray(['21044', '99501'], { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('LANGUAGE' as const), anyOf: fc.subarray(['en', 'es', 'vi'], { minLength: 1 }) }),
  fc.record({
    kind: fc.constant('INSURANCE' as const),
    anyOf: fc.subarray(['MEDICAID', 'UNINSURED'], { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('DOCUMENTS' as const), allOf: fc.subarray(['Photo ID', 'Lease'], { minLength: 1 }) }),
  fc.record({ kind: fc.constant('HOUSEHOLD' as const), minSize: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('CHILD_UNDER' as const), age: fc.integer({ min: 1, max: 18 }) }),
  fc.constantFrom<Rule>({ kind: 'VETERAN' }, { kind: 'CAREGIVER' }, { kind: 'EVERYONE' }),
);
const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  { arbitrary: simple, weight: 4 },
  fc.array(simple, { minLength: 1, maxLength: 3 }).map((rules): Rule => ({ kind: 'ANY_OF', rules })),
);
const complete = fc.record({
  ageYears: age,
  householdSize: fc.integer({ min: 1, max: 8 }),
  annualIncomeCents: fc.integer({ min: 0, max: 12_000_000 }),
  state: fc.constantFrom('MD', 'DE', 'DC', 'AK', 'HI', 'TX'),
  county: fc.constantFrom('Howard', 'Kent', 'Anchorage'),
  zip: fc.constantFrom('21044', '99501', '10001'),
  languages: fc.subarray(['en', 'es', 'vi', 'fr'], { minLength: 1 }),
  insurance: fc.subarray(['MEDICAID', 'UNINSURED', 'MEDICARE'], { minLength: 1 }),
  documents: fc.constantFrom({ has: ['Photo ID'], lacks: ['Lease'] }, { has: ['Photo ID', 'Lease'] }),
  childAges: fc.array(age, { maxLength: 3 }),
  veteran: fc.boolean(),
  caregiver: fc.boolean(),
});
const names = Object.keys(QUESTIONS) as FactName[];
const pick = (facts: Facts, known: FactName[]): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => known.includes(name as FactName)));

describe('any rules and facts', () => {
  it('are always decided when everything is known', () => {
    fc.assert(
      fc.property(fc.array(anyRule, { minLength: 1, maxLength: 5 }), complete, (rules, facts) => {
        expect(evaluate(rules, facts).verdict).not.toBe('UNKNOWN');
      }),
    );
  });

  it('stay decided when one more fact becomes known', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { maxLength: 4 }),
        complete,
        fc.subarray(names),
        fc.constantFrom(...names),
        (rules, facts, known, more) => {
          const before = evaluate(rules, pick(facts, known)).verdict;
          const after = evaluate(rules, pick(facts, [...known, more])).verdict;
          if (before !== 'UNKNOWN') expect(after).toBe(before);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('with one more rule never turn from no match to match, nor from unknown to match', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { minLength: 1, maxLength: 4 }),
        anyRule,
        complete,
        fc.subarray(names),
        (rules, extra, facts, known) => {
          const before = evaluate(rules, pick(facts, known)).verdict;
          const after = evaluate([...rules, extra], pick(facts, known)).verdict;
          if (before === 'NO_MATCH') expect(after).toBe('NO_MATCH');
          if (before === 'UNKNOWN') expect(after).not.toBe('MATCH');
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('that are undecided ask something, and knowing all that is asked moves on', () => {
    fc.assert(
      fc.property(
        fc.array(anyRule, { minLength: 1, maxLength: 4 }),
        complete,
        fc.subarray(names),
        (rules, facts, known) => {
          let have = known;
          for (let round = 0; round < 5; round += 1) {
            const { verdict, ask } = evaluate(rules, pick(facts, have));
            if (verdict !== 'UNKNOWN') return;
            expect(ask.length).toBeGreaterThan(0);
            expect(ask.every(({ fact }) => !have.includes(fact))).toBe(true);
            have = [...have, ...ask.map(({ fact }) => fact)];
          }
          throw new Error('still undecided after asking five times');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

import * as fc from 'fast-check';
import type { Facts } from '../src/directory/eligibility/words.js';
import type { Rule } from '../src/directory/eligibility/rules.js';
import { placeOf } from '../src/directory/places.js';

const age = fc.integer({ min: 0, max: 90 });
const STATUSES = ['VETERAN', 'CAREGIVER', 'PREGNANT', 'EVERYONE'] as const;
/** A range with one end or both, the lower one first. */
const range = <L extends string, H extends string>(low: L, high: H, of: fc.Arbitrary<number>) =>
  fc
    .tuple(fc.option(of), fc.option(of))
    .filter(([min, max]) => (min !== null || max !== null) && (min ?? 0) <= (max ?? Infinity))
    .map(([min, max]) => ({ ...(min !== null && { [low]: min }), ...(max !== null && { [high]: max }) }));

/** A rule without others in it. */
export const simpleRule: fc.Arbitrary<Rule> = fc.oneof(
  range('min', 'max', age).map((ends): Rule => ({ kind: 'AGE', ...ends })),
  range('minSize', 'maxSize', fc.integer({ min: 1, max: 7 })).map((ends): Rule => ({ kind: 'HOUSEHOLD', ...ends })),
  fc.constantFrom(0, 100, 185, 300).map((maxPercent): Rule => ({ kind: 'INCOME', maxPercent })),
  fc.constantFrom(2_000_000, 5_000_000).map((maxAnnualCents): Rule => ({ kind: 'INCOME', maxAnnualCents })),
  fc
    .record({
      states: fc.subarray(['MD', 'DE', 'AK']),
      counties: fc.subarray(['MD/Howard', 'DE/Kent']),
      zips: fc.subarray(['21044', '99501', '21201']),
    })
    .filter(({ states, counties, zips }) => states.length + counties.length + zips.length > 0)
    .map(({ states, counties, zips }): Rule => ({
      kind: 'RESIDENCE',
      ...(states.length > 0 && { states }),
      ...(counties.length > 0 && { counties }),
      ...(zips.length > 0 && { zips }),
    })),
  fc.subarray(['en', 'es', 'vi'], { minLength: 1 }).map((anyOf): Rule => ({ kind: 'LANGUAGE', anyOf })),
  fc
    .subarray(['MEDICAID', 'UNINSURED', 'MEDICARE'], { minLength: 1 })
    .map((anyOf): Rule => ({ kind: 'INSURANCE', anyOf })),
  fc.subarray(['FEMALE', 'MALE', 'NONBINARY'], { minLength: 1 }).map((anyOf): Rule => ({ kind: 'GENDER', anyOf })),
  fc.subarray(['Photo ID', 'Lease'], { minLength: 1 }).map((allOf): Rule => ({ kind: 'DOCUMENTS', allOf })),
  fc.integer({ min: 1, max: 18 }).map((years): Rule => ({ kind: 'CHILD_UNDER', age: years })),
  fc.constantFrom(...STATUSES).map((kind): Rule => ({ kind })),
);

/** Any rule, also one of which one of several is enough. */
export const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  { arbitrary: simpleRule, weight: 4 },
  fc.array(simpleRule, { minLength: 1, maxLength: 3 }).map((rules): Rule => ({ kind: 'ANY_OF', rules })),
);

const home = fc.constantFrom('21044', '21201', '99501', '19901', '10001').map((zip) => {
  const { state = '', county = '' } = placeOf(zip) ?? {};
  return { zip, state, county };
});

/** A person of whom everything is known, as people are: with a child there are two in the household, and uninsured is nothing else. */
export const person: fc.Arbitrary<Facts> = fc
  .record({
    ageYears: age,
    annualIncomeCents: fc.constantFrom(0, 1_500_000, 2_500_000, 6_000_000, 12_000_000),
    home,
    languages: fc.subarray(['en', 'es', 'vi', 'fr'], { minLength: 1 }),
    insurance: fc.oneof(
      fc.constant(['UNINSURED']),
      fc.subarray(['MEDICAID', 'MEDICARE', 'COMMERCIAL'], { minLength: 1 }),
    ),
    gender: fc.constantFrom('FEMALE', 'MALE', 'NONBINARY', 'OTHER'),
    documents: fc.constantFrom(
      { has: ['Photo ID'], lacks: ['Lease'] },
      { has: ['Photo ID', 'Lease'] },
      { lacks: ['Photo ID', 'Lease'] },
    ),
    childAges: fc.array(age, { maxLength: 3 }),
    others: fc.integer({ min: 0, max: 4 }),
    veteran: fc.boolean(),
    caregiver: fc.boolean(),
    pregnant: fc.boolean(),
  })
  .map(({ home: where, others, ...facts }) => ({
    ...facts,
    ...where,
    householdSize: 1 + facts.childAges.length + others,
  }));

/** A person of whom some facts are not known. */
export const partlyKnown: fc.Arbitrary<Facts> = fc
  .tuple(person, fc.array(fc.nat(20), { maxLength: 8 }))
  .map(([facts, gone]) =>
    Object.fromEntries(Object.entries(facts).map(([name, value], at) => [name, gone.includes(at) ? null : value])),
  );

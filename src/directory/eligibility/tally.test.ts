import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyRule, partlyKnown } from '../../../test/eligibility.js';
import { evaluate, evaluateListing, listedRules, type ListedEligibility } from './evaluate.js';
import { keptAs } from './kept-as.js';
import { standardProfiles } from './profiles.js';
import { readRule } from './read-rule.js';
import type { EligibilityRuleInput } from './rule.inputs.js';
import { inKeptOrder, ruleProblems, type Rule } from './rules.js';
import { tally } from './tally.js';
import { QUESTIONS, type Facts } from './words.js';

const ON = '2026-11-30';
const listed: fc.Arbitrary<ListedEligibility> = fc.record({
  eligibilityRules: fc.array(anyRule, { maxLength: 4 }),
  minimumAge: fc.option(fc.integer({ min: 0, max: 60 })),
  maximumAge: fc.option(fc.integer({ min: 60, max: 90 })),
});
const proposals = fc.array(anyRule, { maxLength: 5 });
const people = fc.array(partlyKnown, { maxLength: 12 });
const verdicts = (listing: ListedEligibility, of: readonly Facts[]) =>
  of.map((facts) => evaluateListing(listing, facts, ON).verdict);

/** A rule as the API would be told of it. */
function inputOf(rule: Rule): EligibilityRuleInput {
  switch (rule.kind) {
    case 'AGE':
      return { kind: rule.kind, minimum: rule.min ?? null, maximum: rule.max ?? null };
    case 'HOUSEHOLD':
      return { kind: rule.kind, minimum: rule.minSize ?? null, maximum: rule.maxSize ?? null };
    case 'CHILD_UNDER':
      return { kind: rule.kind, maximum: rule.age };
    case 'INCOME':
      return { kind: rule.kind, percent: rule.maxPercent ?? null, annualCents: rule.maxAnnualCents ?? null };
    case 'RESIDENCE':
      return { kind: rule.kind, places: [...(rule.states ?? []), ...(rule.counties ?? []), ...(rule.zips ?? [])] };
    case 'DOCUMENTS':
      return { kind: rule.kind, values: rule.allOf };
    case 'LANGUAGE':
    case 'GENDER':
    case 'INSURANCE':
      return { kind: rule.kind, values: rule.anyOf ?? ['UNINSURED'] };
    case 'ANY_OF':
      return { kind: rule.kind, rules: rule.rules.map(inputOf) };
    default:
      return { kind: rule.kind };
  }
}

describe('a preview of rules', () => {
  it('counts each person as the search would judge them, now and after saving', () => {
    fc.assert(
      fc.property(listed, proposals, people, (listing, rules, of) => {
        const kept = keptAs(listing, rules);
        const counted = tally(listedRules(listing), listedRules(kept), rules, of, ON);
        const [now, then] = [verdicts(listing, of), verdicts(kept, of)];
        const count = (list: string[]) => ({
          fit: list.filter((one) => one === 'MATCH').length,
          ask: list.filter((one) => one === 'UNKNOWN').length,
          shutOut: list.filter((one) => one === 'NO_MATCH').length,
        });
        expect(counted).toMatchObject({ people: of.length, now: count(now), proposed: count(then) });
        const out = (list: string[], at: number) => list[at] === 'NO_MATCH';
        expect(counted.newlyShutOut).toBe(of.filter((_, at) => !out(now, at) && out(then, at)).length);
        expect(counted.noLongerShutOut).toBe(of.filter((_, at) => out(now, at) && !out(then, at)).length);
      }),
      { numRuns: 2000 },
    );
  });

  it('says of each rule whom it shuts out, and whom no other does', () => {
    fc.assert(
      fc.property(proposals, people, (rules, of) => {
        const { rules: shares, proposed } = tally(
          listedRules({ eligibilityRules: [] }),
          { rules, unreadable: 0 },
          rules,
          of,
          ON,
        );
        rules.forEach((rule, at) => {
          const others = rules.filter((_, other) => other !== at);
          const failing = of.filter((facts) => evaluate([rule], facts, { on: ON }).verdict === 'NO_MATCH');
          const alone = failing.filter((facts) => evaluate(others, facts, { on: ON }).verdict !== 'NO_MATCH');
          const open = of.filter((facts) => evaluate([rule], facts, { on: ON }).verdict === 'UNKNOWN');
          expect(shares[at]).toEqual({ shutOut: failing.length, alone: alone.length, ask: open.length });
        });
        const most = Math.max(0, ...shares.map(({ shutOut }) => shutOut));
        const alone = shares.reduce((sum, share) => sum + share.alone, 0);
        expect(proposed.shutOut).toBeGreaterThanOrEqual(Math.max(most, alone));
      }),
      { numRuns: 1000 },
    );
  });

  it('asks for facts only of people who would be asked', () => {
    fc.assert(
      fc.property(proposals, people, (rules, of) => {
        const { proposed, questions } = tally({ rules: [], unreadable: 0 }, { rules, unreadable: 0 }, rules, of, ON);
        for (const { people: many } of questions) expect(many).toBeLessThanOrEqual(proposed.ask);
        if (proposed.ask > 0 && rules.length > 0) expect(questions.length).toBeGreaterThan(0);
        expect(questions.map(({ people: many }) => many)).toEqual(
          questions.map(({ people: many }) => many).toSorted((a, b) => b - a),
        );
      }),
    );
  });
});

describe('rules as a listing keeps them', () => {
  it('mean the same as they were said', () => {
    fc.assert(
      fc.property(listed, proposals, people, (listing, rules, of) => {
        const kept = keptAs(listing, rules);
        expect(ruleProblems(kept.eligibilityRules)).toEqual([]);
        expect(verdicts(kept, of)).toEqual(of.map((facts) => evaluate(rules, facts, { on: ON }).verdict));
      }),
      { numRuns: 1500 },
    );
  });

  it('are read from the fields of the API as they are, and kept in the order of PostgreSQL', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(readRule(inputOf(rule)).rule).toEqual(rule);
        expect(inKeptOrder([rule])).toEqual([rule]);
      }),
    );
    expect(JSON.stringify(inKeptOrder([{ kind: 'AGE', min: 1, max: 2 }]))).toBe('[{"max":2,"min":1,"kind":"AGE"}]');
  });

  it('keep ages in columns of their own, unless a rule that stands there says them unchanged', () => {
    const age: Rule = { kind: 'AGE', min: 60 };
    const veteran: Rule = { kind: 'VETERAN' };
    const nothing = { eligibilityRules: [] };
    expect(keptAs(nothing, [age, veteran])).toEqual({ eligibilityRules: [veteran], minimumAge: 60, maximumAge: null });
    expect(keptAs({ eligibilityRules: [age] }, [age, veteran])).toEqual({
      eligibilityRules: [age, veteran],
      minimumAge: null,
      maximumAge: null,
    });
    expect(keptAs({ eligibilityRules: [age], minimumAge: 60 }, [{ kind: 'AGE', min: 55 }])).toEqual({
      eligibilityRules: [],
      minimumAge: 55,
      maximumAge: null,
    });
    expect(keptAs({ eligibilityRules: [], minimumAge: 60 }, [])).toMatchObject({ minimumAge: null });
  });
});

describe('the standard profiles', () => {
  it('stand for the area of any listing: here, just outside, in another state, and of whom little is known', () => {
    const profiles = standardProfiles(['MD/Howard'], ON);
    const lives = (state: string, county?: string) =>
      profiles.filter(({ facts }) => facts.state === state && (!county || facts.county === county)).length;
    expect([profiles.length, lives('MD', 'Howard'), lives('MD') - lives('MD', 'Howard'), lives('WY')]).toEqual([
      32, 26, 3, 2,
    ]);
    expect(standardProfiles(['WY'], ON).filter(({ facts }) => facts.state === 'VT')).toHaveLength(4);
    expect(standardProfiles([], ON).every(({ facts }) => !facts.state || facts.state === 'WY')).toBe(true);
    const unknown = profiles.find(({ key }) => key === 'little-known')?.facts ?? {};
    expect(Object.values(unknown).filter((value) => value !== null)).toEqual([55]);
  });

  it('leave nothing open that a rule asks of most of them, but for documents', () => {
    const profiles = standardProfiles(['MD'], ON);
    const facts = Object.keys(QUESTIONS).filter((fact) => fact !== 'documents') as (keyof Facts)[];
    for (const fact of facts) {
      const open = profiles.filter((one) => one.facts[fact] === null || one.facts[fact] === undefined);
      expect(open.length, fact).toBeLessThanOrEqual(2);
    }
  });
});

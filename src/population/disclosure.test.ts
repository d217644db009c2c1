import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attacker } from '../../test/attacker.js';
import { FUNNEL_STEPS, funnelOf, shownFunnel, type FunnelCount } from './funnel-figures.js';
import { needFigures, type NeedFigures } from './need-figures.js';
import type { CountCell } from './population.types.js';
import { NOTHING_APART } from './apart.js';
import { reportOf } from './report.js';
import { isSmall } from './suppress.js';
import { ANY_NEED, CUTS, suppressNeeds, type Cut, type Dimension, type NeedCount } from './suppress-needs.js';

const CATEGORIES = ['food-insecurity', 'homelessness', 'stress', 'veteran-status'] as const;
const DIMENSIONS: readonly Dimension[] = ['CATEGORY', ...CUTS];

/** A member's needs, each with the month in which it was first identified. */
interface Member {
  county: string;
  age: string;
  line: string;
  needs: Partial<Record<string, string>>;
}
const oneMember: fc.Arbitrary<Member> = fc.record({
  county: fc.constantFrom('A', 'A', 'A', 'B', 'B', 'C'),
  age: fc.constantFrom('18-44', '18-44', '45-64'),
  line: fc.constantFrom('MEDICAID', 'MEDICAID', 'MEDICARE'),
  needs: fc
    .array(fc.tuple(fc.constantFrom(...CATEGORIES, 'food-insecurity', 'food-insecurity'), fc.constantFrom('2026-01', '2026-01', '2026-02', '2026-03')), { minLength: 0, maxLength: 3 })
    .map((pairs) => Object.fromEntries(pairs)),
}); // prettier-ignore
/** Groups of like people: counts on both sides of the threshold. */
const anyMembers = fc
  .array(fc.tuple(oneMember, fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 11, max: 45 }))), { minLength: 1, maxLength: 9 })
  .map((groups) => groups.flatMap(([member, times]) => Array<Member>(times).fill(member))); // prettier-ignore

function countsOf(members: readonly Member[]): NeedCount[] {
  const counts = new Map<string, NeedCount>();
  const add = (category: string, by: Cut, key: string): void => {
    const one = counts.get(`${category} ${by} ${key}`) ?? { category, by, key, count: 0 };
    counts.set(`${category} ${by} ${key}`, { ...one, count: one.count + 1 });
  };
  for (const { needs, county, age, line } of members) {
    if (Object.keys(needs).length === 0) continue;
    const first = Object.values(needs).toSorted()[0] ?? '';
    for (const [category, month] of [...Object.entries(needs), [ANY_NEED, first] as const]) {
      add(category, 'MONTH', month ?? '');
      add(category, 'COUNTY', county);
      add(category, 'AGE_BAND', age);
      add(category, 'PRODUCT_LINE', line);
    }
  }
  return [...counts.values()];
}

/** Tells an attacker every number of every answer about needs, and how they hang together. */
function listen(members: readonly Member[]): { attacker: Attacker; truth: Map<string, number> } {
  const counts = countsOf(members);
  const report = reportOf({
    members: members.length,
    screened: members.length,
    needs: counts,
    funnel: [],
    apart: NOTHING_APART,
  });
  const truth = new Map<string, number>();
  const shown = new Map<string, number>();
  const hear = (name: string, cell: CountCell | undefined): void => {
    if (cell && cell.value !== null) shown.set(name, cell.value);
  };
  const add = (name: string, count: number) => truth.set(name, (truth.get(name) ?? 0) + count);
  for (const { category, by, key, count } of counts) {
    add(`${category}|${by}|${key}`, count);
    if (by === 'MONTH') add(category === ANY_NEED ? 'people' : `${category}`, count);
    if (category !== ANY_NEED) add(`all|${by}|${key}`, count);
    if (category !== ANY_NEED && by === 'MONTH') add('all', count);
  }
  // Where nobody is there is a zero, shown or not; a line of the needs is left out when its zero may be seen.
  const named = new Set(counts.map((count) => count.category));
  for (const { by, key } of counts) for (const category of named) add(`${category}|${by}|${key}`, 0);
  truth.set('members', members.length);
  if (report.members !== null) shown.set('members', report.members);
  const hearTable = (by: Dimension, { crossTable }: NeedFigures, whole: boolean): void => {
    crossTable?.rows.forEach((row, i) => {
      hear(row, crossTable.rowTotals[i]);
      crossTable.columns.forEach((column, j) => hear(`${row}|${by}|${column}`, crossTable.cells[i]?.[j]));
    });
    if (!crossTable || !whole) return;
    hear('all', crossTable.total);
    crossTable.columns.forEach((column, j) => hear(`all|${by}|${column}`, crossTable.columnTotals[j]));
  };
  for (const by of DIMENSIONS) {
    const answer = needFigures(report.needs, by);
    hear('people', answer.needsTotal);
    if (by !== 'CATEGORY') {
      const listed = new Set(answer.needs.map((line) => line.key));
      for (const count of counts) if (count.by === by && !listed.has(count.key)) shown.set(`|${by}|${count.key}`, 0);
    }
    for (const line of answer.needs) hear(by === 'CATEGORY' ? line.key : `|${by}|${line.key}`, line.membersWithNeed);
    hearTable(by, answer, true);
    for (const category of CATEGORIES) {
      const narrow = needFigures(report.needs, by, category);
      hear(category, narrow.needsTotal);
      for (const line of narrow.needs) hear(by === 'CATEGORY' ? category : `${category}|${by}|${line.key}`, line.membersWithNeed); // prettier-ignore
      hearTable(by, narrow, false);
    }
  }
  const attacker = new Attacker();
  for (const [name, value] of truth) {
    // Of a withheld cell beside its row's total the reader may know that it is small; a row withheld whole hides its zeros
    // as well, and a total may be withheld for another's sake.
    const [row = '', , column] = name.split('|');
    const isCell = column !== undefined && row !== 'all' && shown.has(row || 'people');
    attacker.number(name, value, shown.get(name) ?? null, isCell && isSmall(value));
  }
  const categories = CATEGORIES.filter((category) => truth.has(category));
  const has = (names: string[]) => names.filter((name) => truth.has(name));
  attacker.adds('all', categories);
  for (const by of CUTS) {
    const keys = [...new Set(counts.filter((count) => count.by === by).map((count) => count.key))];
    for (const category of categories) attacker.adds(category, has(keys.map((key) => `${category}|${by}|${key}`)));
    attacker.adds('people', has(keys.map((key) => `|${by}|${key}`)));
    for (const key of keys) {
      const cells = has(categories.map((category) => `${category}|${by}|${key}`));
      attacker.adds(`all|${by}|${key}`, cells);
      if (!truth.has(`|${by}|${key}`)) continue;
      attacker.atMost(`|${by}|${key}`, `all|${by}|${key}`);
    }
  }
  attacker.atMost('people', 'all');
  // Those who have not what others have are counts of people as well.
  const without = (less: string, more: string): void => {
    const [name, value] = [`${more} without ${less}`, (truth.get(more) ?? 0) - (truth.get(less) ?? 0)];
    truth.set(name, value);
    attacker.number(name, value, null, false);
    attacker.adds(more, [less, name]);
  };
  without('people', 'members');
  for (const category of categories) without(category, 'people');
  for (const by of CUTS) {
    // In which month it was is a fact of the need; the others are facts of the member.
    if (by === 'MONTH') continue;
    for (const { key } of counts.filter((count) => count.by === by && count.category === ANY_NEED)) {
      for (const category of categories) without(`${category}|${by}|${key}`, `|${by}|${key}`);
    }
  }
  return { attacker, truth };
}

describe('the figures of needs', () => {
  it('show no count of 1 to 10, and none can be worked out, however many breakdowns and categories are asked for', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const { attacker, truth } = listen(members);
        const small = [...truth.keys()].filter((name) => isSmall(truth.get(name) ?? 0));
        expect(attacker.learns().filter((name) => small.includes(name))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('leave each small count at least two whole numbers to be, in all that can be added up and bounded', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const { attacker, truth } = listen(members);
        const small = [...truth.keys()].filter((name) => isSmall(truth.get(name) ?? 0));
        expect(attacker.pinsDown(small)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('are whole where nothing is small', () => {
    const members = CATEGORIES.flatMap((category) =>
      ['A', 'B'].flatMap((county) =>
        ['2026-01', '2026-02'].flatMap((month) =>
          Array.from({ length: 20 }, (): Member => ({
            county,
            age: '18-44',
            line: 'MEDICAID',
            needs: { [category]: month },
          })),
        ),
      ),
    );
    const { needs, needsTotal, crossTable } = needFigures(suppressNeeds(countsOf(members)), 'COUNTY');
    expect(needsTotal).toEqual({ value: 320, suppressed: false });
    expect(needs.map(({ key, membersWithNeed, share }) => [key, membersWithNeed.value, share.percent])).toEqual([
      ['A', 160, 50],
      ['B', 160, 50],
    ]);
    expect(crossTable?.cells.flat().every((cell) => cell.value === 40)).toBe(true);
  });

  it('withhold with a rare category the next smallest, in every breakdown', () => {
    const many = (times: number, needs: Member['needs'], county: string) =>
      Array.from({ length: times }, (): Member => ({ county, age: '18-44', line: 'MEDICAID', needs }));
    const members = ['A', 'B'].flatMap((county) => [
      ...many(90, { 'food-insecurity': '2026-01' }, county),
      ...many(30, { stress: '2026-01' }, county),
      ...many(2, { homelessness: '2026-01' }, county),
    ]);
    for (const by of CUTS) {
      const { crossTable } = needFigures(suppressNeeds(countsOf(members)), by);
      expect(crossTable?.rowTotals.map((cell) => cell.value)).toEqual([180, null, null]);
      expect(crossTable?.total.value).toBe(244);
    }
  });
});

/** A referral about one category and what became of it. */
interface Story {
  category: string;
  answered: boolean;
  accepted: boolean;
  closed: boolean;
  helped: boolean;
  asked: boolean;
  confirmed: boolean;
}
const oneStory: fc.Arbitrary<Story> = fc
  .tuple(fc.constantFrom(...CATEGORIES), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 2 }))
  .map(([category, far, said]) => ({
    category,
    answered: far > 0,
    accepted: far > 1,
    closed: far > 2,
    helped: far > 3,
    asked: said > 0,
    confirmed: said > 1,
  }));
const anyStories = fc
  .array(fc.tuple(oneStory, fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 11, max: 45 }))), { minLength: 1, maxLength: 12 })
  .map((groups) => groups.flatMap(([story, times]) => Array<Story>(times).fill(story))); // prettier-ignore

function funnelCountsOf(stories: readonly Story[]): FunnelCount[] {
  const of = (category: string | null): FunnelCount => {
    const mine = stories.filter((story) => category === null || story.category === category);
    const count = (step: Exclude<keyof Story, 'category'>) => mine.filter((story) => story[step]).length;
    return {
      category,
      sent: mine.length,
      answered: count('answered'),
      accepted: count('accepted'),
      closed: count('closed'),
      helped: count('helped'),
      asked: count('asked'),
      confirmed: count('confirmed'),
    };
  };
  return [of(null), ...CATEGORIES.filter((one) => stories.some((story) => story.category === one)).map(of)];
}

describe('the funnel', () => {
  it('shows no count of 1 to 10, and none can be worked out, in all and one category after another', () => {
    fc.assert(
      fc.property(anyStories, (stories) => {
        const counts = funnelCountsOf(stories);
        const shown = new Map<string, number>();
        const hear = (name: string, cell: CountCell): void => {
          if (cell.value !== null) shown.set(name, cell.value);
        };
        for (const only of [null, ...CATEGORIES]) {
          const answer = funnelOf(shownFunnel(counts, only ?? undefined));
          const of = only ?? 'all';
          hear(`${of} sent`, answer.sent);
          hear(`${of} answered`, answer.answered);
          hear(`${of} accepted`, answer.accepted);
          for (const [step, rate, base] of [['closed', answer.closedByAgency, 'sent'], ['helped', answer.helpReceived, 'closed'], ['confirmed', answer.confirmedByPatient, 'asked']] as const) {
            hear(`${of} ${step}`, rate.numerator);
            hear(`${of} ${base}`, rate.denominator);
            if (rate.percent !== null) expect(rate.numerator.value).not.toBeNull();
          } // prettier-ignore
          for (const row of answer.byCategory) {
            hear(`${row.category.code} sent`, row.sent);
            hear(`${row.category.code} closed`, row.closedByAgency);
            hear(`${row.category.code} helped`, row.helpReceived);
            hear(`${row.category.code} confirmed`, row.confirmedByPatient);
          }
        }
        const attacker = new Attacker();
        const truth = new Map<string, number>();
        for (const count of counts) {
          const of = count.category ?? 'all';
          for (const step of FUNNEL_STEPS) {
            const value = counts.find((one) => one.category === count.category)?.[step] ?? 0;
            truth.set(`${of} ${step}`, value);
            const isCell =
              count.category !== null && shown.has(`${of} sent`) && ['accepted', 'helped', 'confirmed'].includes(step);
            attacker.number(`${of} ${step}`, value, shown.get(`${of} ${step}`) ?? null, isCell && isSmall(value));
          }
          for (const [less, more] of [['answered', 'sent'], ['accepted', 'answered'], ['closed', 'sent'], ['helped', 'closed'], ['asked', 'sent'], ['confirmed', 'asked']] as const) {
            // What fell away between two steps is a count of people as well.
            const [gone, value] = [`${of} ${more} without ${less}`, (truth.get(`${of} ${more}`) ?? 0) - (truth.get(`${of} ${less}`) ?? 0)]; // prettier-ignore
            truth.set(gone, value);
            attacker.number(gone, value, null, count.category !== null && shown.has(`${of} sent`) && isSmall(value));
            attacker.adds(`${of} ${more}`, [`${of} ${less}`, gone]);
          } // prettier-ignore
        }
        const categories = counts.flatMap(({ category }) => (category === null ? [] : [category]));
        for (const step of FUNNEL_STEPS) attacker.adds(`all ${step}`, categories.map((category) => `${category} ${step}`)); // prettier-ignore
        const told = attacker.learns().filter((name) => isSmall(truth.get(name) ?? 0));
        expect(told).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindsSaid } from '../plain/kinds-said.js';
import { PLAIN_CATEGORIES } from '../plain/plain-categories.js';
import { compare, type Given, type Wanted } from './likeness.js';
import { likenessWords } from './likeness-words.js';

const kind = (code: string) => PLAIN_CATEGORIES.filter((one) => one.code === code);
const RIDES: Wanted = { kinds: kind('medical-rides'), terms: [], categories: ['transportation-insecurity'] };
const given = (more: Partial<Given>): Given => ({ kinds: [], terms: [], categories: RIDES.categories, ...more });
const likeness = (wanted: Wanted, one: Given) => compare(wanted, one)?.likeness ?? null;

const anyKinds = fc.subarray([...PLAIN_CATEGORIES], { maxLength: 4 });
const termIds = ['t1', 't2', 't3'];
const anyWanted: fc.Arbitrary<Wanted> = fc.record({
  kinds: anyKinds,
  terms: fc.subarray(termIds).map((ids) => ids.map((id) => ({ id, name: `Term ${id}` }))),
  categories: anyKinds.map((kinds) => kinds.flatMap(({ categories }) => [...categories])),
});
const anyGiven: fc.Arbitrary<Given> = fc.record({
  kinds: anyKinds.map((kinds) => kinds.map(({ code }) => code)),
  terms: fc.subarray(termIds),
  categories: anyKinds.map((kinds) => kinds.flatMap(({ categories }) => [...categories])),
});

describe('what may be asked in the place of what was asked', () => {
  it.each<[string, Given, string | null]>([
    ['rides to the doctor', given({ kinds: ['medical-rides', 'prescriptions'] }), 'SAME'],
    ['bus passes', given({ kinds: ['transit'] }), 'INSTEAD'],
    ['job training that lists the same need', given({ kinds: ['jobs'] }), 'SAME_NEED'],
    ['something whose kind nobody knows', given({}), 'SAME_NEED'],
    ['rides that list another need', given({ kinds: ['medical-rides'], categories: ['stress'] }), 'SAME'],
    ['a pantry', given({ kinds: ['food-pantry'], categories: ['food-insecurity'] }), null],
  ])('when rides to dialysis were: %s', (_, one, expected) => {
    expect(likeness(RIDES, one)).toBe(expected);
  });

  it('is the same by a shared term where the kind of one is not known, and not against it', () => {
    const term = { id: 't1', name: 'Transportation' };
    const wanted = { ...RIDES, terms: [term] };
    expect(likeness(wanted, given({ terms: ['t1'] }))).toBe('SAME');
    expect(likeness(wanted, given({ terms: ['t1'], kinds: ['transit'] }))).toBe('INSTEAD');
    expect(likeness({ ...wanted, kinds: [] }, given({ terms: ['t1'], kinds: ['transit'] }))).toBe('SAME');
  });

  it('is the same only for what they share, of the need or of the kind, and always says why', () => {
    fc.assert(
      fc.property(anyWanted, anyGiven, (wanted, one) => {
        const compared = compare(wanted, one);
        const shares = wanted.kinds.some(({ code }) => one.kinds.includes(code));
        const ofNeed = one.categories.some((code) => wanted.categories.includes(code));
        if (shares) expect(compared?.likeness).toBe('SAME');
        if (compared === null) {
          expect(ofNeed).toBe(false);
          return;
        }
        if (compared.likeness !== 'SAME') expect([shares, ofNeed]).toEqual([false, true]);
        for (const words of likenessWords(compared, ['dialysis'])) {
          expect(`${words.en} ${words.es}`).not.toMatch(/[{}]|: $/);
        }
        expect(likenessWords(compared, [])).toHaveLength(1);
      }),
    );
  });
});

describe('kinds of help in somebody’s own words', () => {
  it.each([
    ['Rides to dialysis on Monday, Wednesday and Friday', ['medical-rides']],
    ['Necesita transporte para la diálisis', ['medical-rides']],
    ['A bus pass to get to her new job', ['transit']],
    ['Please call after 5, and ask for her daughter', []],
  ])('%s', (text, codes) => {
    expect(kindsSaid(text).map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    if (codes.length === 0) expect(kindsSaid(text)).toEqual([]);
  });
});

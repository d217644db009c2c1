import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../check-answer.js';
import { seededInstruments } from '../instrument-file.js';
import { itemsOf, type Instrument } from '../instrument.js';
import { scoreScreening } from '../score.js';
import { compareScreenings, type Told } from './compare.js';

const all = seededInstruments();
const core = all.find(({ key }) => key === 'ahc-hrsn')!;
const [worried, lasted, ride] = ['/88122-7', '/88123-5', '/93030-5'] as const;
const told = (...answers: Answer[]): Told => ({ instrument: core, answers, ageYears: 40 });
const codes = (linkId: string, ...list: string[]): Answer => ({ linkId, codes: list });
const declined = (linkId: string): Answer => ({ linkId, absent: 'ASKED_DECLINED' });
const skipped = (linkId: string): Answer => ({ linkId, absent: 'NOT_ASKED', absentText: 'no time' });
const changes = (before: Told, now: Told) =>
  compareScreenings(before, now).map((one) => `${one.label.en}: ${one.change}`);

describe('two screenings', () => {
  const hungry = codes(worried, 'LA28397-0');
  const fed = codes(worried, 'LA28398-8');

  it.each<[string, Told, Told, string[]]>([
    ['a new need', told(fed, codes(lasted, 'LA28398-8')), told(hungry, codes(lasted, 'LA28398-8')), ['Food: NEW']],
    ['still there, by another answer', told(hungry), told(codes(lasted, 'LA6729-3')), ['Food: STILL_THERE']],
    ['gone', told(hungry), told(fed), ['Food: GONE']],
    ['not asked this time', told(hungry), told(skipped(worried)), ['Food: NOT_ASKED']],
    ['declined this time', told(hungry), told(declined(worried)), ['Food: DECLINED']],
    ['not answered at all this time', told(hungry), told(), ['Food: NOT_ASKED']],
    ['asked for the first time', told(skipped(ride)), told(codes(ride, 'LA33-6')), ['Transportation: FIRST_ASKED']],
    ['declined last time', told(declined(ride)), told(codes(ride, 'LA33-6')), ['Transportation: FIRST_ASKED']],
    ['one of two questions declined: nobody knows', told(hungry, codes(lasted, 'LA6729-3')), told(fed, declined(lasted)), ['Food: DECLINED']], // prettier-ignore
    ['nothing then, nothing now', told(fed), told(fed), []],
  ])('%s', (_, before, now, expected) => {
    expect(changes(before, now)).toEqual(expected);
  });

  it('say what was answered then and now', () => {
    expect(compareScreenings(told(hungry), told(codes(worried, 'LA6729-3')))).toMatchObject([
      {
        change: 'STILL_THERE',
        before: [{ en: 'Often true' }],
        now: [{ en: 'Sometimes true', es: 'A veces es cierto' }],
      },
    ]);
  });

  it('in two versions meet by the LOINC codes of their questions, whatever they are called there', () => {
    const next: Instrument = JSON.parse(
      JSON.stringify(core).replaceAll('"/88122-7"', '"/worried"').replaceAll('"food"', '"hunger"'),
    ) as Instrument;
    const now = { instrument: next, answers: [codes('/worried', 'LA28397-0')], ageYears: 40 };
    expect(changes(told(hungry), now)).toEqual(['Food: STILL_THERE']);
    expect(changes(told(hungry), { ...now, answers: [codes('/worried', 'LA28398-8')] })).toEqual(['Food: GONE']);
    const without = {
      ...core,
      sections: core.sections.filter((one) => !one.items.some(({ loinc }) => loinc === '88122-7')),
    };
    expect(changes(told(hungry), { instrument: without, answers: [], ageYears: 40 })).toEqual(['Food: NOT_ASKED']);
  });

  /** One draw for each question: some declined, some left out, else one of the answers. */
  const answersBy = (one: Instrument, draws: readonly number[]): Answer[] =>
    itemsOf(one).flatMap((item, at): Answer[] => {
      const draw = draws[at] ?? 0;
      const options = item.answers ?? [];
      if (draw % 5 === 0) return [declined(item.linkId)];
      const option = options[draw % Math.max(1, options.length)];
      return draw % 7 === 0 || !option ? [] : [codes(item.linkId, option.code)];
    });
  const draws = fc.array(fc.nat(97), { minLength: 27, maxLength: 27 });

  it('account for every need of both, once each, and are the same as themselves', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), draws, draws, (instrument, first, second) => {
        const before: Told = { instrument, answers: answersBy(instrument, first), ageYears: 40 };
        const now: Told = { instrument, answers: answersBy(instrument, second), ageYears: 40 };
        const needsOf = ({ answers }: Told) =>
          scoreScreening(instrument, answers, { ageYears: 40 })
            .possibleNeeds.map(({ label }) => label.en)
            .toSorted();
        const found = compareScreenings(before, now);
        const labels = (...kinds: string[]) =>
          found
            .filter(({ change }) => kinds.includes(change))
            .map(({ label }) => label.en)
            .toSorted();
        expect(labels('NEW', 'FIRST_ASKED', 'STILL_THERE')).toEqual(needsOf(now));
        expect(labels('GONE', 'NOT_ASKED', 'DECLINED', 'STILL_THERE')).toEqual(needsOf(before));
        expect(compareScreenings(now, now).every(({ change }) => change === 'STILL_THERE')).toBe(true);
      }),
    );
  });
});

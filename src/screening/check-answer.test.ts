import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, checkAnswer, checkAnswers } from './check-answer.js';
import { seededInstruments } from './instrument-file.js';
import { itemsOf } from './instrument.js';

const all = seededInstruments();
const [core, prapare] = ['ahc-hrsn', 'prapare'].map((key) => all.find((one) => one.key === key)!);
const check = (one: typeof core, answer: Answer) => {
  const problem = checkAnswer(one!, answer);
  return problem && `${problem.field} ${problem.code}`;
};

describe('an answer', () => {
  it.each<[string, Answer, string | null]>([
    ['of an unknown question', { linkId: '/1-1', codes: ['LA33-6'] }, 'linkId UNKNOWN_QUESTION'],
    ['that is one of the options', { linkId: '/71802-3', codes: ['LA31993-1'] }, null],
    [
      'with two options of a single choice',
      { linkId: '/71802-3', codes: ['LA31993-1', 'LA31994-9'] },
      'codes CHOOSE_ONE',
    ],
    ['with a code of another instrument', { linkId: '/71802-3', codes: ['LA30190-5'] }, 'codes CHOOSE_ONE'],
    ['with several options', { linkId: '/96778-6', codes: ['LA28580-1', 'LA32001-2'] }, null],
    ['with one option twice', { linkId: '/96778-6', codes: ['LA28580-1', 'LA28580-1'] }, 'codes CHOOSE_SOME'],
    ['none of the above alone', { linkId: '/96778-6', codes: ['LA9-3'] }, null],
    ['none of the above with mold', { linkId: '/96778-6', codes: ['LA28580-1', 'LA9-3'] }, 'codes STANDS_ALONE'],
    ['that is empty', { linkId: '/96778-6', codes: [] }, 'codes CHOOSE_SOME'],
    ['that is a number', { linkId: '/71802-3', number: 1 }, 'number WRONG_KIND'],
    ['declined', { linkId: '/71802-3', absent: 'ASKED_DECLINED' }, null],
    [
      'declined and answered',
      { linkId: '/71802-3', codes: ['LA31993-1'], absent: 'ASKED_DECLINED' },
      'absent ANSWER_AND_ABSENT',
    ],
    [
      'not asked, without a word',
      { linkId: '/71802-3', absent: 'NOT_ASKED', absentText: ' ' },
      'absentText ABSENT_TEXT_REQUIRED',
    ],
    ['not asked, with why', { linkId: '/71802-3', absent: 'NOT_ASKED', absentText: 'interrupted' }, null],
  ])('%s', (_name, answer, expected) => {
    expect(check(core, answer)).toBe(expected);
  });

  it.each<[string, Answer, string | null]>([
    ['a household of 4', { linkId: '/93042-0/63512-8', number: 4 }, null],
    ['a household of none', { linkId: '/93042-0/63512-8', number: 0 }, 'number WHOLE_NUMBER'],
    ['half a person', { linkId: '/93042-0/63512-8', number: 2.5 }, 'number WHOLE_NUMBER'],
    ['a household in words', { linkId: '/93042-0/63512-8', text: 'four' }, 'text WRONG_KIND'],
    ['an income with cents', { linkId: '/93041-2/63586-2', number: 18250.5 }, null],
    ['an income below nothing', { linkId: '/93041-2/63586-2', number: -1 }, 'number NUMBER'],
    ['an income that is no number', { linkId: '/93041-2/63586-2', number: Number.NaN }, 'number NUMBER'],
    ['an address', { linkId: '/93042-0/56799-0', text: '1 Main St' }, null],
    ['too long an address', { linkId: '/93042-0/56799-0', text: 'x'.repeat(501) }, 'text TEXT'],
    ['no transport and “no”', { linkId: '/93041-2/93030-5', codes: ['LA30133-5', 'LA32-8'] }, 'codes STANDS_ALONE'],
    [
      'food and “choose not to answer”',
      { linkId: '/93041-2/93031-3', codes: ['LA30125-1', 'LA30122-8'] },
      'codes STANDS_ALONE',
    ],
  ])('%s', (_name, answer, expected) => {
    expect(check(prapare, answer)).toBe(expected);
  });

  it('that is refused says what is expected', () => {
    const problem = checkAnswer(core!, { linkId: '/93030-5', codes: ['yes'] });
    expect(problem?.words.en).toBe('Choose one of: Yes, No.');
    expect(problem?.words.es).toBe('Elija una opción: Sí, No.');
    expect(checkAnswer(prapare!, { linkId: '/93042-0/63512-8' })?.words.en).toBe('Give a whole number 1–99.');
  });

  it('is refused when its question is answered twice', () => {
    const answer: Answer = { linkId: '/93030-5', codes: ['LA33-6'] };
    expect(checkAnswers(core!, [answer, answer])).toMatchObject([{ field: 'linkId', code: 'ANSWERED_TWICE' }]);
  });

  it('with an exclusive option beside any other is always refused', () => {
    const multi = all.flatMap((one) => itemsOf(one).flatMap((item) => (item.type === 'multi' ? [{ one, item }] : [])));
    fc.assert(
      fc.property(
        fc
          .constantFrom(...multi)
          .chain(({ one, item }) =>
            fc.tuple(fc.constant(one), fc.constant(item), fc.subarray(item.answers ?? [], { minLength: 2 })),
          ),
        ([one, item, options]) => {
          const problem = checkAnswer(one, { linkId: item.linkId, codes: options.map((option) => option.code) });
          expect(problem?.code ?? null).toBe(options.some((option) => option.exclusive) ? 'STANDS_ALONE' : null);
        },
      ),
    );
  });
});

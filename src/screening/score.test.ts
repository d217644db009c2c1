import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, checkAnswer } from './check-answer.js';
import { byLinkId, enabledItems } from './enabled.js';
import { seededInstruments } from './instrument-file.js';
import { type Instrument, type Item, itemOf, itemsOf } from './instrument.js';
import { scoreScreening } from './score.js';
import { ANSWERS } from '../../test/screening-answers.js';
import { POSITIVES } from '../../test/screening-positives.js';

const all = seededInstruments();
const instrument = (key: string): Instrument => {
  const found = all.find((one) => one.key === key);
  if (!found) throw new Error(`no instrument ${key}`);
  return found;
};
const core = instrument('ahc-hrsn');
const full = instrument('ahc-hrsn-full');
const hunger = instrument('hunger-vital-sign');
const prapare = instrument('prapare');

const codes = (linkId: string, ...list: string[]): Answer => ({ linkId, codes: list });
const declined = (linkId: string): Answer => ({ linkId, absent: 'ASKED_DECLINED' });
const needs = (one: Instrument, answers: Answer[], ageYears: number | null = 40) =>
  scoreScreening(one, answers, { ageYears }).possibleNeeds.map((need) => need.key);
const score = (one: Instrument, answers: Answer[], ageYears: number | null = 40, at = 0) =>
  scoreScreening(one, answers, { ageYears }).scores[at];

/** Answers after which a question is asked. */
function opening(one: Instrument, item: Item): Answer[] {
  const section = one.sections.find(({ items }) => items.includes(item));
  const conditions = [...(section?.enableWhen ?? []), ...(item.enableWhen ?? [])];
  return conditions.map(({ question, code = '' }) => codes(question, code));
}

describe('questions and answers', () => {
  it.each(all.map((one) => [one.key, one] as const))(
    'are exactly the published ones, in their order, in %s',
    (key, one) => {
      const shown = itemsOf(one).map((item) =>
        [item.loinc ?? item.linkId.slice(1), ...(item.answers ?? []).map((option) => option.code)].join(' '),
      );
      expect(shown).toEqual(ANSWERS[key]);
    },
  );
});

describe('positive answers', () => {
  it.each(all.map((one) => [one.key, one] as const))('are exactly the listed ones, one by one, in %s', (key, one) => {
    const shown = itemsOf(one).flatMap((item) =>
      (item.answers ?? []).flatMap((option) => {
        const given = [...opening(one, item), codes(item.linkId, option.code)];
        const found = scoreScreening(one, given, { ageYears: 40 }).possibleNeeds;
        return found.map((need) => `${item.loinc ?? item.linkId} ${option.code} ${need.category}`);
      }),
    );
    expect(shown.sort()).toEqual([...(POSITIVES[key] ?? [])].sort());
  });

  it('mean different things for one code in different questions and instruments', () => {
    expect(needs(prapare, [codes('/93039-6/93026-3', 'LA32-8')])).toEqual(['unsafe-at-home']);
    expect(needs(prapare, [codes('/93039-6/93027-1', 'LA32-8')])).toEqual([]);
    expect(needs(core, [codes('/93030-5', 'LA33-6')])).toEqual(['transportation']);
    expect(needs(core, [codes('/93030-5', 'LA32-8')])).toEqual([]);
    expect(() => needs(prapare, [codes('/93041-2/93030-5', 'LA33-6')])).toThrow('Choose one or more of');
    expect(() => needs(core, [codes('/71802-3', 'LA30190-5')])).toThrow('Choose one of');
  });

  it('of one need come together, with each question and the reason in words', () => {
    const [need, ...rest] = scoreScreening(core, [codes('/88123-5', 'LA28397-0'), codes('/88122-7', 'LA6729-3')], {
      ageYears: 30,
    }).possibleNeeds;
    expect(rest).toEqual([]);
    expect(need).toMatchObject({
      category: 'food-insecurity',
      questionLoincs: ['88122-7', '88123-5'],
      answerCodes: ['LA6729-3', 'LA28397-0'],
      icd10cm: 'Z59.41',
      snomed: '733423003',
      sensitivity: 'NONE',
      scoreLoinc: null,
    });
    expect(need?.reason.en).toContain(
      'you worried that your food would run out before you got money to buy more: “Sometimes true”',
    );
    expect(need?.reason.es).toContain('«A veces es cierto»');
  });

  it('that touch safety, substances, mood or immigration carry their sensitive class', () => {
    const classes = scoreScreening(
      prapare,
      [
        codes('/93039-6/93027-1', 'LA33-6'),
        codes('/93039-6/76501-6', 'LA33-6'),
        codes('/93039-6/93026-3', 'LA14072-5'),
      ],
      { ageYears: 30 },
    ).possibleNeeds.map((need) => need.sensitivity);
    expect(classes).toEqual(['IMMIGRATION_LEGAL', 'INTIMATE_PARTNER_VIOLENCE', 'INTIMATE_PARTNER_VIOLENCE']);
  });
});

describe('the safety score (HITS)', () => {
  const hits = ['/95618-5', '/95617-7', '/95616-9', '/95615-1'];
  const levels = ['LA6270-8', 'LA10066-1', 'LA10082-8', 'LA16644-9', 'LA6482-9'];
  const answered = (points: number[]) => hits.map((linkId, i) => codes(linkId, levels[(points[i] ?? 1) - 1] ?? ''));

  it('is the sum of all four and shows a need from 11', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }), (points) => {
        const total = points.reduce((a, b) => a + b, 0);
        expect(score(core, answered(points))).toMatchObject({
          loinc: '95614-4',
          value: total,
          positive: total >= 11,
          complete: true,
        });
        expect(needs(core, answered(points))).toEqual(total >= 11 ? ['interpersonal-safety'] : []);
      }),
    );
  });

  it('does not exist while one answer is missing or declined, however high the others', () => {
    const three = answered([5, 5, 5, 5]).slice(0, 3);
    expect(score(core, three)).toMatchObject({ value: null, positive: null, complete: false });
    expect(score(core, three)?.text.en).toBe('Not scored: 1 of 4 questions have no answer');
    expect(needs(core, [...three, declined('/95615-1')])).toEqual([]);
  });

  it('shows an unspecified category with the label Interpersonal Safety, in the protected class', () => {
    const [need] = scoreScreening(core, answered([3, 3, 3, 2]), { ageYears: 50 }).possibleNeeds;
    expect(need).toMatchObject({
      category: 'sdoh-category-unspecified',
      label: { en: 'Interpersonal Safety' },
      sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
      scoreLoinc: '95614-4',
      questionLoincs: ['95618-5', '95617-7', '95616-9', '95615-1'],
    });
    expect(need?.reason.en).toBe('Safety total score (HITS): “11 (a need from 11)”');
  });
});

describe('the Hunger Vital Sign', () => {
  const [worried, ranOut] = ['/88122-7', '/88123-5'] as const;
  it.each([
    ['both never', ['LA28398-8', 'LA28398-8'], 'LA19983-8', true],
    ['often and never', ['LA28397-0', 'LA28398-8'], 'LA19952-3', true],
    ['never and sometimes', ['LA28398-8', 'LA6729-3'], 'LA19952-3', true],
    ['don’t know and never: no risk, but incomplete', ['LA15775-2', 'LA28398-8'], 'LA19983-8', false],
    ['don’t know twice: no risk, but incomplete', ['LA15775-2', 'LA15775-2'], 'LA19983-8', false],
    ['don’t know and often', ['LA15775-2', 'LA28397-0'], 'LA19952-3', true],
    ['one never alone', ['LA28398-8', null], 'LA19983-8', false],
    ['one sometimes alone', [null, 'LA6729-3'], 'LA19952-3', true],
    ['none', [null, null], null, false],
  ] as const)('%s', (_name, [first, second], code, complete) => {
    const answers = [...(first ? [codes(worried, first)] : []), ...(second ? [codes(ranOut, second)] : [])];
    const result = score(hunger, answers);
    expect(result).toMatchObject({ loinc: '88124-3', code, complete });
    expect(needs(hunger, answers)).toEqual(code === 'LA19952-3' ? ['food'] : []);
  });

  it('says in words that it is incomplete', () => {
    const result = score(hunger, [codes(worried, 'LA15775-2'), codes(ranOut, 'LA28398-8')]);
    expect(result?.text.en).toBe('No risk, but not every question was answered');
    expect(score(hunger, [declined(worried), declined(ranOut)])).toMatchObject({ code: null, positive: null });
  });
});

describe('PHQ-2', () => {
  const levels = ['LA6568-5', 'LA6569-3', 'LA6570-1', 'LA6571-9'];
  it('shows a need from 3, in the behavioural health class', () => {
    for (const a of [0, 1, 2, 3]) {
      for (const b of [0, 1, 2, 3]) {
        const answers = [codes('/44250-9', levels[a] ?? ''), codes('/44255-8', levels[b] ?? '')];
        expect(score(full, answers, 40, 2)).toMatchObject({ loinc: '55758-7', value: a + b, positive: a + b >= 3 });
        expect(needs(full, answers)).toEqual(a + b >= 3 ? ['mental-health'] : []);
      }
    }
    expect(score(full, [codes('/44250-9', 'LA6571-9'), declined('/44255-8')], 40, 2)).toMatchObject({ value: null });
  });
});

describe('physical activity', () => {
  const days = itemOf(full, '/89555-7')?.answers ?? [];
  const minutes = itemOf(full, '/68516-4')?.answers ?? [];
  const activity = (d: number, m: number, age: number | null) => {
    const day = days.find((option) => option.score === d)?.code ?? '';
    const minute = minutes.find((option) => option.score === m)?.code ?? '';
    return score(full, [codes('/89555-7', day), codes('/68516-4', minute)], age, 1);
  };
  it.each([
    ['adult at 150 minutes', 5, 30, 18, 150, false],
    ['adult below 150', 7, 20, 40, 140, true],
    ['adult who does none', 0, 0, 70, 0, true],
    ['17 years: 60 a day on average', 7, 60, 17, 420, false],
    ['17 years: 360 a week is below 60 a day', 6, 60, 17.9, 360, true],
    ['6 years', 4, 90, 6, 360, true],
  ] as const)('%s', (_name, d, m, age, value, positive) => {
    expect(activity(d, m, age)).toMatchObject({ loinc: '77594-0', value, positive, complete: true });
  });
  it('cannot be scored under 6, nor judged without an age', () => {
    expect(activity(2, 30, 5)).toMatchObject({ value: null, positive: null, complete: false });
    expect(activity(2, 30, null)).toMatchObject({ value: 60, positive: null, complete: false });
  });
});

// Any answers that fit, for each question: an answer, a refusal, or nothing.
const anyAnswer = (one: Instrument, linkId: string): fc.Arbitrary<Answer | null> => {
  const item = itemOf(one, linkId);
  const options = item?.answers ?? [];
  const free = options.filter((option) => !option.exclusive).map((option) => option.code);
  const given: fc.Arbitrary<Answer>[] =
    item?.type === 'multi'
      ? [
          fc.subarray(free, { minLength: 1 }).map((list) => codes(linkId, ...list)),
          fc.constantFrom(...options).map((option) => codes(linkId, option.code)),
        ]
      : item?.type === 'choice'
        ? [fc.constantFrom(...options).map((option) => codes(linkId, option.code))]
        : [fc.constant(item?.type === 'text' ? { linkId, text: 'a text' } : { linkId, number: 2 })];
  return fc.oneof(
    { arbitrary: fc.oneof(...given), weight: 5 },
    fc.constant(null),
    fc.constant(declined(linkId)),
    fc.constant<Answer>({ linkId, absent: 'NOT_ASKED', absentText: 'ran out of time' }),
  );
};
const anyScreening = fc.constantFrom(...all).chain((one) =>
  fc.tuple(
    fc.constant(one),
    fc
      .tuple(...itemsOf(one).map((item) => anyAnswer(one, item.linkId)))
      .map((answers) => answers.filter((answer) => answer !== null)),
    fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
  ),
);

describe('scoring any screening', () => {
  it('does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(
        anyScreening.chain(([one, answers, ageYears]) =>
          fc.tuple(
            fc.constant(one),
            fc.constant(answers),
            fc.shuffledSubarray(answers, { minLength: answers.length }),
            fc.constant(ageYears),
          ),
        ),
        ([one, answers, shuffled, ageYears]) => {
          expect(scoreScreening(one, shuffled, { ageYears })).toEqual(scoreScreening(one, answers, { ageYears }));
        },
      ),
    );
  });

  it('never gains a need when an answer is declined or left out', () => {
    fc.assert(
      fc.property(anyScreening, fc.nat(), fc.boolean(), ([one, answers, ageYears], pick, drop) => {
        const victim = answers[pick % Math.max(1, answers.length)];
        if (!victim) return;
        const less = answers.flatMap((answer) =>
          answer === victim ? (drop ? [] : [declined(victim.linkId)]) : [answer],
        );
        const before = scoreScreening(one, answers, { ageYears }).possibleNeeds.map((need) => need.key);
        const after = scoreScreening(one, less, { ageYears }).possibleNeeds.map((need) => need.key);
        expect(before).toEqual(expect.arrayContaining(after));
      }),
    );
  });

  it('never finds a need in answers that show none', () => {
    fc.assert(
      fc.property(anyScreening, ([one, answers]) => {
        const inScores = new Set(one.scores.flatMap((score) => score.of));
        const harmless = answers.filter((answer) => {
          const options = itemOf(one, answer.linkId)?.answers ?? [];
          const shows = options.some((option) => answer.codes?.includes(option.code) && option.needs);
          return !shows && !inScores.has(answer.linkId);
        });
        expect(scoreScreening(one, harmless, { ageYears: 40 }).possibleNeeds).toEqual([]);
      }),
    );
  });

  it('accounts for every question: answered, or unanswered with why', () => {
    fc.assert(
      fc.property(anyScreening, ([one, answers, ageYears]) => {
        const { unanswered, complete } = scoreScreening(one, answers, { ageYears });
        const why = new Map(unanswered.map((entry) => [entry.linkId, entry.why]));
        expect(complete).toBe(unanswered.length === 0);
        const asked = enabledItems(one, byLinkId(answers));
        for (const item of itemsOf(one)) {
          if (!asked.includes(item)) {
            expect(why.has(item.linkId)).toBe(false);
            continue;
          }
          const answer = answers.find((given) => given.linkId === item.linkId);
          if (!answer) expect(why.get(item.linkId)).toBe('NOT_ANSWERED');
          if (answer?.absent) expect(why.get(item.linkId)).toBe(answer.absent);
          if (answer?.codes?.includes('LA30122-8')) expect(why.get(item.linkId)).toBe('ASKED_DECLINED');
          if (answer?.codes?.includes('LA30257-2')) expect(why.get(item.linkId)).toBe('UNABLE');
        }
      }),
    );
  });

  it('accepts every answer it offers, and no answer of another question', () => {
    fc.assert(
      fc.property(anyScreening, ([one, answers]) => {
        for (const answer of answers) expect(checkAnswer(one, answer)).toBeNull();
      }),
    );
  });
});

describe('strain of caring for someone (the hub’s own form)', () => {
  const strain = instrument('hub-caregiver-strain');
  const seven = ['/rest', '/body', '/time', '/plans', '/money', '/mood', '/alone'];
  const points = ['never', 'sometimes', 'often'];

  it('is the sum of seven answers, a need from 7, and codes to Z63.6', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }), (chosen) => {
        const answers = [
          codes('/cares', 'yes'),
          ...seven.map((linkId, at) => codes(linkId, points[chosen[at] ?? 0] ?? '')),
        ];
        const value = chosen.reduce((sum, one) => sum + one, 0);
        expect(score(strain, answers)).toMatchObject({ loinc: null, value, positive: value >= 7, complete: true });
        expect(needs(strain, answers)).toEqual(value >= 7 ? ['caregiver-strain'] : []);
      }),
    );
    const often = [codes('/cares', 'yes'), ...seven.map((linkId) => codes(linkId, 'often'))];
    expect(scoreScreening(strain, often, { ageYears: 50 }).possibleNeeds).toMatchObject([
      { category: 'social-connection', icd10cm: 'Z63.6' },
    ]);
  });

  it('asks nothing more of somebody who cares for nobody, and counts nothing that was said before', () => {
    const answers = [codes('/cares', 'no'), ...seven.map((linkId) => codes(linkId, 'often')), codes('/backup', 'no')];
    expect(scoreScreening(strain, answers, { ageYears: 50 })).toEqual({
      scores: [],
      possibleNeeds: [],
      unanswered: [],
      complete: true,
    });
    expect(scoreScreening(strain, [declined('/cares')], { ageYears: 50 }).unanswered).toMatchObject([
      { linkId: '/cares' },
    ]);
  });
});

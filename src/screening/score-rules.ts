import { type Words, fill } from '../platform/words.js';
import type { ActivityScore, AgeBand, AnswerOption, RiskScore, Score, SumScore } from './instrument.js';

/** One score of an instrument. */
export interface ScoreResult {
  /** null where LOINC has no code for it. */
  loinc: string | null;
  name: Words;
  /** The number, or null when it cannot be computed. */
  value: number | null;
  /** The LA code of a score that is a category (Hunger Vital Sign), else null. */
  code: string | null;
  text: Words;
  /** It shows a possible need; null when that cannot be said. */
  positive: boolean | null;
  /** False when an answer is missing that could change the result. */
  complete: boolean;
}

/** One question of a score: whether any option was chosen at all, and the options that are real answers. */
export interface Question {
  asked: boolean;
  chosen: AnswerOption[];
}

const TEXTS = {
  INCOMPLETE: {
    en: 'Not scored: {missing} of {all} questions have no answer',
    es: 'Sin puntaje: faltan {missing} de {all} respuestas',
  },
  SUM: { en: '{value} (a need from {atLeast})', es: '{value} (necesidad a partir de {atLeast})' },
  TOO_YOUNG: { en: 'Not scored under age {age}', es: 'Sin puntaje antes de los {age} años' },
  NO_AGE: {
    en: '{value} minutes a week; the age is needed to judge it',
    es: '{value} minutos por semana; falta la edad para valorarlo',
  },
  MINUTES: {
    en: '{value} minutes a week (recommended: {recommended})',
    es: '{value} minutos por semana (recomendado: {recommended})',
  },
  NONE: { en: 'Not answered', es: 'Sin respuesta' },
  PARTLY: {
    en: '{text}, but not every question was answered',
    es: '{text}, pero no se contestaron todas las preguntas',
  },
} as const satisfies Record<string, Words>;

const DAYS_A_WEEK = 7;

/** Computes one score from its questions, in the order of `score.of`. */
export function computeScore(score: Score, questions: Question[], ageYears: number | null): ScoreResult {
  if (score.rule === 'any-need') return risk(score, questions);
  const points = questions.map(({ chosen }) => chosen[0]?.score);
  const known = points.filter((point) => point !== undefined);
  if (known.length < points.length) {
    const text = fill(TEXTS.INCOMPLETE, { missing: points.length - known.length, all: points.length });
    return { ...start(score), value: null, text, positive: null, complete: false };
  }
  return score.rule === 'sum' ? sum(score, known) : weeklyMinutes(score, known, ageYears);
}

const start = ({ loinc, name }: Score) => ({ loinc: loinc ?? null, name, code: null });

function sum(score: SumScore, points: number[]): ScoreResult {
  const value = points.reduce((total, point) => total + point, 0);
  const text = fill(TEXTS.SUM, { value, atLeast: score.atLeast });
  return { ...start(score), value, text, positive: value >= score.atLeast, complete: true };
}

function weeklyMinutes(score: ActivityScore, points: number[], ageYears: number | null): ScoreResult {
  const value = points.reduce((product, point) => product * point, 1);
  if (ageYears === null) {
    return { ...start(score), value, text: fill(TEXTS.NO_AGE, { value }), positive: null, complete: false };
  }
  const age = Math.floor(ageYears);
  const band = score.bands.find(({ fromAge, toAge = Infinity }) => age >= fromAge && age <= toAge);
  if (!band) {
    const youngest = Math.min(...score.bands.map(({ fromAge }) => fromAge));
    return {
      ...start(score),
      value: null,
      text: fill(TEXTS.TOO_YOUNG, { age: youngest }),
      positive: null,
      complete: false,
    };
  }
  const recommended = weeklyTarget(band);
  const text = fill(TEXTS.MINUTES, { value, recommended });
  return { ...start(score), value, text, positive: value < recommended, complete: true };
}

/** "Below 60 minutes a day on average" is below 420 a week. */
function weeklyTarget({ belowMinutesPerDay, belowMinutesPerWeek }: AgeBand): number {
  return belowMinutesPerWeek ?? (belowMinutesPerDay ?? 0) * DAYS_A_WEEK;
}

/** Hunger Vital Sign: "don't know" counts as a question put, so one of them beside "never" is no risk by the guide's rule. */
function risk(score: RiskScore, questions: Question[]): ScoreResult {
  if (!questions.some(({ asked }) => asked)) {
    return { ...start(score), value: null, text: TEXTS.NONE, positive: null, complete: false };
  }
  const positive = questions.some(({ chosen }) => chosen.some((option) => (option.needs?.length ?? 0) > 0));
  const { code, text } = positive ? score.atRisk : score.noRisk;
  const complete = positive || questions.every(({ chosen }) => chosen.length > 0);
  const said = complete ? text : fill(TEXTS.PARTLY, { text });
  return { loinc: score.loinc ?? null, name: score.name, value: null, code, text: said, positive, complete };
}

import { type Filling, type Words, fill, join } from '../platform/words.js';
import { type Instrument, type Item, itemOf } from './instrument.js';

/** FHIR's data-absent reasons of a screening: asked and declined, or not asked (with a text why). */
export const ABSENT_REASONS = ['ASKED_DECLINED', 'NOT_ASKED'] as const;
export type AbsentReason = (typeof ABSENT_REASONS)[number];

/** One answer as given: codes of a choice or multi question, a number, a text, or why there is none. */
export interface Answer {
  linkId: string;
  codes?: readonly string[] | null;
  number?: number | null;
  text?: string | null;
  absent?: AbsentReason | null;
  absentText?: string | null;
}

const PROBLEMS = {
  UNKNOWN_QUESTION: { en: 'This form has no such question.', es: 'Este formulario no tiene esa pregunta.' },
  ANSWERED_TWICE: { en: 'This question is answered twice.', es: 'Esta pregunta está contestada dos veces.' },
  ANSWER_AND_ABSENT: {
    en: 'Give an answer or say why there is none, not both.',
    es: 'Dé una respuesta o diga por qué no la hay, no ambas cosas.',
  },
  ABSENT_TEXT_REQUIRED: { en: 'Say why this was not asked.', es: 'Indique por qué no se preguntó.' },
  CHOOSE_ONE: { en: 'Choose one of: {expected}.', es: 'Elija una opción: {expected}.' },
  CHOOSE_SOME: { en: 'Choose one or more of: {expected}.', es: 'Elija una o más opciones: {expected}.' },
  STANDS_ALONE: {
    en: '“{answer}” cannot stand beside another answer.',
    es: '«{answer}» no puede ir junto a otra respuesta.',
  },
  WHOLE_NUMBER: { en: 'Give a whole number {range}.', es: 'Indique un número entero {range}.' },
  NUMBER: { en: 'Give a number {range}.', es: 'Indique un número {range}.' },
  TEXT: { en: 'Give a text of at most {most} characters.', es: 'Escriba un texto de hasta {most} caracteres.' },
  WRONG_KIND: { en: 'This question takes {expected} and nothing else.', es: 'Esta pregunta solo admite {expected}.' },
} as const satisfies Record<string, Words>;

const KINDS = {
  codes: { en: 'a choice', es: 'una opción' },
  number: { en: 'a number', es: 'un número' },
  text: { en: 'a text', es: 'un texto' },
} as const satisfies Record<string, Words>;

/** What is wrong with an answer: the field at fault and, in words, what is expected there. */
export interface AnswerProblem {
  linkId: string;
  field: 'linkId' | 'codes' | 'number' | 'text' | 'absent' | 'absentText';
  code: keyof typeof PROBLEMS;
  words: Words;
}

/** Characters of a text for which the form says nothing else. */
export const MAX_TEXT = 500;

/** Checks one answer against its question. Null = good. */
export function checkAnswer(instrument: Instrument, answer: Answer): AnswerProblem | null {
  const { linkId } = answer;
  const problem = (
    field: AnswerProblem['field'],
    code: AnswerProblem['code'],
    values: Record<string, Filling> = {},
  ): AnswerProblem => ({ linkId, field, code, words: fill(PROBLEMS[code], values) });
  const item = itemOf(instrument, linkId);
  if (!item) return problem('linkId', 'UNKNOWN_QUESTION');
  const takes = kindOf(item);
  const given = (['codes', 'number', 'text'] as const).filter((kind) => isGiven(answer, kind));
  if (answer.absent) {
    if (given.length > 0) return problem('absent', 'ANSWER_AND_ABSENT');
    const unexplained = answer.absent === 'NOT_ASKED' && !answer.absentText?.trim();
    return unexplained ? problem('absentText', 'ABSENT_TEXT_REQUIRED') : null;
  }
  const stranger = given.find((kind) => kind !== takes);
  if (stranger) return problem(stranger, 'WRONG_KIND', { expected: KINDS[takes] });
  if (takes === 'text') {
    const length = answer.text?.trim().length ?? 0;
    const most = item.maxLength ?? MAX_TEXT;
    return length === 0 || length > most ? problem('text', 'TEXT', { most }) : null;
  }
  if (takes === 'number') {
    const whole = item.type === 'integer';
    if (isInRange(item, answer.number, whole)) return null;
    return problem('number', whole ? 'WHOLE_NUMBER' : 'NUMBER', { range: rangeOf(item) });
  }
  return checkCodes(item, answer.codes ?? [], problem);
}

function checkCodes(
  item: Item,
  codes: readonly string[],
  problem: (field: 'codes', code: AnswerProblem['code'], values: Record<string, Filling>) => AnswerProblem,
): AnswerProblem | null {
  const options = item.answers ?? [];
  const wrong = (code: 'CHOOSE_ONE' | 'CHOOSE_SOME'): AnswerProblem =>
    problem('codes', code, { expected: join(options.map(({ text }) => text)) });
  const known = codes.every((code) => options.some((option) => option.code === code));
  if (item.type === 'choice') return known && codes.length === 1 ? null : wrong('CHOOSE_ONE');
  if (!known || codes.length === 0 || new Set(codes).size < codes.length) {
    return wrong('CHOOSE_SOME');
  }
  const alone = options.find((option) => option.exclusive && codes.includes(option.code));
  return alone && codes.length > 1 ? problem('codes', 'STANDS_ALONE', { answer: alone.text }) : null;
}

/** Checks answers together: each one, and that no question is answered twice. */
export function checkAnswers(instrument: Instrument, answers: readonly Answer[]): AnswerProblem[] {
  const seen = new Set<string>();
  return answers.flatMap((answer): AnswerProblem[] => {
    const { linkId } = answer;
    const twice = seen.has(linkId);
    seen.add(linkId);
    const problem = checkAnswer(instrument, answer);
    if (problem) return [problem];
    const words = PROBLEMS.ANSWERED_TWICE;
    return twice ? [{ linkId, field: 'linkId', code: 'ANSWERED_TWICE', words }] : [];
  });
}

function kindOf(item: Item): 'codes' | 'number' | 'text' {
  if (item.type === 'choice' || item.type === 'multi') return 'codes';
  return item.type === 'text' ? 'text' : 'number';
}

function isGiven(answer: Answer, kind: 'codes' | 'number' | 'text'): boolean {
  const value = answer[kind];
  return value !== undefined && value !== null && (typeof value === 'number' || value.length > 0);
}

function isInRange(item: Item, value: number | null | undefined, whole: boolean): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value) || (whole && !Number.isInteger(value))) return false;
  return value >= (item.min ?? -Infinity) && value <= (item.max ?? Infinity);
}

/** A range in signs, the same in every language. */
function rangeOf({ min, max }: Item): string {
  if (min !== undefined && max !== undefined) return `${min}–${max}`;
  if (min !== undefined) return `≥ ${min}`;
  return max === undefined ? '' : `≤ ${max}`;
}

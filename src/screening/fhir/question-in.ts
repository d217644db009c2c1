import type { Words } from '../../platform/words.js';
import type { AnswerOption, Branching, Condition, Item, ItemType, NonAnswer } from '../instrument.js';
import { extensionOf, extensionsOf, LOINC, OWN, STANDARD, type AnswerOptionElement } from './questionnaire.js';
import type { Coding, Element, EnableWhen, QuestionnaireItem } from './questionnaire.js';

/** How a file is read: in which language its texts are, and what of it was left out. */
export interface Reading {
  language: string;
  left: { linkId: string; why: Words }[];
}

const WHY = {
  type: {
    en: 'This kind of question is not supported; it was left out.',
    es: 'Este tipo de pregunta no es compatible; se omitió.',
  },
  valueSet: {
    en: 'Its answers stand in a value set elsewhere, not in the file; it was left out.',
    es: 'Sus respuestas están en otro lugar y no en el archivo; se omitió.',
  },
  open: {
    en: 'Free text beside the answers is not taken; the answers are.',
    es: 'No se admite texto libre junto a las respuestas; las respuestas sí.',
  },
} as const satisfies Record<string, Words>;

const TYPES: Readonly<Record<string, ItemType>> = {
  choice: 'choice',
  'open-choice': 'choice',
  boolean: 'choice',
  integer: 'integer',
  decimal: 'decimal',
  string: 'text',
  text: 'text',
};
const YES_NO: AnswerOption[] = [
  { code: 'LA33-6', text: { en: 'Yes', es: 'Sí' } },
  { code: 'LA32-8', text: { en: 'No', es: 'No' } },
];

/** A text with its translation; where there is none, the same words stand for both languages. */
export function wordsIn(element: object, name: string, { language }: Reading): Words | undefined {
  const values = element as Record<string, unknown>;
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const others = extensionsOf(values[`_${name}`] as Element | undefined, STANDARD.translation);
  const said = others.map((one) => {
    const content = extensionOf(one, 'content');
    return [extensionOf(one, 'lang')?.valueCode?.slice(0, 2), content?.valueString ?? content?.valueMarkdown] as const;
  });
  const other = (wanted: string): string =>
    language.startsWith(wanted) ? text : (said.find(([lang]) => lang === wanted)?.[1] ?? text);
  return { en: other('en'), es: other('es') };
}

/** The LOINC code among the codes of an element. */
export const loincIn = (codes: readonly Coding[] | undefined): string | undefined =>
  codes?.find(({ system }) => system === LOINC)?.code;

/** A question of the form; undefined when the hub cannot ask it, which is noted. */
export function questionIn(item: QuestionnaireItem, reading: Reading): Item | undefined {
  const { linkId, type, repeats, required, maxLength, answerOption, answerValueSet } = item;
  const kind = TYPES[type];
  const leave = (why: Words): undefined => void reading.left.push({ linkId, why });
  if (!kind) return leave(WHY.type);
  if (answerValueSet !== undefined && !answerOption) return leave(WHY.valueSet);
  if (type === 'open-choice') leave(WHY.open);
  const choice = kind === 'choice';
  const loinc = loincIn(item.code);
  const answers = type === 'boolean' ? YES_NO : (answerOption ?? []).map((one, at) => optionIn(one, at, reading));
  const bounds = choice ? {} : boundsIn(item);
  return {
    linkId,
    ...(loinc && { loinc }),
    type: choice && repeats ? 'multi' : kind,
    text: wordsIn(item, 'text', reading) ?? { en: '', es: '' },
    ...(choice && { answers }),
    ...bounds,
    ...(kind === 'text' && maxLength !== undefined && { maxLength }),
    ...(required !== undefined && { required }),
    ...branchingIn(item),
  };
}

function boundsIn(item: QuestionnaireItem): Partial<Item> {
  const number = (url: string): number | undefined => {
    const found = extensionOf(item, url);
    return found?.valueInteger ?? found?.valueDecimal;
  };
  const [min, max] = [number(STANDARD.minValue), number(STANDARD.maxValue)];
  const coding = extensionOf(item, STANDARD.unit)?.valueCoding;
  const unit = coding?.display ?? coding?.code;
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }), ...(unit && { unit }) };
}

function optionIn(option: AnswerOptionElement, at: number, reading: Reading): AnswerOption {
  const { valueCoding, valueString, valueInteger } = option;
  const plain = valueString ?? (valueInteger === undefined ? undefined : String(valueInteger));
  const element = valueCoding ?? { display: plain };
  const weight = [option, valueCoding]
    .flatMap((one) => [extensionOf(one, STANDARD.ordinalValue), extensionOf(one, STANDARD.itemWeight)])
    .find((one) => one !== undefined);
  const score = weight?.valueDecimal ?? weight?.valueInteger;
  const needs = extensionsOf(option, OWN.showsNeed).flatMap((one) => one.valueString ?? []);
  const means = extensionOf(option, OWN.means)?.valueCode;
  const code = valueCoding?.code ?? `option-${at + 1}`;
  return {
    code,
    text: wordsIn(element, 'display', reading) ?? { en: code, es: code },
    ...(score !== undefined && { score }),
    ...(needs.length > 0 && { needs }),
    ...(extensionOf(option, STANDARD.optionExclusive)?.valueBoolean && { exclusive: true }),
    ...(means && { means: means as NonAnswer }),
  };
}

/** When the element is asked. */
export function branchingIn({ enableWhen, enableBehavior }: QuestionnaireItem): Branching {
  return {
    ...(enableWhen && { enableWhen: enableWhen.map(conditionIn) }),
    ...(enableBehavior && { enableBehavior }),
  };
}

function conditionIn(when: EnableWhen): Condition {
  const { question, operator: said, answerBoolean, answerCoding, answerInteger, answerDecimal } = when;
  const operator = said as Condition['operator'];
  if (operator === 'exists') return { question, operator, exists: answerBoolean ?? true };
  // A yes-or-no question is a choice here.
  if (answerBoolean !== undefined) return { question, operator, code: answerBoolean ? 'LA33-6' : 'LA32-8' };
  const number = answerInteger ?? answerDecimal;
  return number === undefined ? { question, operator, code: answerCoding?.code ?? '' } : { question, operator, number };
}

import type { Words } from '../../platform/words.js';
import type { AnswerOption, Branching, Condition, Instrument, Item, NeedForm, Score, Section } from '../instrument.js';
import { HUB, ICD10CM, LOINC, OWN, SDOH_CATEGORY, SNOMED, STANDARD } from './questionnaire.js';
import type {
  AnswerOptionElement,
  Coding,
  Element,
  EnableWhen,
  Extension,
  Questionnaire,
  QuestionnaireItem,
} from './questionnaire.js';

/** An instrument as a FHIR R4 Questionnaire. What FHIR has no place for stands in extensions of the hub's own. */
export function questionnaireOf(form: Instrument): Questionnaire {
  const { key, version, loinc, title, description, minutes, languages, notices, needs } = form;
  return {
    resourceType: 'Questionnaire',
    id: questionnaireId(key, version),
    language: 'en',
    extension: [
      ...Object.entries(languages).map(([language, status]) => ({
        url: OWN.language,
        extension: [
          { url: 'language', valueCode: language },
          { url: 'status', valueCode: status },
        ],
      })),
      { url: OWN.minutes, valueInteger: minutes },
      ...notices.map((notice) => ({ url: OWN.notice, valueString: notice })),
      ...Object.entries(needs).map(([name, need]) => needExtension(name, need)),
    ],
    url: `${HUB}:Questionnaire:${key}`,
    version,
    name: key,
    ...translated('title', title, form),
    status: 'active',
    subjectType: ['Patient'],
    ...translated('description', description, form),
    ...(notices.length > 0 && { copyright: notices.join('\n\n') }),
    ...(loinc && { code: [{ system: LOINC, code: loinc }] }),
    item: [
      ...form.sections.map((section) => groupOf(form, section)),
      ...form.scores.map((score, index) => scoreItem(form, score, index)),
    ],
  };
}

/** The id of the version of an instrument in FHIR, such as `ahc-hrsn-1.0.0`. */
export const questionnaireId = (key: string, version: string): string => `${key}-${version}`;

function translated<K extends string>(name: K, words: Words, form: Instrument): Record<K, string> & Element {
  const other = translationOf(words, form);
  return { [name]: words.en, ...(other && { [`_${name}`]: other }) } as Record<K, string> & Element;
}

function translationOf({ es }: Words, { languages }: Instrument): Element | null {
  if (!Object.hasOwn(languages, 'es')) return null;
  const parts = [
    { url: 'lang', valueCode: 'es' },
    { url: 'content', valueString: es },
  ];
  return { extension: [{ url: STANDARD.translation, extension: parts }] };
}

function needExtension(name: string, need: NeedForm): Extension {
  const { category, label, sensitivity, related = [], icd10cm, snomed } = need;
  const coding = (url: string, system: string, code: string): Extension => ({ url, valueCoding: { system, code } });
  return {
    url: OWN.need,
    extension: [
      { url: 'key', valueString: name },
      coding('category', SDOH_CATEGORY, category),
      { url: 'label', valueString: label.en },
      { url: 'label-es', valueString: label.es },
      ...(sensitivity ? [{ url: 'sensitivity', valueCode: sensitivity }] : []),
      ...related.map((code) => coding('related', SDOH_CATEGORY, code)),
      ...(icd10cm ? [coding('icd10cm', ICD10CM, icd10cm)] : []),
      ...(snomed ? [coding('snomed', SNOMED, snomed)] : []),
    ],
  };
}

const loincCode = (loinc: string | undefined): { code?: Coding[] } =>
  loinc ? { code: [{ system: LOINC, code: loinc }] } : {};

/** A group's linkId where the form gives none. */
export const groupLinkId = (key: string): string => `#${key}`;

function groupOf(form: Instrument, section: Section): QuestionnaireItem {
  const { key, linkId, loinc, title, panel, optional } = section;
  return {
    extension: [
      { url: OWN.section, valueString: key },
      ...(panel ? [{ url: OWN.panel, valueCode: panel }] : []),
      ...(optional === undefined ? [] : [{ url: OWN.optional, valueBoolean: optional }]),
    ],
    linkId: linkId ?? groupLinkId(key),
    ...loincCode(loinc),
    ...translated('text', title, form),
    type: 'group',
    ...branchingOf(form, section),
    item: section.items.map((item) => questionOf(form, item)),
  };
}

const TYPES = { choice: 'choice', multi: 'choice', integer: 'integer', decimal: 'decimal', text: 'text' } as const;

function questionOf(form: Instrument, item: Item): QuestionnaireItem {
  const { linkId, loinc, type, text, required, maxLength, min, max, unit, answers } = item;
  const number = (url: string, value: number | undefined): Extension[] => {
    if (value === undefined) return [];
    return [Number.isInteger(value) ? { url, valueInteger: value } : { url, valueDecimal: value }];
  };
  const extension = [
    ...(unit ? [{ url: STANDARD.unit, valueCoding: { display: unit } }] : []),
    ...number(STANDARD.minValue, min),
    ...number(STANDARD.maxValue, max),
  ];
  return {
    ...(extension.length > 0 && { extension }),
    linkId,
    ...loincCode(loinc),
    ...translated('text', text, form),
    type: TYPES[type],
    ...branchingOf(form, item),
    ...(required !== undefined && { required }),
    ...(type === 'multi' && { repeats: true }),
    ...(maxLength !== undefined && { maxLength }),
    ...(answers && { answerOption: answers.map((answer) => optionOf(form, answer)) }),
  };
}

/** The code system of an answer: LOINC's codes are told by their shape, all others belong to the form. */
export const answerSystem = ({ key }: Instrument, code: string): string =>
  /^LA\d{1,6}-\d$/.test(code) ? LOINC : `${HUB}:CodeSystem:${key}`;

function optionOf(form: Instrument, answer: AnswerOption): AnswerOptionElement {
  const { code, text, score, needs = [], exclusive, means } = answer;
  const extension = [
    ...(score === undefined ? [] : [{ url: STANDARD.ordinalValue, valueDecimal: score }]),
    ...(exclusive ? [{ url: STANDARD.optionExclusive, valueBoolean: true }] : []),
    ...needs.map((need) => ({ url: OWN.showsNeed, valueString: need })),
    ...(means ? [{ url: OWN.means, valueCode: means }] : []),
  ];
  const words = translated('display', text, form);
  return {
    ...(extension.length > 0 && { extension }),
    valueCoding: { system: answerSystem(form, code), code, ...words },
  };
}

function branchingOf(form: Instrument, { enableWhen, enableBehavior }: Branching): Partial<QuestionnaireItem> {
  return {
    ...(enableWhen && { enableWhen: enableWhen.map((condition) => conditionOf(form, condition)) }),
    ...(enableBehavior && { enableBehavior }),
  };
}

function conditionOf(form: Instrument, { question, operator, exists, code, number }: Condition): EnableWhen {
  if (operator === 'exists') return { question, operator, answerBoolean: exists ?? true };
  if (code !== undefined) return { question, operator, answerCoding: { system: answerSystem(form, code), code } };
  return { question, operator, ...(Number.isInteger(number) ? { answerInteger: number } : { answerDecimal: number }) };
}

/** A score is an item nobody fills in. FHIR says how a sum is made; the other rules stand in the extension alone. */
function scoreItem(form: Instrument, score: Score, index: number): QuestionnaireItem {
  const { loinc, name, ...rule } = score;
  const links = score.of.map((linkId) => `'${linkId.replace(/['\\]/g, '\\$&')}'`).join(' | ');
  const answers = `%resource.repeat(item).where(linkId in (${links})).answer`;
  const expression = `iif(${answers}.count() = ${score.of.length}, ${answers}.value.ordinal().aggregate($this + $total, 0), {})`;
  return {
    extension: [
      { url: STANDARD.hidden, valueBoolean: true },
      ...(score.rule === 'sum'
        ? [{ url: STANDARD.calculated, valueExpression: { language: 'text/fhirpath', expression } }]
        : []),
      { url: OWN.score, valueString: JSON.stringify(rule) },
    ],
    linkId: `#score-${index + 1}`,
    ...loincCode(loinc),
    ...translated('text', name, form),
    type: score.rule === 'any-need' ? 'choice' : 'decimal',
    readOnly: true,
  };
}

import { SENSITIVITIES, isSdohCategory } from '../access/sensitivity.js';
import { readSeed, seedsIn } from '../platform/seed.js';
import { isBillable } from './billable.js';
import { readConditions } from './condition-file.js';
import { ITEM_TYPES, type Instrument, NON_ANSWERS, SCORE_RULES, TRANSLATION_STATUSES } from './instrument.js';
import { Reader } from '../platform/json-reader.js';

const LOINC = /^\d{1,6}-\d$/;
/** A LOINC answer code, or one of the form's own. */
const ANSWER = /^(LA\d{1,6}-\d|[A-Za-z0-9][\w.:-]{0,99})$/;
const LINK_ID = /^\S{1,200}$/;
const MOST_QUESTIONS = 200;
const LONGEST_TEXT = 2000;

/** Every fault of an instrument file, each with its place and what is expected there. Empty = good. */
export function instrumentProblems(json: unknown): string[] {
  const file = new Reader(json);
  file.only('key', 'version', 'loinc', 'title', 'description', 'minutes', 'languages', 'notices', 'needs', 'sections', 'scores'); // prettier-ignore
  file.text('key', /^[a-z0-9-]{1,50}$/);
  file.text('version', /^\d{1,4}\.\d{1,4}\.\d{1,4}$/);
  if (file.at('loinc').value !== null) file.text('loinc', LOINC);
  file.words('title');
  file.words('description');
  file.number('minutes', { min: 1 });
  const languages = file.entries('languages', (language, key) => language.at(key).oneOf(TRANSLATION_STATUSES));
  if (!languages.includes('en')) file.fault('languages', 'must hold "en"');
  file.list('notices', (notice) => notice.isText());
  const needs = file.entries('needs', (entries, key) => readNeed(entries.at(key)), { mayBeEmpty: true });
  const items = new Map<string, Reader>();
  const keys = new Set<string>();
  file.list('sections', (section) => {
    section.only('key', 'linkId', 'loinc', 'title', 'panel', 'optional', 'enableWhen', 'enableBehavior', 'items');
    section.unique('key', keys);
    section.words('title');
    if (section.has('panel')) section.text('panel', LOINC);
    if (section.has('linkId')) section.text('linkId', LINK_ID);
    if (section.has('loinc')) section.text('loinc', LOINC);
    if (section.has('optional')) section.at('optional').oneOf([true, false]);
    readConditions(section, items);
    section.list('items', (item) => readItem(item, items, needs));
  });
  if (items.size > MOST_QUESTIONS) file.fault('sections', `must not hold more than ${MOST_QUESTIONS} questions`);
  file.list('scores', (score) => readScore(score, items, needs), { mayBeEmpty: true });
  return file.faults;
}

function readNeed(need: Reader): void {
  need.only('category', 'label', 'sensitivity', 'related', 'icd10cm', 'snomed');
  const category = (code: Reader) =>
    code.check((value) => typeof value === 'string' && isSdohCategory(value), 'an SDOH category');
  category(need.at('category'));
  need.words('label');
  if (need.has('sensitivity')) need.at('sensitivity').oneOf(SENSITIVITIES);
  if (need.has('related')) need.list('related', category);
  if (need.has('icd10cm')) need.at('icd10cm').check(isBillable, 'a billable ICD-10-CM code of a social need');
  if (need.has('snomed')) need.text('snomed', /^\d{6,18}$/);
}

function readItem(item: Reader, items: Map<string, Reader>, needs: string[]): void {
  item.only('linkId', 'loinc', 'type', 'text', 'answers', 'min', 'max', 'unit', 'maxLength', 'required', 'enableWhen', 'enableBehavior'); // prettier-ignore
  // Before the question itself is known: it cannot wait for its own answer.
  readConditions(item, items);
  const linkId = item.text('linkId', LINK_ID);
  if (linkId !== null) {
    if (items.has(linkId)) item.fault('linkId', `"${linkId}" is used twice`);
    items.set(linkId, item);
  }
  if (item.has('loinc')) item.text('loinc', LOINC);
  item.words('text');
  if (item.has('required')) item.at('required').oneOf([true, false]);
  for (const name of ['min', 'max']) if (item.has(name)) item.number(name, {});
  if (item.has('unit')) item.at('unit').isText();
  const type = item.at('type').oneOf(ITEM_TYPES);
  if (item.has('maxLength')) {
    item.number('maxLength', { min: 1 });
    item.at('maxLength').check((most) => type === 'text' && Number(most) <= LONGEST_TEXT, `for a text, up to ${LONGEST_TEXT}`); // prettier-ignore
  }
  if (type !== 'choice' && type !== 'multi') {
    if (item.has('answers')) item.fault('answers', 'belong only to a choice or multi question');
    return;
  }
  const codes = new Set<string>();
  item.list('answers', (answer) => {
    answer.only('code', 'text', 'score', 'needs', 'exclusive', 'means');
    answer.unique('code', codes, ANSWER);
    answer.words('text');
    if (answer.has('score')) answer.number('score', { min: 0 });
    if (answer.has('means')) answer.at('means').oneOf(NON_ANSWERS);
    if (answer.has('exclusive')) answer.at('exclusive').oneOf([true]);
    if (answer.has('needs')) answer.list('needs', (need) => need.oneOf(needs));
    if (answer.has('needs') && answer.has('means')) {
      answer.fault('needs', 'cannot stand on an option that is no answer');
    }
  });
}

function readScore(score: Reader, items: Map<string, Reader>, needs: string[]): void {
  score.only('loinc', 'name', 'rule', 'of', 'need', 'atLeast', 'bands', 'atRisk', 'noRisk');
  if (score.has('loinc')) score.text('loinc', LOINC);
  score.words('name');
  score.list('of', (linkId) => linkId.oneOf([...items.keys()]));
  const rule = score.at('rule').oneOf(SCORE_RULES);
  if (rule === 'any-need') {
    for (const name of ['atRisk', 'noRisk']) {
      score.at(name).text('code', ANSWER);
      score.at(name).words('text');
    }
    return;
  }
  score.at('need').oneOf(needs);
  if (rule === 'sum') score.number('atLeast', {});
  if (rule === 'weekly-minutes') {
    score.list('bands', (band) => {
      band.number('fromAge', { min: 0 });
      for (const name of ['toAge', 'belowMinutesPerDay', 'belowMinutesPerWeek']) {
        if (band.has(name)) band.number(name, {});
      }
    });
  }
  score.list('of', (linkId) => {
    const item = items.get(String(linkId.value));
    item?.list('answers', (answer) => answer.number('score', { min: 0 }));
  });
}

/** An instrument from its file, or one error that lists every fault. */
export function parseInstrument(json: unknown, name = 'instrument'): Instrument {
  const problems = instrumentProblems(json);
  if (problems.length > 0) throw new Error(`${name} is not a valid instrument:\n  ${problems.join('\n  ')}`);
  return json as Instrument;
}

/** The instruments that come with the hub. */
export function seededInstruments(): Instrument[] {
  return seedsIn('instruments').map((path) => parseInstrument(readSeed(path), `seeds/${path}`));
}

import { SENSITIVITIES, isSdohCategory } from '../access/sensitivity.js';
import { readSeed, seedsIn } from '../platform/seed.js';
import { ITEM_TYPES, type Instrument, NON_ANSWERS, SCORE_RULES, TRANSLATION_STATUSES } from './instrument.js';
import { Reader } from '../platform/json-reader.js';

const LOINC = /^\d{1,6}-\d$/;
const ANSWER = /^LA\d{1,6}-\d$/;
const ICD10CM = /^[A-Z]\d\w(\.\w{1,4})?$/;

/** Every fault of an instrument file, each with its place and what is expected there. Empty = good. */
export function instrumentProblems(json: unknown): string[] {
  const file = new Reader(json);
  file.text('key', /^[a-z0-9-]+$/);
  file.text('version', /^\d+\.\d+\.\d+$/);
  if (file.has('loinc')) file.text('loinc', LOINC);
  file.words('title');
  file.words('description');
  file.number('minutes', { min: 1 });
  const languages = file.entries('languages', (language, key) => language.at(key).oneOf(TRANSLATION_STATUSES));
  if (!languages.includes('en')) file.fault('languages', 'must hold "en"');
  file.list('notices', (notice) => notice.isText());
  const needs = file.entries('needs', (entries, key) => readNeed(entries.at(key)));
  const items = new Map<string, Reader>();
  const keys = new Set<string>();
  file.list('sections', (section) => {
    section.unique('key', keys);
    section.words('title');
    section.text('panel', LOINC);
    section.list('items', (item) => readItem(item, items, needs));
  });
  file.list('scores', (score) => readScore(score, items, needs), { mayBeEmpty: true });
  return file.faults;
}

function readNeed(need: Reader): void {
  const category = (code: Reader) =>
    code.check((value) => typeof value === 'string' && isSdohCategory(value), 'an SDOH category');
  category(need.at('category'));
  need.words('label');
  if (need.has('sensitivity')) need.at('sensitivity').oneOf(SENSITIVITIES);
  if (need.has('related')) need.list('related', category);
  if (need.has('icd10cm')) need.text('icd10cm', ICD10CM);
  if (need.has('snomed')) need.text('snomed', /^\d{6,18}$/);
}

function readItem(item: Reader, items: Map<string, Reader>, needs: string[]): void {
  const linkId = item.text('linkId', /^\/\S+$/);
  if (linkId !== null) {
    if (items.has(linkId)) item.fault('linkId', `"${linkId}" is used twice`);
    items.set(linkId, item);
  }
  item.text('loinc', LOINC);
  item.words('text');
  const type = item.at('type').oneOf(ITEM_TYPES);
  if (type !== 'choice' && type !== 'multi') {
    if (item.has('answers')) item.fault('answers', 'belong only to a choice or multi question');
    return;
  }
  const codes = new Set<string>();
  item.list('answers', (answer) => {
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
  score.text('loinc', LOINC);
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
  if (rule === 'weekly-minutes') score.list('bands', (band) => band.number('fromAge', { min: 0 }));
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

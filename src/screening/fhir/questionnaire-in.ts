import type { Words } from '../../platform/words.js';
import type { Instrument, NeedForm, Score, Section, TranslationStatus } from '../instrument.js';
import { questionIn, type Reading, wordsIn } from './question-in.js';
import { branchingIn, loincIn } from './question-in.js';
import { groupLinkId } from './questionnaire-out.js';
import { extensionOf, extensionsOf, OWN, STANDARD, type Extension } from './questionnaire.js';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.js';

/** What came of a Questionnaire: a form to be checked like any other, and what of it the hub cannot hold. */
export interface ReadQuestionnaire {
  form: unknown;
  /** What was left out, each with the linkId it stood under. */
  left: { linkId: string; why: Words }[];
}

const WHY = {
  nested: {
    en: 'Questions inside a question are not supported.',
    es: 'Las preguntas dentro de otra pregunta no son compatibles.',
  },
  calculated: {
    en: 'It is computed by an expression of its own, which the hub does not run.',
    es: 'Se calcula con una expresión propia, que el sistema no ejecuta.',
  },
  help: { en: 'Texts between the questions are not shown.', es: 'Los textos entre preguntas no se muestran.' },
} as const satisfies Record<string, Words>;

/** Reads a FHIR R4 Questionnaire, the hub's own or anybody's. Nothing is trusted: the form is checked afterwards. */
export function readQuestionnaire(questionnaire: Questionnaire): ReadQuestionnaire {
  const { language = 'en', version, code, item = [] } = questionnaire;
  const reading: Reading = { language, left: [] };
  const sections: Section[] = [];
  const scores: Score[] = [];
  collect(questionnaire, item, reading, sections, scores);
  const languages = Object.fromEntries(
    extensionsOf(questionnaire, OWN.language).map((one) => [
      valueOf(one, 'language')?.valueCode ?? '',
      valueOf(one, 'status')?.valueCode as TranslationStatus,
    ]),
  );
  const notices = extensionsOf(questionnaire, OWN.notice).flatMap((one) => one.valueString ?? []);
  const copyright = questionnaire.copyright ?? (questionnaire as { publisher?: string }).publisher;
  const title = wordsIn(questionnaire, 'title', reading) ?? nothing;
  const form = {
    key: keyIn(questionnaire),
    version: versionIn(version),
    loinc: loincIn(code) ?? panelIn(item) ?? null,
    title,
    description: wordsIn(questionnaire, 'description', reading) ?? title,
    minutes: extensionOf(questionnaire, OWN.minutes)?.valueInteger ?? minutesFor(sections),
    languages: Object.keys(languages).length > 0 ? languages : { en: 'official' as const },
    notices: notices.length > 0 ? notices : [copyright ?? title.en],
    needs: Object.fromEntries(extensionsOf(questionnaire, OWN.need).map(needIn)),
    sections,
    scores,
  } satisfies Instrument;
  return { form, left: reading.left };
}

const nothing: Words = { en: '', es: '' };

/** A name for programs from what the file calls itself. */
function keyIn({ url, name, id, title }: Questionnaire): string {
  const named = /^urn:community-referral-hub:Questionnaire:(.+)$/.exec(url ?? '')?.[1];
  if (named) return named;
  const words = name ?? id ?? title ?? '';
  return words
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-|-$/g, '');
}

/** FHIR allows any text; the hub orders versions by three numbers. */
function versionIn(version: string | undefined): string {
  const [major = '1', minor = '0', patch = '0'] = /^\d+(\.\d+){0,2}/.exec(version ?? '1')?.[0].split('.') ?? [];
  return `${major}.${minor}.${patch}`;
}

/** About as many minutes as questions by three, as the shipped forms take. */
function minutesFor(sections: readonly Section[]): number {
  return Math.max(1, Math.ceil(sections.flatMap(({ items }) => items).length / 3));
}

const panelIn = (items: readonly QuestionnaireItem[]): string | undefined =>
  items.length === 1 && items[0]?.type === 'group' ? loincIn(items[0].code) : undefined;

const valueOf = (extension: Extension, url: string): Extension | undefined => extensionOf(extension, url);

function needIn(extension: Extension): [string, NeedForm] {
  const code = (url: string): string | undefined => valueOf(extension, url)?.valueCoding?.code;
  const text = (url: string): string => valueOf(extension, url)?.valueString ?? '';
  const sensitivity = valueOf(extension, 'sensitivity')?.valueCode;
  const related = extensionsOf(extension, 'related').flatMap((one) => one.valueCoding?.code ?? []);
  const [icd10cm, snomed] = [code('icd10cm'), code('snomed')];
  const need: NeedForm = {
    category: code('category') ?? '',
    label: { en: text('label'), es: text('label-es') },
    ...(sensitivity && { sensitivity: sensitivity as NonNullable<NeedForm['sensitivity']> }),
    ...(related.length > 0 && { related }),
    ...(icd10cm && { icd10cm }),
    ...(snomed && { snomed }),
  };
  return [text('key'), need];
}

/** Groups become sections; questions that stand outside of one share a section with their neighbours. */
function collect(
  file: Questionnaire,
  items: readonly QuestionnaireItem[],
  reading: Reading,
  sections: Section[],
  scores: Score[],
  around?: QuestionnaireItem,
): void {
  let loose: Section | undefined;
  for (const item of items) {
    const leave = (why: Words): void => void reading.left.push({ linkId: item.linkId, why });
    const score = extensionOf(item, OWN.score)?.valueString;
    if (score !== undefined) scores.push(scoreIn(item, score, reading));
    else if (item.type === 'display') leave(WHY.help);
    else if (item.readOnly || extensionOf(item, STANDARD.calculated)) leave(WHY.calculated);
    else if (item.type === 'group') {
      loose = undefined;
      collect(file, item.item ?? [], reading, sections, scores, item);
    } else {
      if ((item.item ?? []).some(({ type }) => type !== 'display')) leave(WHY.nested);
      const question = questionIn(item, reading);
      if (!question) continue;
      if (!loose) sections.push((loose = sectionFor(file, around, reading, sections.length)));
      loose.items.push(question);
    }
  }
}

function sectionFor(
  file: Questionnaire,
  group: QuestionnaireItem | undefined,
  reading: Reading,
  place: number,
): Section {
  const title = group ? wordsIn(group, 'text', reading) : wordsIn(file, 'title', reading);
  const key = group && extensionOf(group, OWN.section)?.valueString;
  const panel = group && extensionOf(group, OWN.panel)?.valueCode;
  const optional = group && extensionOf(group, OWN.optional)?.valueBoolean;
  const loinc = loincIn(group?.code);
  return {
    key: key ?? `part-${place + 1}`,
    ...(group && group.linkId !== groupLinkId(key ?? '') && { linkId: group.linkId }),
    ...(loinc && { loinc }),
    title: title ?? nothing,
    ...(panel && { panel }),
    ...(optional !== undefined && { optional }),
    ...(group && branchingIn(group)),
    items: [],
  };
}

function scoreIn(item: QuestionnaireItem, rule: string, reading: Reading): Score {
  const loinc = loincIn(item.code);
  const said = { ...(loinc && { loinc }), name: wordsIn(item, 'text', reading) ?? nothing };
  try {
    return { ...said, ...(JSON.parse(rule) as object) } as Score;
  } catch {
    return said as Score;
  }
}

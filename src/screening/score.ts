import { type Sensitivity, sensitivityOf } from '../access/sensitivity.js';
import { type Words, fill, join } from '../platform/words.js';
import { type Answer, checkAnswers } from './check-answer.js';
import { type AnswerOption, type Instrument, type Item, itemsOf } from './instrument.js';
import { type ScoreResult, computeScore } from './score-rules.js';

export type { ScoreResult } from './score-rules.js';

/** A need that answers point to. It is possible, not confirmed: the patient and a person decide. */
export interface PossibleNeed {
  /** Key among the instrument's needs. */
  key: string;
  category: string;
  label: Words;
  sensitivity: Sensitivity;
  /** Further SDOH categories in which help may be found. */
  related: string[];
  icd10cm: string | null;
  snomed: string | null;
  questionLoincs: string[];
  answerCodes: string[];
  /** LOINC of the score that shows it, when it is not a single answer. */
  scoreLoinc: string | null;
  reason: Words;
  evidence: { question: Words; answer: Words }[];
}

/** A question without an answer, and why. UNKNOWN and UNABLE: an option chosen that is no answer. */
export interface Unanswered {
  linkId: string;
  loinc: string;
  why: 'ASKED_DECLINED' | 'NOT_ASKED' | 'UNKNOWN' | 'UNABLE' | 'NOT_ANSWERED';
  text: string | null;
}

export interface ScreeningResult {
  scores: ScoreResult[];
  possibleNeeds: PossibleNeed[];
  unanswered: Unanswered[];
  /** Every question of every section has an answer. */
  complete: boolean;
}

/** An item with the options that were really answered; none when declined, not asked, not known. */
interface Put {
  item: Item;
  answer: Answer | undefined;
  chosen: AnswerOption[];
}

/**
 * Scores a screening. Positives are read from the instrument's own question and answer, never from a code alone.
 * `ageYears` null = not known. Throws when an answer does not fit its question: check answers first.
 */
export function scoreScreening(
  instrument: Instrument,
  answers: readonly Answer[],
  { ageYears }: { ageYears: number | null },
): ScreeningResult {
  const [problem] = checkAnswers(instrument, answers);
  if (problem) throw new Error(`${instrument.key} ${problem.linkId} ${problem.field}: ${problem.words.en}`);
  const given = new Map(answers.map((answer) => [answer.linkId, answer]));
  const put = itemsOf(instrument).map((item): Put => {
    const answer = given.get(item.linkId);
    return { item, answer, chosen: optionsOf(item, answer).filter((option) => !option.means) };
  });
  const chosen = new Map(put.map(({ item, chosen }) => [item.linkId, chosen]));
  const scores = instrument.scores.map((score) => {
    const questions = score.of.map((linkId) => ({
      asked:
        optionsOf(
          itemsOf(instrument).find((item) => item.linkId === linkId),
          given.get(linkId),
        ).length > 0,
      chosen: chosen.get(linkId) ?? [],
    }));
    return computeScore(score, questions, ageYears);
  });
  const unanswered = put.flatMap((one) => whyUnanswered(one));
  const possibleNeeds = Object.keys(instrument.needs).flatMap((key) => needFor(instrument, key, put, scores));
  return { scores, possibleNeeds, unanswered, complete: unanswered.length === 0 };
}

function optionsOf(item: Item | undefined, answer: Answer | undefined): AnswerOption[] {
  return (item?.answers ?? []).filter((option) => answer?.codes?.includes(option.code));
}

function whyUnanswered({ item, answer, chosen }: Put): Unanswered[] {
  const { linkId, loinc } = item;
  const means = optionsOf(item, answer).find((option) => option.means)?.means;
  const says = (why: Unanswered['why'], text: string | null = null) => [{ linkId, loinc, why, text }];
  if (answer?.absent) return says(answer.absent, answer.absentText?.trim() || null);
  if (chosen.length > 0) return [];
  if (means) return says(means === 'DECLINED' ? 'ASKED_DECLINED' : means);
  const hasValue = typeof answer?.number === 'number' || Boolean(answer?.text?.trim());
  return hasValue ? [] : says('NOT_ANSWERED');
}

function needFor(instrument: Instrument, key: string, put: Put[], scores: ScoreResult[]): PossibleNeed[] {
  const form = instrument.needs[key];
  const positive = put.flatMap(({ item, chosen }) => {
    const shown = chosen.filter((option) => option.needs?.includes(key));
    return shown.length > 0 ? [{ item, shown }] : [];
  });
  const at = instrument.scores.findIndex((score, i) => 'need' in score && score.need === key && scores[i]?.positive);
  const score = scores[at];
  if (!form || (positive.length === 0 && !score)) return [];
  const scored = put.filter(({ item }) => instrument.scores[at]?.of.includes(item.linkId));
  const evidence = [
    ...positive.map(({ item, shown }) => ({
      question: item.text,
      answer: join(
        shown.map((option) => option.text),
        '; ',
      ),
    })),
    ...(score ? [{ question: score.name, answer: score.text }] : []),
  ];
  const { category, label, sensitivity, related = [], icd10cm = null, snomed = null } = form;
  return [
    {
      key,
      category,
      label,
      sensitivity: sensitivity ?? sensitivityOf(category),
      related,
      icd10cm,
      snomed,
      questionLoincs: unique([...positive, ...scored].map(({ item }) => item.loinc)),
      answerCodes: unique(
        [...positive.flatMap(({ shown }) => shown), ...scored.flatMap(({ chosen }) => chosen)].map((o) => o.code),
      ),
      scoreLoinc: score?.loinc ?? null,
      // Put into words only when somebody asks.
      get reason() {
        return reasonFor(evidence);
      },
      evidence,
    },
  ];
}

const unique = (values: string[]) => [...new Set(values)];

function reasonFor(evidence: PossibleNeed['evidence']): Words {
  const line = { en: '{question}: “{answer}”', es: '{question}: «{answer}»' };
  const bare = ({ en, es }: Words) => ({ en: en.replace(/[.:?]+$/, ''), es: es.replace(/[.:?]+$/, '') });
  return join(
    evidence.map(({ question, answer }) => fill(line, { question: bare(question), answer })),
    '. ',
  );
}

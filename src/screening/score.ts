import { type Sensitivity, sensitivityOf } from '../access/sensitivity.js';
import { type Words, fill, join } from '../platform/words.js';
import { type Answer, checkAnswers } from './check-answer.js';
import { enabledItems } from './enabled.js';
import type { AnswerOption, Instrument, Item, Score } from './instrument.js';
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
  /** linkIds of the questions it was read from. */
  linkIds: string[];
  questionLoincs: string[];
  answerCodes: string[];
  /** LOINC of the score that shows it, when it is not a single answer. */
  scoreLoinc: string | null;
  reason: Words;
  evidence: NeedEvidence[];
}

/** A question or score that shows a need, with its codes: enough to make an Observation of it later. */
export interface NeedEvidence {
  question: Words;
  answer: Words;
  /** null for a score. */
  linkId: string | null;
  loinc: string | null;
  codes: string[];
}

/** A question without an answer, and why. UNKNOWN and UNABLE: an option chosen that is no answer. */
export interface Unanswered {
  linkId: string;
  loinc: string | null;
  why: 'ASKED_DECLINED' | 'NOT_ASKED' | 'UNKNOWN' | 'UNABLE' | 'NOT_ANSWERED';
  text: string | null;
}

export interface ScreeningResult {
  scores: ScoreResult[];
  possibleNeeds: PossibleNeed[];
  unanswered: Unanswered[];
  /** Every question that is to be asked has an answer. */
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
  // What an answer closed off counts for nothing, whatever was said there before.
  const put = enabledItems(instrument, given).map((item): Put => {
    const answer = given.get(item.linkId);
    return { item, answer, chosen: optionsOf(item, answer).filter((option) => !option.means) };
  });
  const scored = scoresOf(instrument, put, ageYears);
  const unanswered = put.flatMap((one) => whyUnanswered(one));
  const possibleNeeds = Object.keys(instrument.needs).flatMap((key) => needFor(instrument, key, put, scored));
  const scores = scored.map(({ result }) => result);
  return { scores, possibleNeeds, unanswered, complete: unanswered.length === 0 };
}

interface Scored {
  score: Score;
  result: ScoreResult;
}

/** The scores of the questions that are to be asked; one of which none is asked is left out. */
function scoresOf(instrument: Instrument, put: readonly Put[], ageYears: number | null): Scored[] {
  const asked = new Map(put.map((one) => [one.item.linkId, one]));
  return instrument.scores.flatMap((score) => {
    if (!score.of.some((linkId) => asked.has(linkId))) return [];
    const questions = score.of.map((linkId) => {
      const one = asked.get(linkId);
      return { asked: one !== undefined && optionsOf(one.item, one.answer).length > 0, chosen: one?.chosen ?? [] };
    });
    return [{ score, result: computeScore(score, questions, ageYears) }];
  });
}

function optionsOf(item: Item | undefined, answer: Answer | undefined): AnswerOption[] {
  return (item?.answers ?? []).filter((option) => answer?.codes?.includes(option.code));
}

function whyUnanswered({ item, answer, chosen }: Put): Unanswered[] {
  const { linkId, loinc = null } = item;
  const means = optionsOf(item, answer).find((option) => option.means)?.means;
  const says = (why: Unanswered['why'], text: string | null = null) => [{ linkId, loinc, why, text }];
  if (answer?.absent) return says(answer.absent, answer.absentText?.trim() || null);
  if (chosen.length > 0) return [];
  if (means) return says(means === 'DECLINED' ? 'ASKED_DECLINED' : means);
  const hasValue = typeof answer?.number === 'number' || Boolean(answer?.text?.trim());
  return hasValue ? [] : says('NOT_ANSWERED');
}

function needFor(instrument: Instrument, key: string, put: Put[], scores: readonly Scored[]): PossibleNeed[] {
  const form = instrument.needs[key];
  const positive = put.flatMap(({ item, chosen }) => {
    const shown = chosen.filter((option) => option.needs?.includes(key));
    return shown.length > 0 ? [{ item, shown }] : [];
  });
  const shows = scores.find(({ score, result }) => 'need' in score && score.need === key && result.positive);
  const score = shows?.result;
  if (!form || (positive.length === 0 && !score)) return [];
  const scored = put.filter(({ item }) => shows?.score.of.includes(item.linkId));
  const questions = [...positive, ...scored].map(({ item }) => item);
  const evidence = [
    ...positive.map(({ item, shown }) => ({
      question: item.text,
      linkId: item.linkId,
      loinc: item.loinc ?? null,
      codes: shown.map((option) => option.code),
      answer: join(
        shown.map((option) => option.text),
        '; ',
      ),
    })),
    ...(score
      ? [
          {
            question: score.name,
            answer: score.text,
            linkId: null,
            loinc: score.loinc,
            codes: score.code ? [score.code] : [],
          },
        ]
      : []),
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
      linkIds: unique(questions.map(({ linkId }) => linkId)),
      questionLoincs: unique(questions.flatMap(({ loinc }) => loinc ?? [])),
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

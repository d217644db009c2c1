import type { Sensitivity } from '../access/sensitivity.js';
import type { Words } from '../platform/words.js';

/** The published form of an instrument: docs/instrument.schema.json, explained in seeds/instruments/README.md. */
export interface Instrument {
  key: string;
  /** major.minor.patch; an answered screening keeps the version it was asked with. */
  version: string;
  /** LOINC panel; null for a form that mixes panels, which must not carry either code. */
  loinc: string | null;
  title: Words;
  description: Words;
  minutes: number;
  languages: Record<string, TranslationStatus>;
  /** Citations and licence notices to show with the form. */
  notices: string[];
  /** The possible needs that answers and scores point to, by key. */
  needs: Record<string, NeedForm>;
  sections: Section[];
  scores: Score[];
}

/** The steward's own wording; a translation of the hub that a translator has checked; one that waits for that check. */
export const TRANSLATION_STATUSES = ['official', 'reviewed', 'unofficial'] as const;
export type TranslationStatus = (typeof TRANSLATION_STATUSES)[number];

/** What a positive answer may mean. */
export interface NeedForm {
  category: string;
  label: Words;
  /** Default: the category's. */
  sensitivity?: Sensitivity;
  /** Further SDOH categories in which help may be found. */
  related?: string[];
  icd10cm?: string;
  snomed?: string;
}

/** When a group or a question is asked, as FHIR's enableWhen: always, when there are no conditions. */
export interface Branching {
  enableWhen?: Condition[];
  /** Default: all of them. */
  enableBehavior?: 'all' | 'any';
}

export const OPERATORS = ['exists', '=', '!=', '>', '<', '>=', '<='] as const;

/** One condition on the answer to an earlier question: whether there is one, a code or a number it is compared with. */
export interface Condition {
  /** linkId of a question that comes earlier. */
  question: string;
  operator: (typeof OPERATORS)[number];
  exists?: boolean;
  code?: string;
  number?: number;
}

/** A group of questions. */
export interface Section extends Branching {
  key: string;
  linkId?: string;
  loinc?: string;
  title: Words;
  /** The LOINC panel the questions belong to; left out in a form without one. */
  panel?: string;
  optional?: boolean;
  items: Item[];
}

export const ITEM_TYPES = ['choice', 'multi', 'integer', 'decimal', 'text'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

/** One question; its answers belong to it alone, the same LOINC question has others elsewhere. */
export interface Item extends Branching {
  linkId: string;
  /** LOINC code of the question; left out where LOINC has none. */
  loinc?: string;
  type: ItemType;
  text: Words;
  answers?: AnswerOption[];
  min?: number;
  max?: number;
  unit?: string;
  /** Characters of a text; 500 when left out. */
  maxLength?: number;
  /** An answer, or why there is none, is asked for before the screening can end. */
  required?: boolean;
}

/** Why an option counts as no answer. */
export const NON_ANSWERS = ['DECLINED', 'UNKNOWN', 'UNABLE'] as const;
export type NonAnswer = (typeof NON_ANSWERS)[number];

export interface AnswerOption {
  /** LOINC answer code, or a code of the form's own. */
  code: string;
  text: Words;
  score?: number;
  /** Keys of `needs`. */
  needs?: string[];
  /** May not stand beside another answer. */
  exclusive?: boolean;
  /** The option is no answer: declined, not known, or the person is not able to respond. */
  means?: NonAnswer;
}

interface ScoreOf {
  /** LOINC code of the score; left out where LOINC has none. */
  loinc?: string;
  name: Words;
  /** linkIds of the questions it is made of. */
  of: string[];
}
/** The sum of the answers' scores, only when all are answered. */
export interface SumScore extends ScoreOf {
  rule: 'sum';
  atLeast: number;
  need: string;
}
/** Days a week × minutes a day, judged by age. */
export interface ActivityScore extends ScoreOf {
  rule: 'weekly-minutes';
  bands: AgeBand[];
  need: string;
}
export interface AgeBand {
  fromAge: number;
  toAge?: number;
  belowMinutesPerDay?: number;
  belowMinutesPerWeek?: number;
}
/** At risk when any answer shows a need, no risk when at least one question was put and none does. */
export interface RiskScore extends ScoreOf {
  rule: 'any-need';
  atRisk: { code: string; text: Words };
  noRisk: { code: string; text: Words };
}
export type Score = SumScore | ActivityScore | RiskScore;
export const SCORE_RULES = ['sum', 'weekly-minutes', 'any-need'] as const;

const items = new WeakMap<Instrument, readonly Item[]>();

/** The questions of an instrument in their order. They are asked for with every answer, so they are put together once. */
export function itemsOf(instrument: Instrument): readonly Item[] {
  const known = items.get(instrument) ?? instrument.sections.flatMap((section) => section.items);
  items.set(instrument, known);
  return known;
}

/** The question of a linkId, or undefined. */
export const itemOf = (instrument: Instrument, linkId: string): Item | undefined =>
  itemsOf(instrument).find((item) => item.linkId === linkId);

import type { Sensitivity } from '../access/sensitivity.js';
import { readSeed } from '../platform/seed.js';
import type { Words } from '../platform/words.js';

/** One of the 24 SDOH categories of the Gravity project, with the codes and words the hub uses for it. */
export interface SdohCategoryFacts {
  /** The guide's code, such as food-insecurity. */
  code: string;
  /** The guide's display. */
  display: string;
  /** Plain words for people. */
  label: Words;
  icon: string;
  sensitivity: Sensitivity;
  /** Billable ICD-10-CM codes, the general one first; never a parent code. Empty when no code fits. */
  icd10cm: { code: string; title: string }[];
  /** SNOMED CT findings; display null where the guide's files give none. */
  snomed: { code: string; display: string | null }[];
}

/** All categories in the guide's order. */
export const SDOH_CATEGORIES: readonly SdohCategoryFacts[] = (
  readSeed('sdoh-categories.json') as { categories: SdohCategoryFacts[] }
).categories;

const byCode = new Map(SDOH_CATEGORIES.map((category) => [category.code, category]));

/** The category of a code, or undefined. */
export const sdohCategory = (code: string): SdohCategoryFacts | undefined => byCode.get(code);

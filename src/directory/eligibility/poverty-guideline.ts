import { readSeed } from '../../platform/seed.js';

interface Amounts {
  first: number;
  additional: number;
}
interface Guideline extends Record<Region, Amounts> {
  year: number;
  effective: string;
  source: string;
}

/** Alaska and Hawaii have figures of their own. */
export const REGIONS = ['contiguous', 'AK', 'HI'] as const;
export type Region = (typeof REGIONS)[number];

const { guidelines } = readSeed('poverty-guidelines.json') as { guidelines: Guideline[] };
const newestFirst = [...guidelines].sort((a, b) => b.effective.localeCompare(a.effective));

/** The guidelines in force on a date (YYYY-MM-DD); without a date the newest. */
export function guidelineOn(date?: string): Guideline {
  const found = newestFirst.find((one) => !date || one.effective <= date) ?? newestFirst.at(-1);
  if (!found) throw new Error('seeds/poverty-guidelines.json holds no guidelines');
  return found;
}

/** The region of a two-letter state. */
export function regionOf(state: string): Region {
  return state === 'AK' || state === 'HI' ? state : 'contiguous';
}

/** 100 % of the poverty level in cents a year, for a household of 1 or more. */
export function povertyLevelCents(householdSize: number, region: Region, date?: string): number {
  const { first, additional } = guidelineOn(date)[region];
  return (first + Math.max(0, householdSize - 1) * additional) * 100;
}

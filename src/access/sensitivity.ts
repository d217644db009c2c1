import { readSeed } from '../platform/seed.js';
import type { Words } from '../platform/words.js';

/** Classes of information that need a consent naming them and stay off shared timelines, notices and exports. */
export const SENSITIVITIES = [
  'NONE',
  'INTIMATE_PARTNER_VIOLENCE',
  'SUBSTANCE_USE',
  'BEHAVIORAL_HEALTH',
  'HIV',
  'IMMIGRATION_LEGAL',
] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** True for the classes that a consent must name. */
export const isSensitive = (sensitivity: Sensitivity): boolean => sensitivity !== 'NONE';

const isClass = (value: unknown): value is Sensitivity => SENSITIVITIES.some((known) => known === value);

const byCategory = new Map<string, Sensitivity>();
const labels = new Map<string, Words>();
const seed = readSeed('sdoh-categories.json') as { categories: { code: string; label: Words; sensitivity: unknown }[] };
for (const { code, label, sensitivity } of seed.categories) {
  if (!isClass(sensitivity)) throw new Error(`seeds/sdoh-categories.json: ${code} has no known sensitivity`);
  byCategory.set(code, sensitivity);
  labels.set(code, label);
}

/** The sensitive class of an SDOH category; NONE for most, and for a code that is no category. */
export const sensitivityOf = (category: string): Sensitivity => byCategory.get(category) ?? 'NONE';

/** True for one of the 24 SDOH categories. */
export const isSdohCategory = (code: string): boolean => byCategory.has(code);

/** The plain words of an SDOH category; the code itself when it is none. */
export const categoryLabel = (code: string): Words => labels.get(code) ?? { en: code, es: code };

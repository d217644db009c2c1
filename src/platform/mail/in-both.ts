import type { Words } from '../words.js';

/** A letter in both languages, for a reader whose language nobody knows: each text ends with its last line. */
export const inBoth = (subject: Words, text: Words): { subject: string; text: string } => ({
  subject: `${subject.en} / ${subject.es}`,
  text: `${text.en}\n---\n\n${text.es}`,
});

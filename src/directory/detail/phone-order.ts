import { isPrivateNumber } from '../private-number.js';
import type { Phone } from './contact.entities.js';

/** What a number is for, in English and Spanish, by how little it helps somebody who asks for help. */
const LAST = /\b(fax|tape|volunteer|voluntari|donat|donaci|media|press|public relations|human resources)/i;
const LATE =
  /\b(admin|director|supervisor|manager|headquarters|national|corporate|updates?|home (#|number|phone)|cell|personal|oficina central)/i;
const FIRST =
  /\b(intake|appointments?|hot ?line|help ?line|crisis|referrals?|main|information|toll[- ]?free|public number|citas?|l[ií]nea de ayuda|informaci[oó]n|principal)\b/i;

type Said = Pick<Phone, 'type' | 'description' | 'callable'>;

/** Whether nobody answers there: many directories write "Fax" beside a number of voice. */
export const isFax = ({ type, description }: Said): boolean => type === 'fax' || /\bfax\b/i.test(description ?? '');

/** Smaller comes first. */
function rank({ type, description, callable }: Said): number {
  const said = description ?? '';
  if (type === 'fax' || LAST.test(said)) return 5;
  if (!callable) return 4;
  if (type === 'textphone' || type === 'pager') return 3;
  if (FIRST.test(said)) return 0;
  return LATE.test(said) ? 2 : said === '' ? 0 : 1;
}

/** Numbers as somebody should try them: the one that is answered first, a fax last. */
export function inOrder<T extends Said>(phones: readonly T[]): readonly T[] {
  return phones.length < 2 ? phones : [...phones].sort((a, b) => rank(a) - rank(b));
}

/** The number of a listing: the one to try first of those that everybody may know. */
export const mainNumber = <T extends Said>(phones: readonly T[]): T | undefined =>
  inOrder(phones.filter(({ description }) => !isPrivateNumber(description)))[0];

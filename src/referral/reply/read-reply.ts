import type { Outcome, ReasonCode } from '../referral.enums.js';
import { appointmentIn, waitlistIn } from './read-when.js';
import type { AgencyAnswer } from '../answer/agency-answer.js';

/** What a number at the top of a reply means. */
export interface NumberedAnswer {
  answer: AgencyAnswer;
  reasonCode?: ReasonCode;
  outcome?: Outcome;
}

/** The answers that a letter offers, by their numbers. */
export const NUMBERED: Readonly<Record<string, NumberedAnswer>> = {
  '1': { answer: 'ACCEPT' },
  '2': { answer: 'DECLINE', reasonCode: 'NO_CAPACITY' },
  '3': { answer: 'DECLINE', reasonCode: 'NOT_ELIGIBLE' },
  '4': { answer: 'DECLINE', reasonCode: 'OTHER' },
  '5': { answer: 'WAITLIST' },
  '6': { answer: 'NOT_REACHED' },
  '7': { answer: 'NEED_INFO' },
  '8': { answer: 'START' },
  '9': { answer: 'APPOINTMENT' },
  '10': { answer: 'HELPED', outcome: 'HELP_RECEIVED' },
  '11': { answer: 'NOT_HELPED', reasonCode: 'OTHER' },
};

export interface Reply extends NumberedAnswer {
  words: string | null;
  appointmentAt?: Date;
  appointmentPlace?: string | null;
  waitlistPosition?: number | null;
  waitlistExpectedOn?: string | null;
}

/** A line above which people write; what stands below it was sent by us. */
export const CUT = '=== Write above this line / Escriba arriba de esta línea ===';

/** How programs announce what they quote, in English and Spanish, on one line or two. */
const QUOTED = [
  /^\s*On\b.{5,200}\bwrote:\s*$/i,
  /^\s*El\b.{5,200}\bescribi[óo]:\s*$/i,
  /^\s*-{2,}\s*(Original Message|Mensaje original|Forwarded message|Mensaje reenviado)\s*-{2,}\s*$/i,
  /^\s*_{10,}\s*$/,
  /^\s*(From|De):\s.+/i,
];
/** Where a signature begins. */
const SIGNED = [
  /^--\s?$/,
  /^\s*(Sent from my|Sent from Outlook|Sent via|Get Outlook for|Enviado desde mi|Enviado desde Outlook|Obtener Outlook)\b/i,
];

/** "On Tue, Nov 24 … <a@b.example>" goes on in the next line in many programs. */
function joinBroken(lines: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const next = lines[i + 1] ?? '';
    const begins = /^\s*(On|El)\b.{5,}$/i.test(line) && !/:\s*$/.test(line);
    if (begins && /\b(wrote|escribi[óo]):\s*$/i.test(next)) {
      joined.push(`${line} ${next}`);
      i += 1;
    } else joined.push(line);
  }
  return joined;
}

/** Marks without a shape that programs put between letters: soft hyphens, joiners, marks of direction and of byte order. */
const UNSEEN = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** What a person wrote themselves: without what they answered to, without the signature. */
export function ownWords(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').replace(UNSEEN, '');
  const lines = joinBroken(plain.split('\n'));
  const kept: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.includes(CUT) && !line.trimStart().startsWith('>')) break;
    if (line.trimStart().startsWith('>')) continue;
    if (QUOTED.some((mark) => mark.test(line))) {
      // Whoever writes below what they answer to quotes it with ">": then only the announcement goes.
      const rest = lines.slice(index + 1).find((one) => one.trim() !== '');
      if (rest?.trimStart().startsWith('>')) continue;
      break;
    }
    if (SIGNED.some((mark) => mark.test(line))) break;
    kept.push(line);
  }
  return kept.join('\n').trim();
}

/**
 * The number stands alone on the first line, or before a dot, a bracket or a dash: "1", "1.", "2) no room", "2 - no room".
 * "2 people came", "5:30 works" and "1-2 weeks" are words, not answers.
 */
const FIRST_LINE = /^\s*(?:#\s*|[*_]{1,2})?(\d{1,2})[*_]{0,2}\s*(?:[).:=](?!\d)\s*(.*)|\s[-–—]\s+(.*))?$/;

/** "Hi Casey," and "Buenas tardes:" stand above many answers. */
const GREETING =
  /^\s*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening)|hola|buen[oa]s?\s+(?:d[íi]as?|tardes|noches)|estimad[oa]s?)\b[^\d\n]{0,60}\n+/i;

/**
 * The answer of a reply, in the agency's own time; null when it is not one that nobody could misread, NO_WHEN when it is
 * an appointment whose day and hour are not plain.
 */
export function readReply(text: string, now: Date, zone: string): Reply | 'NO_WHEN' | null {
  const [first = '', ...rest] = ownWords(text).replace(GREETING, '').trimStart().split('\n');
  const match = FIRST_LINE.exec(first);
  const found = match?.[1] === undefined ? undefined : NUMBERED[match[1]];
  if (!match || !found) return null;
  // Two numbers under one another are two answers: which of them was meant?
  if (rest.some((line) => FIRST_LINE.test(line))) return null;
  const words = [match[2] ?? match[3] ?? '', ...rest].join('\n').trim().slice(0, 1000) || null;
  if (found.answer === 'APPOINTMENT') {
    const seen = appointmentIn(words ?? '', now, zone);
    return seen ? { ...found, ...seen, words } : 'NO_WHEN';
  }
  if (found.answer === 'WAITLIST') return { ...found, words, ...waitlistIn(words ?? '', now, zone) };
  const needsWords = found.answer === 'NEED_INFO' || found.reasonCode === 'OTHER';
  return needsWords && !words ? null : { ...found, words };
}

import { decodeEntities } from '../clean/text.js';

/** Text made ready for the tokenizer, and what was set aside as a remark; undefined when a remark may change the hours. */
export interface Prepared {
  text: string;
  notes: string | undefined;
}

const months = 'january|february|march|april|june|july|august|september|october|november|december';
// Words in a remark that may say other hours than the rest does.
const changesHours = new RegExp(
  `\\b(${months}|may|closed|except|unless|holidays?|summer|winter|season|school|week|weeks|biweekly|other|alternat\\w*|` +
    'mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(mon|tues|wednes|thurs|fri|satur|sun)days?|a\\.?m|p\\.?m|noon|' +
    'morning|evening|night|until|vary|varies)\\b|\\d(:\\d\\d| ?[ap]\\.?m)',
);
const monthly = /\bmonth/;
// The one exception that leaves the rest as it is.
const holidays =
  /[,(]?\s*\b(except|excluding|closed)( on)?( (federal|legal|major|national|public|state|all))* holidays\b\)?/gi;
const perClient = /serv|visit|receiv|limit|famil|household|client|guest|neighbor|customer|participant/;

function harmless(remark: string): boolean {
  return !changesHours.test(remark) && (!monthly.test(remark) || perClient.test(remark));
}

/** HTML taken out, dashes and spaces made plain, lower case, one line per statement. */
function plain(text: string): string {
  return decodeEntities(text.replace(/<\/(tr|p|li|div)>|<br ?\/?>/gi, '\n').replace(/<[^>]*>/g, ' '))
    .replace(/\\n/g, '\n')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00a0\u2000-\u200b\u202f]/g, ' ')
    .replace(/\r/g, '');
}

/** Sets remarks aside: what stands in brackets, and whole lines or sentences without a day or a time in them. */
export function prepare(text: string): Prepared | undefined {
  const notes: string[] = [];
  let certain = true;
  const outside = plain(text)
    .replace(holidays, (remark) => {
      notes.push(remark.replace(/^[\s,(]+|[\s)]+$/g, ''));
      return ' ';
    })
    .replace(/\(([^()]*)\)/g, (_, inner: string) => {
      if (!harmless(inner.toLowerCase())) certain = false;
      notes.push(inner.trim());
      return ' ';
    });
  const kept: string[] = [];
  for (const line of outside.split(/\n+|;|(?<=[a-z]{3}|[ap]\.?m)\.(?=\s+[A-Z])/)) {
    const lower = line.trim().toLowerCase();
    if (!lower) continue;
    const isRemark =
      /[a-z]{3}/.test(lower) &&
      harmless(lower) &&
      !/\b(every|weekly|daily|24)\b/.test(lower) &&
      !/^\D*\d+ ?-/.test(lower);
    if (isRemark && /[a-z]+ [a-z]+ [a-z]+/.test(lower)) notes.push(line.trim());
    else kept.push(lower);
  }
  // "Every 2nd Friday" may be every other Friday; "every other" has no known start.
  const said = kept.join('; ');
  if (/\bevery other\b|\bother week\b|\bbi-?weekly\b/.test(said)) return undefined;
  if (/\bevery (2nd|second)\b(?! (and|&))/.test(said) && !/month/.test(said)) return undefined;
  if (/\b(twice|once|two|three|\d+x?|times)\b[^;]{0,12}\bmonth\b/.test(said)) return undefined;
  return certain
    ? { text: said.replace(/\s+/g, ' '), notes: notes.filter(Boolean).join('; ') || undefined }
    : undefined;
}

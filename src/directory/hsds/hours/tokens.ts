import { readTime, type WrittenTime } from './times.js';
import { type Weekday, weekdayOf, weekdaySet } from './weekdays.js';

export type Token =
  | { kind: 'day'; weekday: Weekday }
  | { kind: 'set'; days: readonly Weekday[] }
  | { kind: 'ordinal'; ordinal: number }
  | { kind: 'time'; time: WrittenTime }
  | { kind: 'round-the-clock' | 'closed' | 'to' | 'and' | 'break' };

const ordinals: Readonly<Record<string, number>> = {
  '1st': 1,
  first: 1,
  '2nd': 2,
  second: 2,
  '3rd': 3,
  third: 3,
  '4th': 4,
  fourth: 4,
  '5th': 5,
  fifth: 5,
  last: -1,
};

// Tried in this order at each place; the longer before the shorter.
const patterns: readonly [RegExp, (text: string) => Token | 'skip' | undefined][] = [
  [/^(24 ?\/ ?7|24-7|24 ?(hours|hrs|hr)( a day| per day)?|around the clock)/, () => ({ kind: 'round-the-clock' })],
  [/^(every day|(7|seven) days( (a|per) week)?)/, () => ({ kind: 'set', days: weekdaySet('daily') ?? [] })],
  [/^(of|in) (the|each|every) month|^(each|every) month|^of month/, () => 'skip'],
  [/^(1st|2nd|3rd|4th|5th)(?![a-z])/, (t) => ({ kind: 'ordinal', ordinal: ordinals[t] ?? 0 })],
  [/^(12(:00)? ?)?(noon|midnight)\b/, timeToken],
  [/^\d{1,2}(:\d{2}(:\d{2})?)? ?([ap]\.? ?m\b\.?|[ap]\b\.?)?(?![a-z0-9])/, timeToken],
  [/^\d{3,4} ?([ap]\.?m\b\.?)?(?![a-z0-9:])/, timeToken],
  [/^[;\n]/, () => ({ kind: 'break' })],
  [/^[,&+/]/, () => ({ kind: 'and' })],
  [/^-+/, () => ({ kind: 'to' })],
  [/^[\s:.•*|]+/, () => 'skip'],
  [/^[a-z]+/, wordToken],
];

const fillers = new Set('every each weekly monthly on from hours open opens is are the of am pm only'.split(' '));

function timeToken(text: string): Token | undefined {
  const time = readTime(text);
  return time && { kind: 'time', time };
}

function wordToken(word: string): Token | 'skip' | undefined {
  if (word === 'and') return { kind: 'and' };
  if (/^(to|until|till|til|thru|through)$/.test(word)) return { kind: 'to' };
  if (word === 'closed') return { kind: 'closed' };
  if (Object.hasOwn(ordinals, word)) return { kind: 'ordinal', ordinal: ordinals[word] ?? 0 };
  const days = weekdaySet(word);
  if (days) return { kind: 'set', days };
  const weekday = weekdayOf(word);
  if (weekday) return { kind: 'day', weekday };
  return fillers.has(word) ? 'skip' : undefined;
}

/** Cuts prepared text (lower case, plain dashes) into tokens; undefined at the first thing it does not know. */
export function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let rest = text;
  while (rest) {
    let read: Token | 'skip' | undefined;
    let length = 0;
    for (const [pattern, make] of patterns) {
      const match = pattern.exec(rest)?.[0];
      if (!match) continue;
      length = match.length;
      read = make(match.trim());
      if (read) break;
    }
    if (!read) return undefined;
    if (read !== 'skip') tokens.push(read);
    rest = rest.slice(length);
  }
  return tokens;
}

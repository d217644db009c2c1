import type { Span } from './rule.js';

/** A time as written: hours and minutes, and whether am or pm was said. */
export interface WrittenTime {
  hour: number;
  minute: number;
  half?: 'am' | 'pm' | undefined;
  /** Written as 24-hour clocks write: a leading zero, seconds, four digits, or an hour above 12. */
  military: boolean;
}

const shape = /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*(?:([ap])\.?\s?(?:m\b\.?)?)?$/;

/** A single time: "8:30AM", "9:00", "17:00:00", "9 a.m.", "1500", "noon". Undefined when it is none. */
export function readTime(text: string): WrittenTime | undefined {
  const clean = text.trim().toLowerCase();
  if (/^(12(:00)? ?)?noon$/.test(clean)) return { hour: 12, minute: 0, half: 'pm', military: false };
  if (/^(12(:00)? ?)?midnight$/.test(clean)) return { hour: 12, minute: 0, half: 'am', military: false };
  const digits = /^(\d{1,2})(\d{2})\s*([ap]\.?m\.?)?$/.exec(clean);
  const [, hours, minutes, letter] = digits ?? shape.exec(clean) ?? [];
  if (hours === undefined) return undefined;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  if (letter && (hour > 12 || hour === 0)) return { hour, minute, military: true }; // "17:00 PM"
  const half = letter ? (letter.startsWith('a') ? 'am' : 'pm') : undefined;
  const military = !half && (hour > 12 || hours.startsWith('0') || !!digits || /:\d{2}:/.test(clean));
  return { hour, minute, half, military };
}

function minutesOf(time: WrittenTime, half: 'am' | 'pm' | undefined = time.half): number {
  if (!half) return (time.hour % 24) * 60 + time.minute;
  return ((time.hour % 12) + (half === 'pm' ? 12 : 0)) * 60 + time.minute;
}

/** HH:MM of a single time that stands alone; without am or pm it is read as a 24-hour clock. */
export function readClock(text: string): string | undefined {
  const time = readTime(text);
  if (!time) return undefined;
  const m = minutesOf(time);
  return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;
}

const noon = 720;

/** From when to when, where that is certain: "9-5" is 9 am to 5 pm, "1-3" could be either and is undefined. */
export function readSpan(from: WrittenTime, to: WrittenTime): Span | undefined {
  if (from.half && to.half) return spanOf(minutesOf(from), minutesOf(to));
  if (from.half) return nearest([minutesOf(from)], [minutesOf(to, 'am'), minutesOf(to, 'pm')]);
  if (to.half) return nearest([minutesOf(from, 'am'), minutesOf(from, 'pm')], [minutesOf(to)]);
  if (from.military || to.military) return clockSpan(from, to);
  return bareSpan(from, to);
}

/** The shortest reading that does not run over midnight, as "6-8pm" means two hours and not fourteen. */
function nearest(starts: readonly number[], ends: readonly number[]): Span | undefined {
  const spans = starts.flatMap((opens) => ends.map((closes) => ({ opens, closes }))).filter((s) => s.closes > s.opens);
  return spans.sort((a, b) => a.closes - a.opens - (b.closes - b.opens))[0];
}

function clockSpan(from: WrittenTime, to: WrittenTime): Span | undefined {
  const opens = minutesOf(from);
  const closes = to.hour === 24 ? 1440 : minutesOf(to);
  // Opening between 00:01 and 05:59 on a 24-hour clock is a lost "pm" as often as not.
  if ((opens > 0 && opens < 360) || closes <= opens) return undefined;
  return closes === 1440 && opens === 0 ? { opens, closes: 1439 } : { opens, closes };
}

function bareSpan(from: WrittenTime, to: WrittenTime): Span | undefined {
  const opens = minutesOf(from);
  const closes = minutesOf(to);
  if (opens < 420 || opens >= 780) return undefined;
  if (opens >= noon) return closes < noon ? { opens, closes: closes + noon } : undefined;
  if (closes > opens) return { opens, closes };
  return { opens, closes: closes + noon };
}

/** Both with am or pm. Over midnight only from the afternoon to the morning, sixteen hours at most: more is a slip. */
function spanOf(opens: number, closes: number): Span | undefined {
  if (opens === 0 && closes === 0) return { opens, closes: 1439 };
  if (closes > opens) return { opens, closes };
  if (opens < noon || closes > noon || closes + 1440 - opens > 960) return undefined;
  return { opens, closes: closes + 1440 };
}

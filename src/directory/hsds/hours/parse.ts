import { prepare } from './prepare.js';
import { inEnglish } from './spanish.js';
import { type Day, type OpeningRule, type Span, toRules } from './rule.js';
import { readSpan } from './times.js';
import { type Token, tokenize } from './tokens.js';
import { weekdayRange, weekdays } from './weekdays.js';

export interface ParsedHours {
  rules: OpeningRule[];
  /** Remarks that say no hours, such as "please call first". */
  notes: string | undefined;
}

const lunch = /\b(closed|cerrado)?(?: daily)? ?(?:for|during|at|por|para) (?:lunch|almuerzo)\b/gi;
/** A break at noon is an exception that can be read. */
const bracketed = /\(\s*(closed[^()]*(?:\d|noon)[^()]*)\)/gi;

const roundTheClock: Span = { opens: 0, closes: 1439 };

/**
 * Opening hours out of prose, where they are certain: "Monday-Friday, 9am-5pm", "M-F 8:30-4:30", "24 hours a day,
 * 7 days a week", "2nd and 4th Tuesday 10am-12pm", "Fri2nd 1500-1700". Undefined wherever anything is left to guess.
 */
export function parseHours(text: string): ParsedHours | undefined {
  if (text.length > 2000) return undefined;
  const english = inEnglish(text);
  const said = english.replace(lunch, ' closed ').replace(bracketed, ', $1 ');
  const prepared = prepare(said.replace(/\b([A-Za-z]{3,4})(1st|2nd|3rd|4th|5th|Last)\b/g, '$2 $1'));
  const tokens = prepared && tokenize(prepared.text);
  if (!tokens || tokens.length === 0) return undefined;
  const openings = readGroups(tokens);
  if (!openings || openings.length === 0) return undefined;
  const rules = toRules(openings);
  if (!rules) return undefined;
  if (/\bmonthly\b/i.test(text) && rules.some((r) => r.freq === 'WEEKLY')) return undefined;
  // Put into English it has lost its accents: as a remark the text stands as it was written.
  const foreign = english !== text && prepared.notes !== undefined;
  return { rules, notes: foreign ? text.trim() : prepared.notes };
}

interface Group {
  days: Day[];
  spans: Span[];
  /** Closed in between, as for lunch. */
  breaks: Span[];
  closed: boolean;
}

/** Days followed by their times, or times followed by their days, the same way throughout. */
function readGroups(tokens: readonly Token[]): { day: Day; span: Span }[] | undefined {
  const groups: Group[] = [];
  const first = tokens.find((t) => t.kind !== 'and' && t.kind !== 'break')?.kind;
  const timesFirst = first === 'time' || first === 'round-the-clock';
  let group: Group = { days: [], spans: [], breaks: [], closed: false };
  let at = 0;
  const flush = () => {
    groups.push(group);
    group = { days: [], spans: [], breaks: [], closed: false };
  };
  while (at < tokens.length) {
    const token = tokens[at];
    if (!token || token.kind === 'and' || token.kind === 'break') {
      at += 1;
    } else if (token.kind === 'time' || token.kind === 'round-the-clock') {
      if (timesFirst && group.days.length > 0) flush();
      const next = readTimes(tokens, at);
      if (!next) return undefined;
      group.spans.push(next.span);
      at = next.at;
    } else if (token.kind === 'closed') {
      const pause = group.spans.length > 0 && tokens[at + 1]?.kind === 'time' ? readTimes(tokens, at + 1) : undefined;
      if (pause && isLunch(pause.span, tokens.slice(at + 1, pause.at))) group.breaks.push(pause.span);
      else group.closed = true;
      at = pause?.at ?? at + 1;
    } else {
      if (!timesFirst && (group.spans.length > 0 || group.closed)) flush();
      else if (group.days.length > 0) return undefined;
      const next = readDays(tokens, at);
      if (!next) return undefined;
      group.days = next.days;
      at = next.at;
    }
  }
  flush();
  if (groups.length === 1 && groups[0]?.days.length === 0 && isRoundTheClock(tokens)) {
    return weekdays.map((weekday) => ({ day: { ordinal: 0, weekday }, span: roundTheClock }));
  }
  const sound = (g: Group) => g.days.length > 0 && (g.closed ? g.spans.length === 0 : g.spans.length > 0);
  if (!groups.every(sound)) return undefined;
  const openings: { day: Day; span: Span }[] = [];
  for (const { days, spans, breaks } of groups) {
    const open = breaks.reduce<Span[] | undefined>((left, pause) => left && without(left, pause), spans);
    if (!open) return undefined;
    openings.push(...days.flatMap((day) => open.map((span) => ({ day, span }))));
  }
  return openings;
}

/** "Closed 12-1" around noon, or with am, pm or noon beside it; "closed 7-4" is the Fourth of July. */
function isLunch({ opens, closes }: Span, tokens: readonly Token[]): boolean {
  const told = tokens.some((token) => token.kind === 'time' && token.time.half);
  return closes - opens <= 150 && (told || (opens >= 720 && closes <= 870));
}

/** What stays open around a break; undefined when it lies in none of the spans. */
function without(spans: readonly Span[], { opens, closes }: Span): Span[] | undefined {
  const cut = spans.find((span) => span.opens < opens && closes < span.closes);
  if (!cut) return undefined;
  const parts = [
    { opens: cut.opens, closes: opens },
    { opens: closes, closes: cut.closes },
  ];
  return spans.flatMap((span) => (span === cut ? parts : [span]));
}

function isRoundTheClock(tokens: readonly Token[]): boolean {
  return tokens.length === 1 && tokens[0]?.kind === 'round-the-clock';
}

function readTimes(tokens: readonly Token[], at: number): { span: Span; at: number } | undefined {
  const from = tokens[at];
  if (from?.kind === 'round-the-clock') return { span: roundTheClock, at: at + 1 };
  const dash = tokens[at + 1]?.kind === 'to';
  const to = tokens[at + (dash ? 2 : 1)];
  if (from?.kind !== 'time' || to?.kind !== 'time') return undefined;
  // Side by side without a dash only when both say am or pm: "9:00AM 12:00PM".
  if (!dash && !(from.time.half && to.time.half)) return undefined;
  const span = readSpan(from.time, to.time);
  return span && { span, at: at + (dash ? 3 : 2) };
}

/** "Monday", "Mon-Wed, Fri", "1st and 3rd Tuesday", "weekdays", "3rd Sun Sunday". */
function readDays(tokens: readonly Token[], start: number): { days: Day[]; at: number } | undefined {
  const days: Day[] = [];
  let ordinals: number[] = [];
  let at = start;
  for (; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (!token) break;
    if (token.kind === 'ordinal') {
      ordinals.push(token.ordinal);
    } else if (token.kind === 'set') {
      if (ordinals.length > 0) return undefined;
      days.push(...token.days.map((weekday) => ({ ordinal: 0, weekday })));
    } else if (token.kind === 'day') {
      const last = tokens[at + 1]?.kind === 'to' ? tokens[at + 2] : undefined;
      if (last?.kind === 'day') {
        if (ordinals.length > 0) return undefined;
        days.push(...weekdayRange(token.weekday, last.weekday).map((weekday) => ({ ordinal: 0, weekday })));
        at += 2;
      } else if (ordinals.length > 0) {
        days.push(...ordinals.map((ordinal) => ({ ordinal, weekday: token.weekday })));
        const again = tokens[at + 1];
        if (again?.kind === 'day' && again.weekday === token.weekday) at += 1;
        // "1st Monday and Tuesday": whether the Tuesday is every week or the first cannot be told.
        else if (again?.kind === 'and' && tokens[at + 2]?.kind === 'day') return undefined;
        ordinals = [];
      } else {
        days.push({ ordinal: 0, weekday: token.weekday });
      }
    } else if (token.kind !== 'and') break;
  }
  const endsOpen = ordinals.length > 0;
  return endsOpen || days.length === 0 ? undefined : { days, at };
}

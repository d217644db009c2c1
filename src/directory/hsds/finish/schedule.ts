import { clean } from '../clean/text.js';
import { readByday } from '../clean/words.js';
import { parseHours } from '../hours/parse.js';
import { readClock } from '../hours/times.js';
import type { Complain, RawRow, Value } from '../rows.js';

/** Minutes: a place for the night opens at six and closes at eight; more is more likely a slip of am and pm. */
const MOST_OVERNIGHT = 14 * 60;
const minutesOf = (time: Value | undefined): number | undefined => {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(typeof time === 'string' ? time : '') ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
};

const roundTheClock = /^(24 ?h(ou)?rs?|24 ?\/ ?7|24-7|all day|open 24 hours)$/i;

/**
 * Puts a schedule's texts where HSDS has them, before they are read: hours that stand in date columns, weekday names,
 * "24 hours", hours in prose. Several rows come out when a text holds several opening times; none when it says nothing.
 */
export function readySchedule(raw: RawRow, complain: Complain): RawRow[] {
  const values = Object.fromEntries(Object.entries(raw.values).map(([name, text]) => [name, clean(text)]));
  const opens = values.opens_at ?? (values.dtstart && !isDate(values.dtstart) ? values.dtstart : undefined);
  const closes = values.closes_at ?? (values.until && !isDate(values.until) ? values.until : undefined);
  if (values.dtstart && !isDate(values.dtstart)) delete values.dtstart;
  if (values.until && !isDate(values.until)) delete values.until;
  values.opens_at = opens;
  values.closes_at = closes;
  const row = { ...raw, values };
  const slipped = numberAlone(values);
  if (slipped) {
    const message = `"${slipped}" is a phone number and no hours; it was taken as the phone.`;
    complain('WARNING', 'REPAIRED', 'description', message);
    return [
      { ...raw, entity: 'phone', key: raw.key && `${raw.key}#phone`, values: { ...links(raw), number: slipped } },
    ];
  }
  if (opens && roundTheClock.test(opens) && values.byday && readByday(values.byday)) {
    Object.assign(values, { opens_at: '00:00', closes_at: '23:59' });
  }
  if (isPlain(values)) {
    if (values.byday || values.bymonthday || values.freq) {
      // A weekday by its number is no day of the month's second week.
      values.freq ??= values.bymonthday || /\d[A-Z]/i.test(values.byday ?? '') ? 'MONTHLY' : 'WEEKLY';
    }
    if (
      values.opens_at &&
      readClock(values.opens_at) === '00:00' &&
      values.closes_at &&
      readClock(values.closes_at) === '00:00'
    ) {
      values.closes_at = '23:59'; // HSDS writes round the clock as 00:00 to 23:59.
    }
    return hasHours(values) ? [row] : [];
  }
  return fromProse(row, complain);
}

/** What stands where hours should when it is a phone number and nothing else. */
function numberAlone({ description, byday, opens_at }: Record<string, string | undefined>): string | undefined {
  const bare = /^\(?\d{3}\)?[-. ]{0,2}\d{3}[-. ]\d{4}$/.test(description ?? '') && !byday && !opens_at;
  return bare ? description : undefined;
}

/** To whom a row belongs. */
const links = ({ values }: RawRow): RawRow['values'] =>
  Object.fromEntries(Object.entries(values).filter(([name]) => name.endsWith('_id')));

const isDate = (text: string) => /^\d{4}-\d{1,2}-\d{1,2}|^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}/.test(text);
const isClock = (text: string | undefined) => text === undefined || readClock(text) !== undefined;

function isPlain(values: Record<string, string | undefined>): boolean {
  const days = values.byday === undefined || readByday(values.byday) !== undefined;
  const onlyProse =
    !values.byday && !values.opens_at && !values.closes_at && values.description && parseHours(values.description);
  const orderly = !values.opens_at || !!values.closes_at;
  return days && orderly && isClock(values.opens_at) && isClock(values.closes_at) && !onlyProse;
}

function hasHours(values: Record<string, string | undefined>): boolean {
  return [
    'opens_at',
    'closes_at',
    'description',
    'notes',
    'schedule_link',
    'bymonthday',
    'byweekno',
    'byyearday',
    'valid_from',
    'valid_to',
    'dtstart',
    'until',
  ].some((name) => values[name]);
}

function fromProse(row: RawRow, complain: Complain): RawRow[] {
  const { byday, opens_at, closes_at, description, freq: _freq, ...rest } = row.values;
  const said =
    byday || opens_at ? [byday, [opens_at, closes_at].filter(Boolean).join(' - ')].filter(Boolean).join(', ') : '';
  const parsed = parseHours(said || (description ?? ''));
  if (parsed) {
    return parsed.rules.map((rule, i) => ({
      ...row,
      key: row.key && i > 0 ? `${row.key}#${i + 1}` : row.key,
      values: {
        ...rest,
        ...(said && description && { description }),
        freq: rule.freq,
        byday: rule.byday,
        opens_at: rule.opensAt,
        closes_at: rule.closesAt,
        notes: [rest.notes, parsed.notes].filter(Boolean).join('; ') || undefined,
      },
    }));
  }
  const text = [said, description].filter(Boolean).join('; ');
  if (said) {
    complain(
      'WARNING',
      'HOURS_AS_TEXT',
      'byday',
      `"${text.slice(0, 80)}" cannot be read as hours for certain; it was kept as text.`,
    );
  }
  return [{ ...row, values: { ...rest, description: text } }];
}

/** Complains about dates that cannot go together; the row stays. */
export function finishSchedule(values: Record<string, Value>, complain: Complain): void {
  const { valid_from: from, valid_to: to } = values;
  if (typeof from === 'string' && typeof to === 'string' && from > to) {
    complain('WARNING', 'BAD_DATE', 'valid_to', `It is valid to ${to}, which is before it begins on ${from}.`);
  }
  const [opens, closes] = [minutesOf(values.opens_at), minutesOf(values.closes_at)];
  if (opens !== undefined && closes !== undefined && opens > closes && closes + 1440 - opens > MOST_OVERNIGHT) {
    const message = `It says ${String(values.opens_at)} to ${String(values.closes_at)}, through the night; check morning and afternoon.`;
    complain('WARNING', 'BAD_TIME', 'closes_at', message);
  }
  if (typeof values.interval === 'number' && values.interval < 1) values.interval = null;
}

import type {
  AddressFieldsFragment,
  CapacityStatus,
  FitVerdict,
  FreshnessState,
  OpenFieldsFragment,
  Weekday,
} from '#lib/gql/graphql';
import { clockIn, day, hour, t, word } from '#lib/i18n/index';
import type { Meaning } from '#lib/ui/index';

export const roomMeaning: Record<CapacityStatus, Meaning> = {
  CAPACITY: 'good',
  WAITLIST: 'attention',
  NO_CAPACITY: 'danger',
  ASSESSMENT_REQUIRED: 'waiting',
  UNKNOWN: 'neutral',
};
export const fitMeaning: Record<FitVerdict, Meaning> = { MATCH: 'good', NO_MATCH: 'danger', UNKNOWN: 'waiting' };
export const freshMeaning: Record<FreshnessState, Meaning> = {
  VERIFIED: 'good',
  DUE: 'attention',
  OVERDUE: 'danger',
  NEVER: 'neutral',
};

/** "120 Main St, Columbia, MD 21044" */
export function addressWords(address: AddressFieldsFragment): string {
  const street = [address.address1, address.address2].filter(Boolean).join(', ');
  return `${street}, ${address.city}, ${address.stateProvince} ${address.postalCode}`;
}

/** "Open until 5:00 pm", "Closed now, opens Tue 24 Nov, 9:00 am", in the service's own time. */
export function openWords(open: OpenFieldsFragment, now = new Date()): string {
  if (open.state === 'OPEN') {
    return open.closesAt ? t('open.until', { time: clockIn(open.closesAt, open.timeZone) }) : t('open.now');
  }
  if (open.state === 'UNKNOWN') return open.prose ?? t('open.unknown');
  if (!open.opensAt) return t('open.closed');
  const time = clockIn(open.opensAt, open.timeZone);
  // The reader may live in another zone, where it is another day.
  const [opens, today] = [open.opensAt, now].map((moment) => day(moment, now, open.timeZone));
  return opens === today ? t('open.later', { time }) : t('open.on', { day: opens, time });
}

const week: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** ["MO","TU","WE"] → "Mon–Wed"; ["MO","WE"] → "Mon, Wed" */
export function daysWords(days: readonly Weekday[]): string {
  const at = days.map((one) => week.indexOf(one)).sort((a, b) => a - b);
  const runs: number[][] = [];
  for (const index of at) {
    const run = runs.at(-1);
    if (run && run.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  }
  const name = (index: number | undefined) => word('Weekday', week[index ?? 0]);
  const span = (run: number[]) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', '));
  return runs.map(span).join(', ');
}

interface HoursRow {
  days: readonly Weekday[];
  opensAt?: string | null;
  closesAt?: string | null;
  note?: string | null;
}

/** Rows of the same days as one: "Mon–Fri" and "9:00 am to 1:00 pm, 2:00 pm to 5:00 pm". */
export function weekWords(rows: readonly HoursRow[]): { days: readonly Weekday[]; hours: string }[] {
  const week: { days: readonly Weekday[]; hours: string }[] = [];
  for (const row of rows) {
    const last = week.at(-1);
    if (last && row.days.length > 0 && last.days.join() === row.days.join()) last.hours += `, ${hoursWords(row)}`;
    else week.push({ days: row.days, hours: hoursWords(row) });
  }
  return week;
}

function hoursWords(group: { opensAt?: string | null; closesAt?: string | null; note?: string | null }): string {
  if (!group.opensAt || !group.closesAt) return group.note ?? t('open.closedDay');
  const allDay = group.opensAt.startsWith('00:00') && /^(24|00):00/.test(group.closesAt);
  const span = allDay ? t('open.allDay') : t('open.span', { from: hour(group.opensAt), to: hour(group.closesAt) });
  return group.note ? `${span} (${group.note})` : span;
}

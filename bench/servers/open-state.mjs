// Whether a weekly schedule is open at an instant, in its zone.
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const formats = new Map();

function localTime(zone, instant) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return { day: DAYS.indexOf(parts.weekday.slice(0, 2).toUpperCase()), minute: parts.hour * 60 + Number(parts.minute) };
}

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

export function openState(schedules, zone, instant) {
  const rows = (schedules ?? []).filter((row) => row.opens && row.closes);
  if (rows.length === 0) return 'UNKNOWN';
  const { day, minute } = localTime(zone, instant);
  const open = rows.some(({ byday, opens, closes }) => {
    const from = minutes(opens);
    let to = closes === '23:59' ? 1440 : minutes(closes);
    if (to <= from) to += 1440;
    const on = (weekday) => byday.split(',').includes(DAYS[(weekday + 7) % 7]);
    return (on(day) && from <= minute && minute < to) || (on(day - 1) && minute + 1440 < to);
  });
  return open ? 'OPEN' : 'CLOSED';
}

import { DateTime } from 'luxon';

/**
 * When the next letter of the day leaves: at this hour in the agency's zone, today or tomorrow. In the night on which the
 * clocks go forward an hour that does not exist is the one after it; the hour that comes twice counts once.
 */
export function nextDigestAt(now: Date, hour: number, timeZone: string): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const at = (day: DateTime): DateTime => day.startOf('day').set({ hour, minute: 0, second: 0, millisecond: 0 });
  const today = at(local);
  return (today.toJSDate() > now ? today : at(local.plus({ days: 1 }))).toJSDate();
}

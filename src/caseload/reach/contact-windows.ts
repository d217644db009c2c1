import { DateTime } from 'luxon';
import { Field, InputType, ObjectType } from 'type-graphql';
import { Weekday } from '../../directory/index.js';

export const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Day = (typeof DAYS)[number];

/** A stretch of some days of the week in which a person may be reached, in their own time: `from` is in it, `to` is not. */
export interface ContactWindow {
  days: Day[];
  /** `HH:MM`. */
  from: string;
  to: string;
}

@ObjectType('ContactWindow', { description: 'Hours of some days in which a person may be reached, in their own time.' })
export class ContactWindowType implements ContactWindow {
  @Field(() => [Weekday], { description: 'The days.' })
  days!: Day[];

  @Field(() => String, { description: 'From when, such as `09:00`.' })
  from!: string;

  @Field(() => String, { description: 'Until when, such as `17:00`.' })
  to!: string;
}

@InputType({ description: 'Hours of some days in which a person may be reached, in their own time.' })
export class ContactWindowInput implements ContactWindow {
  @Field(() => [Weekday], { description: 'The days; at least one.' })
  days!: Day[];

  @Field(() => String, { description: 'From when, such as `09:00`.' })
  from!: string;

  @Field(() => String, { description: 'Until when, later on the same day, such as `17:00`; `24:00` for midnight.' })
  to!: string;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
/** More than a person can say, and enough for any week. */
const MOST = 14;

/** The windows as they are kept, each once and in order; null when one of them makes no sense. */
export function checkedWindows(given: readonly ContactWindow[]): ContactWindow[] | null {
  const fits = given.every(
    ({ days, from, to }) => days.length > 0 && TIME.test(from) && (TIME.test(to) || to === '24:00') && from < to,
  );
  if (!fits || given.length > MOST) return null;
  return given.map(({ days, from, to }) => ({ days: DAYS.filter((day) => days.includes(day)), from, to }));
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const MIDNIGHT = 24 * 60;

/** A wall clock's time on a day; one that the clocks leap over is the first moment after the leap. */
function at(day: DateTime, minutes: number): DateTime {
  if (minutes === MIDNIGHT) return day.startOf('day').plus({ days: 1 });
  return day.startOf('day').set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

/** The first moment from `now` on that lies in a window: `now` itself inside of one. Null when there is none. */
export function nextInWindows(windows: readonly ContactWindow[], zone: string, now: Date): Date | null {
  const local = DateTime.fromJSDate(now, { zone });
  let first: DateTime | null = null;
  // A week and a day: the only window may be the rest of today's, which has passed.
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = local.startOf('day').plus({ days: ahead });
    const name = DAYS[day.weekday - 1];
    for (const { days, from, to } of windows) {
      if (!name || !days.includes(name)) continue;
      const [start, end] = [at(day, minutesOf(from)), at(day, minutesOf(to))];
      if (end <= local || end <= start) continue;
      const moment = start < local ? local : start;
      if (!first || moment < first) first = moment;
    }
    if (first) return first.toJSDate();
  }
  return null;
}

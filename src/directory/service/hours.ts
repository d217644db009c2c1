import { Field, ObjectType } from 'type-graphql';
import { organizationById } from '../../identity/index.js';
import type { HubContext } from '../../access/index.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { dayIn, isoDate, WEEKDAYS, type Weekday as WeekdayCode } from '../calendar-day.js';
import { describeHours } from '../describe-hours.js';
import { irregularInWords } from '../hours-words.js';
import { knowsHours, openNow } from '../open-hours.js';
import { OpenNow, Weekday } from './service.enums.js';
import type { Service } from './service.entity.js';
import { placeSchedulesOfService, schedulesOfService, type ScheduleFacts } from './service.loaders.js';

@ObjectType({ description: 'A stretch of opening.' })
export class Interval {
  @Field(() => DateTimeISO, { description: 'When it opens.' })
  opensAt!: Date;

  @Field(() => DateTimeISO, { description: 'When it closes.' })
  closesAt!: Date;
}

@ObjectType({ description: 'Whether a service is open at a moment, in the time zone of the listing.' })
export class OpenState {
  @Field(() => OpenNow, { description: 'Open, closed, or not known.' })
  state!: OpenNow;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When it closes, while it is open; null when it never does.',
  })
  closesAt!: Date | null;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'When it opens next, while it is closed; null when that is not known.',
  })
  opensAt!: Date | null;

  @Field(() => [Interval], { description: 'Openings that begin on that day.' })
  today!: Interval[];

  @Field(() => String, { description: 'IANA time zone of the listing.' })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'Hours in words, where they are told no other way.' })
  prose!: string | null;
}

@ObjectType({ description: 'Days of the usual week with the same hours.' })
export class HoursGroup {
  @Field(() => [Weekday], { description: 'The days, Monday first; empty for a note about no day in particular.' })
  days!: Weekday[];

  @Field(() => String, { nullable: true, description: 'HH:MM; null when closed.' })
  opensAt!: string | null;

  @Field(() => String, { nullable: true, description: 'HH:MM, 24:00 at midnight; null when closed.' })
  closesAt!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'In words, such as “second Monday of the month” for hours that do not come every week.',
  })
  note!: string | null;
}

/** The schedules that hold for a service: its own, else those of its place (of the given one where it has several). */
export async function hoursOfService(
  ctx: HubContext,
  serviceId: string,
  locationId?: string,
): Promise<readonly ScheduleFacts[]> {
  const [own, places] = await Promise.all([
    schedulesOfService(ctx, serviceId),
    placeSchedulesOfService(ctx, serviceId),
  ]);
  if (own.length > 0) return own;
  return (places.find((place) => place.locationId === locationId) ?? places[0])?.schedules ?? [];
}

/** The listing's own time zone, else its agency's. */
export async function zoneOf(ctx: HubContext, service: Pick<Service, 'timeZone' | 'organizationId'>): Promise<string> {
  return service.timeZone ?? (await organizationById(ctx, service.organizationId))?.timeZone ?? 'America/New_York';
}

export async function openStateOf(ctx: HubContext, service: Service, at: Date): Promise<OpenState> {
  const schedules = await hoursOfService(ctx, service.id);
  const timeZone = await zoneOf(ctx, service);
  const { state, closesAt, opensAt, today } = openNow(schedules, timeZone, at);
  const prose = describeHours(schedules, isoDate(dayIn(timeZone, at))).notes.join(' ');
  return {
    state,
    closesAt,
    opensAt,
    today: today.map((interval) => ({ opensAt: interval.opens, closesAt: interval.closes })),
    timeZone,
    prose: prose === '' ? null : prose,
  };
}

/** The usual week in groups, days without hours as closed, and what is irregular as notes. */
export async function weekHoursOf(ctx: HubContext, service: Service): Promise<HoursGroup[]> {
  const schedules = await hoursOfService(ctx, service.id);
  if (schedules.length === 0) return [];
  const today = isoDate(dayIn(await zoneOf(ctx, service), ctx.clock.now()));
  const { week, irregular, notes } = describeHours(schedules, today);
  const open = week.flatMap((part) =>
    part.hours.map(({ opensAt, closesAt }) => ({ days: part.days, opensAt, closesAt, note: null })),
  );
  const named = new Set<WeekdayCode>(week.flatMap((part) => part.days));
  const shut = WEEKDAYS.filter((day) => !named.has(day));
  const closed =
    knowsHours(schedules) && week.length > 0 && shut.length > 0
      ? [{ days: shut, opensAt: null, closesAt: null, note: null }]
      : [];
  const special = irregular.flatMap((part) =>
    part.hours.map(({ opensAt, closesAt }) => ({
      days: [],
      opensAt,
      closesAt,
      note: irregularInWords(part)[ctx.language],
    })),
  );
  return [...open, ...closed, ...special, ...notes.map((note) => ({ days: [], opensAt: null, closesAt: null, note }))];
}

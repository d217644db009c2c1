import { DateTime } from 'luxon';
import type { HubContext } from '../../access/index.js';
import { parseDay, Service } from '../../directory/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { isId, newId } from '../../platform/id.js';
import type { Priority } from '../referral.enums.js';
import type { AnsweringTargetInput, AnsweringTimes, SetAnsweringTimesInput } from './answering-times.types.js';
import { CLOCKS, LONGEST } from './targets.js';
import { answeringClock, type OwnTimes } from './times-of-service.js';
import { hoursOf, weekOf } from './work-week.js';

type Kept = OwnTimes & { version: number };

const READ = `
  select t.week, t.federal_holidays as "federalHolidays", t.closed_on::text[] as "closedOn", t.time_zone as "timeZone", t.targets, t.version
  from hub.answering_times t where t.organization_id = ? and t.service_id is not distinct from ?::uuid`;

async function kept(ctx: HubContext, organizationId: string, serviceId: string | null): Promise<Kept | null> {
  const [row] = await (await ctx.db.em()).execute<Kept[]>(READ, [organizationId, serviceId]);
  return row ?? null;
}

const organizationOf = (ctx: HubContext): string => ctx.caller?.organizationId ?? fail.unauthenticated();

/** A service of the caller's own agency, or null for the whole agency. */
async function ownService(ctx: HubContext, id: string | null | undefined): Promise<Service | null> {
  if (!id) return null;
  const em = await ctx.db.em();
  const service = isId(id) ? await em.findOne(Service, { id, organizationId: organizationOf(ctx) }) : null;
  return service ?? fail.notFound('Service');
}

/** When the caller's agency works and how much time it has, as a page shows it. */
export async function readAnsweringTimes(ctx: HubContext, serviceId?: string | null): Promise<AnsweringTimes> {
  const organizationId = organizationOf(ctx);
  const service = await ownService(ctx, serviceId);
  const agency = await kept(ctx, organizationId, null);
  const own = service ? await kept(ctx, organizationId, service.id) : agency;
  const em = await ctx.db.em();
  const [row] = await em.execute<{ zone: string }[]>('select time_zone as zone from hub.organization where id = ?', [
    organizationId,
  ]);
  const zones = { service: service?.timeZone ?? null, organization: row?.zone ?? 'UTC' };
  const { calendar, targets } = answeringClock(zones, service ? own : null, agency);
  return {
    id: service?.id ?? organizationId,
    service,
    hours: hoursOf(calendar.times.week),
    ownHours: Boolean(own?.week),
    federalHolidays: calendar.times.federalHolidays,
    closedOn: own?.closedOn.toSorted() ?? [],
    timeZone: calendar.times.zone,
    ownTimeZone: Boolean(own?.timeZone),
    targets: (['URGENT', 'ROUTINE'] as const).flatMap((priority) =>
      CLOCKS.map((clock) => {
        const target = targets[priority][clock];
        const set = Boolean(own?.targets[priority]?.[clock]);
        return { priority, clock, ...target, own: set, longest: LONGEST[clock][target.unit] };
      }),
    ),
    version: own?.version ?? 0,
  };
}

function checkedTargets(given: readonly AnsweringTargetInput[]): OwnTimes['targets'] {
  const targets: OwnTimes['targets'] = {};
  for (const { priority, clock, amount, unit } of given) {
    const longest = LONGEST[clock][unit];
    const least = unit === 'WORKING_DAYS' ? 0 : 1;
    if (amount < least || amount > longest) {
      refuse('TARGET_OUT_OF_RANGE', `Give a number from ${least} to ${longest}.`, 'targets');
    }
    const ofPriority: NonNullable<OwnTimes['targets'][Priority]> = (targets[priority] ??= {});
    ofPriority[clock] = { amount, unit };
  }
  return targets;
}

function checkedDays(days: readonly string[]): string[] {
  if (days.length > 200) refuse('TOO_MANY_DAYS', 'Give at most 200 days.', 'closedOn');
  if (days.some((day) => parseDay(day) === null)) refuse('NOT_A_DAY', 'Give days of the calendar.', 'closedOn');
  return [...new Set(days)].toSorted();
}

function checkedZone(zone: string): string {
  const known = DateTime.local().setZone(zone).isValid && /^[A-Za-z_]+(\/[\w+-]+)*$/.test(zone);
  return known ? zone : refuse('NOT_A_ZONE', 'Choose a time zone of the list.', 'timeZone');
}

/** Left out stays as it is; null goes back to what is usual. */
const changed = <G, K>(given: G | null | undefined, stays: K, read: (value: G) => K, usual: K): K =>
  given === undefined ? stays : given === null ? usual : read(given);

/** Changes when the caller's agency works and how much time it has. */
export async function setAnsweringTimes(ctx: HubContext, input: SetAnsweringTimesInput): Promise<AnsweringTimes> {
  const organizationId = organizationOf(ctx);
  const service = await ownService(ctx, input.serviceId);
  const serviceId = service?.id ?? null;
  const em = await ctx.db.em();
  // One change at a time for an agency, also before there is a row to lock.
  await em.execute('select pg_advisory_xact_lock(hashtextextended(?, 44))', [`${organizationId} ${serviceId}`]);
  const before = await kept(ctx, organizationId, serviceId);
  const version = before?.version ?? 0;
  if (typeof input.expectedVersion === 'number' && input.expectedVersion !== version) {
    refuse('CHANGED_MEANWHILE', 'Someone changed this while you were looking at it. Look at it again.');
  }
  const week = changed(input.hours, before?.week ?? null, weekOf, null);
  const targets = changed(input.targets, before?.targets ?? {}, checkedTargets, {});
  const closedOn = changed(input.closedOn, before?.closedOn ?? [], checkedDays, []);
  const federal = changed(input.federalHolidays, before?.federalHolidays ?? null, (on) => on, null);
  const zone = changed(input.timeZone, before?.timeZone ?? null, checkedZone, null);
  await em.execute(
    `insert into hub.answering_times as t (id, organization_id, service_id, week, federal_holidays, closed_on, time_zone, targets, updated_at)
     values (?, ?, ?::uuid, ?::jsonb, ?::boolean, ?::date[], ?::text, ?::jsonb, ?)
     on conflict (organization_id, service_id) do update set week = excluded.week, federal_holidays = excluded.federal_holidays,
       closed_on = excluded.closed_on, time_zone = excluded.time_zone, targets = excluded.targets, updated_at = excluded.updated_at,
       version = t.version + 1`,
    [
      newId(),
      organizationId,
      serviceId,
      week && JSON.stringify(week),
      federal,
      `{${closedOn.join()}}`,
      zone,
      JSON.stringify(targets),
      ctx.clock.now().toISOString(),
    ],
  );
  return readAnsweringTimes(ctx, serviceId);
}

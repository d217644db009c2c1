import type { EntityManager } from '@mikro-orm/postgresql';
import { byId, type HubContext } from '../../access/index.js';
import { keys } from '../../platform/database/compile.js';
import type { Priority } from '../referral.enums.js';
import { USUAL_TARGETS, type Clock, type Target, type Targets } from './targets.js';
import { calendarOf, USUAL_WEEK, type WorkCalendar, type WorkStretch } from './work-calendar.js';

/** What one row of hub.answering_times says; null and what is missing holds as for the whole agency, then as usual. */
export interface OwnTimes {
  week: WorkStretch[] | null;
  federalHolidays: boolean | null;
  closedOn: string[];
  timeZone: string | null;
  targets: Partial<Record<Priority, Partial<Record<Clock, Target>>>>;
}

/** When the agency of a service works, and how much time it has for each clock. */
export interface AnsweringClock {
  calendar: WorkCalendar;
  targets: Targets;
}

interface Row {
  service_id: string;
  zone: string;
  service_zone: string | null;
  own: OwnTimes | null;
  agency: OwnTimes | null;
}

const asJson = (
  table: string,
): string => `case when ${table}.id is not null then jsonb_build_object('week', ${table}.week,
  'federalHolidays', ${table}.federal_holidays, 'closedOn', ${table}.closed_on, 'timeZone', ${table}.time_zone, 'targets', ${table}.targets) end`;

const statement = (place: string): string => `
  select s.id as service_id, o.time_zone as zone, s.time_zone as service_zone, ${asJson('t')} as own, ${asJson('a')} as agency
  from hub.service s join hub.organization o on o.id = s.organization_id
  left join hub.answering_times t on t.organization_id = o.id and t.service_id = s.id
  left join hub.answering_times a on a.organization_id = o.id and a.service_id is null
  where s.id = any (${place}::uuid[])`;
const OF_MANY = statement('?');
const OF_SERVICES = statement('$1');

function targetsOf(own: OwnTimes | null, agency: OwnTimes | null): Targets {
  const of = (priority: Priority): Record<Clock, Target> => {
    const one = (clock: Clock): Target =>
      own?.targets[priority]?.[clock] ?? agency?.targets[priority]?.[clock] ?? USUAL_TARGETS[priority][clock];
    return { SEE: one('SEE'), ANSWER: one('ANSWER'), CONTACT: one('CONTACT'), OUTCOME: one('OUTCOME') };
  };
  return { URGENT: of('URGENT'), ROUTINE: of('ROUTINE') };
}

/** What holds for a service: its own word, else the agency's, else what is usual; both keep each other's closed days. */
export function answeringClock(
  zones: { service: string | null; organization: string },
  own: OwnTimes | null,
  agency: OwnTimes | null,
): AnsweringClock {
  const calendar = calendarOf({
    zone: own?.timeZone ?? zones.service ?? agency?.timeZone ?? zones.organization,
    week: own?.week ?? agency?.week ?? USUAL_WEEK,
    federalHolidays: own?.federalHolidays ?? agency?.federalHolidays ?? true,
    closedOn: [...new Set([...(own?.closedOn ?? []), ...(agency?.closedOn ?? [])])].toSorted(),
  });
  return { calendar, targets: targetsOf(own, agency) };
}

const clockOf = (row: Row): AnsweringClock =>
  answeringClock({ service: row.service_zone, organization: row.zone }, row.own, row.agency);

/** The clocks of many services in one statement, by id. */
export async function clocksOfServices(
  em: EntityManager,
  serviceIds: readonly string[],
): Promise<Map<string, AnsweringClock>> {
  const rows = await em.execute<Row[]>(OF_MANY, [`{${[...new Set(serviceIds)].join()}}`]);
  return new Map(rows.map((row) => [row.service_id, clockOf(row)]));
}

const rowOfService = byId<Row & { id: string }>(async (ctx, ids) => {
  const rows = await ctx.db.gather<Row>(OF_SERVICES, [keys(ids)]);
  return rows.map((row) => ({ ...row, id: row.service_id }));
});

/** The clocks of one service, read with whatever is asked for in the same moment; undefined when there is no such. */
export async function clockOfService(ctx: HubContext, serviceId: string): Promise<AnsweringClock | undefined> {
  const row = await rowOfService(ctx, serviceId);
  return row ? clockOf(row) : undefined;
}

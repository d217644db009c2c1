import { DateTime } from 'luxon';
import type { HubContext } from '../../access/index.js';
import { Organization } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { isOpenOffPlatform } from '../off-platform/machine.js';
import type { OffPlatformReferral } from '../off-platform/off-platform.entity.js';
import { FollowUp, type FollowUpKind } from './follow-up.entity.js';

/** When nobody chose a day: an answer is asked after two working days, a patient after a week. */
const CALL_AGAIN_WORKDAYS = 2;
const CHECK_IN_DAYS = 7;
/** What is set for later than this is a slip of the pen. */
const FARTHEST_DAYS = 400;

/** The calendar day of now where the care organization is. */
export async function todayOf(ctx: HubContext, careOrgId: string): Promise<DateTime> {
  const em = await ctx.db.em();
  const { timeZone } = await em.findOneOrFail(Organization, { id: careOrgId }, { fields: ['timeZone'] });
  return DateTime.fromJSDate(ctx.clock.now(), { zone: timeZone }).startOf('day');
}

/** So many working days after a day, Monday to Friday. */
export function workdaysAfter(day: DateTime, count: number): DateTime {
  let at: DateTime = day;
  for (let left = count; left > 0;) {
    at = at.plus({ days: 1 });
    if (at.weekday <= 5) left -= 1;
  }
  return at;
}

/** A chosen day from today on; refused when it is past or far away. */
export function dayFrom(today: DateTime, chosen: string, field: string): string {
  const day = DateTime.fromISO(chosen, { zone: today.zone });
  const ahead = day.diff(today, 'days').days;
  if (ahead < 0 || ahead > FARTHEST_DAYS) {
    refuse('DAY_NOT_POSSIBLE', 'Choose a day from today on, within a year.', field);
  }
  return chosen;
}

interface Planned {
  kind: FollowUpKind;
  dueOn: string;
}

interface Chosen {
  callAgainOn?: string | null;
  checkInOn?: string | null;
}

/** Which follow-ups help outside the hub makes by itself: call while it is open, ask the patient unless it was declined. */
export function plannedFor(status: OffPlatformReferral['status'], chosen: Chosen, today: DateTime): Planned[] {
  const day = (choice: string | null | undefined, otherwise: DateTime, field: string): string | null =>
    choice === undefined ? otherwise.toISODate() : choice === null ? null : dayFrom(today, choice, field);
  const call = isOpenOffPlatform(status)
    ? day(chosen.callAgainOn, workdaysAfter(today, CALL_AGAIN_WORKDAYS), 'callAgainOn')
    : null;
  const asks = isOpenOffPlatform(status) || status === 'HELPED';
  const check = asks ? day(chosen.checkInOn, today.plus({ days: CHECK_IN_DAYS }), 'checkInOn') : null;
  return [
    ...(call ? [{ kind: 'CALL_AGENCY' as const, dueOn: call }] : []),
    ...(check ? [{ kind: 'CHECK_IN' as const, dueOn: check }] : []),
  ];
}

/** Puts the follow-ups of help outside the hub on the desk of who recorded it. */
export async function planFollowUps(ctx: HubContext, made: OffPlatformReferral, chosen: Chosen): Promise<void> {
  const em = await ctx.db.em();
  const today = await todayOf(ctx, made.careOrgId);
  for (const { kind, dueOn } of plannedFor(made.status, chosen, today)) {
    em.create(FollowUp, {
      id: newId(),
      careOrgId: made.careOrgId,
      patientId: made.patientId,
      offPlatformId: made.id,
      kind,
      dueOn,
      assignedToId: made.madeBy,
      madeBy: made.madeBy,
      madeAt: ctx.clock.now(),
      version: 1,
    });
  }
  await em.flush();
}

/** Nobody has to call any more about what has ended; nor to ask the patient about what never came to be. */
export async function endFollowUps(ctx: HubContext, { id, careOrgId, status }: OffPlatformReferral): Promise<void> {
  if (isOpenOffPlatform(status)) return;
  const em = await ctx.db.em();
  const kinds: FollowUpKind[] = status === 'HELPED' ? ['CALL_AGENCY'] : ['CALL_AGENCY', 'CHECK_IN'];
  const open = await em.find(FollowUp, { offPlatformId: id, careOrgId, doneAt: null, kind: { $in: kinds } });
  for (const followUp of open) {
    followUp.doneAt = ctx.clock.now();
    followUp.doneBy = ctx.caller?.userId ?? null;
    followUp.result = 'NO_LONGER_NEEDED';
  }
  await em.flush();
}

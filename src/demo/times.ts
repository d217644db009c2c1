import type { OwnTimes } from '../referral/index.js';
import type { Batch } from './copy.js';
import type { Dice } from './dice.js';

const DAY = 86_400_000;
const OFFICE = [0, 1, 2, 3, 4].map((day) => ({ day, from: 540, to: 1020 }));

/** When the two agencies that a visitor can sign in to work, and how much time they take. */
export function timesOf(
  batch: Batch,
  dice: Dice,
  now: Date,
  agencies: { pantry: string; housing: string },
): ReadonlyMap<string, OwnTimes> {
  const said = { federalHolidays: true, timeZone: null };
  const party = new Date(now.getTime() + 24 * DAY).toISOString().slice(0, 10);
  const own = new Map<string, OwnTimes>([
    [
      agencies.pantry,
      // Late on Thursdays, and there on Saturday mornings.
      {
        ...said,
        week: [...OFFICE.map((one) => (one.day === 3 ? { ...one, to: 1200 } : one)), { day: 5, from: 540, to: 720 }],
        closedOn: [party],
        targets: { ROUTINE: { ANSWER: { amount: 1, unit: 'WORKING_DAYS' } } },
      },
    ],
    [
      agencies.housing,
      {
        ...said,
        week: OFFICE.filter(({ day }) => day < 4),
        closedOn: [],
        targets: { ROUTINE: { OUTCOME: { amount: 30, unit: 'DAYS' } } },
      },
    ],
  ]);
  for (const [organizationId, { week, federalHolidays, closedOn, timeZone, targets }] of own) {
    batch.add('answering_times', {
      id: dice.id(now),
      organization_id: organizationId,
      week: { json: week },
      federal_holidays: federalHolidays,
      closed_on: closedOn,
      time_zone: timeZone,
      targets: { json: targets },
      updated_at: now,
    });
  }
  return own;
}

import { describe, expect, it } from 'vitest';
import { describeHours } from './describe-hours.js';

const on = '2026-11-22';
const nine = { opensAt: '09:00', closesAt: '17:00', allDay: false, overnight: false };

describe('hours in parts', () => {
  it('group the days that share their hours, in runs', () => {
    const { week } = describeHours(
      [
        ...['MO', 'TU', 'WE', 'TH', 'FR'].map((byday) => ({
          freq: 'WEEKLY',
          byday,
          opensAt: '09:00',
          closesAt: '17:00',
        })),
        { freq: 'WEEKLY', byday: 'SU', opensAt: '09:00', closesAt: '17:00' },
        { freq: 'WEEKLY', byday: 'SA', opensAt: '09:00', closesAt: '12:00' },
        { freq: 'WEEKLY', byday: 'SA', opensAt: '13:00', closesAt: '02:00' },
      ],
      on,
    );
    expect(week).toEqual([
      {
        days: ['MO', 'TU', 'WE', 'TH', 'FR', 'SU'],
        runs: [
          { from: 'MO', to: 'FR' },
          { from: 'SU', to: 'SU' },
        ],
        hours: [nine],
      },
      {
        days: ['SA'],
        runs: [{ from: 'SA', to: 'SA' }],
        hours: [
          { opensAt: '09:00', closesAt: '12:00', allDay: false, overnight: false },
          { opensAt: '13:00', closesAt: '02:00', allDay: false, overnight: true },
        ],
      },
    ]);
  });

  it('say when it is open all day', () => {
    const { week } = describeHours([{ opensAt: '00:00', closesAt: '23:59' }], on);
    expect(week).toMatchObject([
      { runs: [{ from: 'MO', to: 'SU' }], hours: [{ opensAt: '00:00', closesAt: '24:00', allDay: true }] },
    ]);
  });

  it('keep what is irregular apart from the week', () => {
    const { week, irregular } = describeHours(
      [
        { freq: 'MONTHLY', byday: '2MO,-1FR', opensAt: '09:00', closesAt: '17:00' },
        { freq: 'MONTHLY', bymonthday: '1,15', opensAt: '09:00', closesAt: '17:00' },
        { freq: 'WEEKLY', byday: 'TH', interval: 2, dtstart: '2026-01-01', opensAt: '09:00', closesAt: '17:00' },
      ],
      on,
    );
    expect(week).toEqual([]);
    expect(irregular).toEqual([
      {
        every: { count: 1, unit: 'MONTH' },
        days: [
          { day: 'MO', ordinal: 2 },
          { day: 'FR', ordinal: -1 },
        ],
        monthDays: [],
        hours: [nine],
      },
      { every: { count: 1, unit: 'MONTH' }, days: [], monthDays: [1, 15], hours: [nine] },
      { every: { count: 2, unit: 'WEEK' }, days: [{ day: 'TH', ordinal: null }], monthDays: [], hours: [nine] },
    ]);
  });

  it('show periods that are not over, prose, and nothing that has ended', () => {
    const described = describeHours(
      [
        {
          freq: 'WEEKLY',
          byday: 'MO',
          opensAt: '09:00',
          closesAt: '17:00',
          validFrom: '2026-01-01',
          validTo: '2026-12-31',
        },
        { freq: 'WEEKLY', byday: 'TU', opensAt: '09:00', closesAt: '17:00', validTo: '2026-06-30' },
        { validFrom: '2026-12-24', validTo: '2026-12-26' },
        { validFrom: '2026-11-26', validTo: '2026-11-26', opensAt: '09:00', closesAt: '12:00' },
        { validFrom: '2026-07-03', validTo: '2026-07-03' },
        { description: ' By appointment ' },
      ],
      on,
    );
    expect(described.week).toMatchObject([{ days: ['MO'], hours: [nine] }]);
    expect(described.periods).toMatchObject([
      { from: '2026-11-26', to: '2026-11-26', hours: [{ opensAt: '09:00', closesAt: '12:00' }] },
      { from: '2026-12-24', to: '2026-12-26', hours: [] },
    ]);
    expect(described.notes).toEqual(['By appointment']);
  });
});

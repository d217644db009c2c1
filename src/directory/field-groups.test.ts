import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_GROUPS, groupDueOn, groupOf, groupTermDays, listingDueOn, type FieldGroup } from './field-groups.js';
import { LISTING_RISKS, VERIFY_EVERY_DAYS } from './freshness.js';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const all = (on: string | null) =>
  Object.fromEntries(FIELD_GROUPS.map((group) => [group, on])) as Record<FieldGroup, string | null>;

describe('groups of fields', () => {
  it('age in their order: hours faster than a name, whatever the risk', () => {
    for (const risk of LISTING_RISKS) {
      const terms = FIELD_GROUPS.map((group) => groupTermDays(group, risk));
      expect(terms).toEqual(terms.toSorted((a, b) => a - b));
      expect(terms[0]).toBe(VERIFY_EVERY_DAYS[risk]);
      expect(terms.at(-1)).toBeGreaterThan(terms[0] ?? 0);
    }
  });

  it('make a listing due with the first of them, and not before a group was ever assured', () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 5, maxLength: 5 }), fc.constantFrom(...LISTING_RISKS), (days, risk) => {
        const assured = Object.fromEntries(FIELD_GROUPS.map((group, index) => [group, days[index] ?? null])) as Record<
          FieldGroup,
          string
        >;
        const due = listingDueOn(assured, risk) ?? '';
        const each = FIELD_GROUPS.map((group) => groupDueOn(group, assured[group], risk));
        expect(each).toContain(due);
        expect(each.every((one) => one >= due)).toBe(true);
      }),
    );
    expect(listingDueOn({ ...all('2026-01-01'), NAME: null }, 'LOW')).toBeNull();
  });

  it('take the days of the settings, scaled by the risk', () => {
    expect(groupDueOn('HOURS', '2026-01-01', 'MEDIUM', { HOURS: 30 })).toBe('2026-01-31');
    expect(groupDueOn('HOURS', '2026-01-01', 'HIGH', { HOURS: 30 })).toBe('2026-01-16');
  });

  it('know the fields of the history', () => {
    expect(['schedules', 'phones', 'address', 'name', 'alert'].map(groupOf)).toEqual([
      'HOURS',
      'CONTACT',
      'PLACE',
      'NAME',
      undefined,
    ]);
  });
});

import * as fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { DAYS, checkedWindows, nextInWindows, type ContactWindow } from './contact-windows.js';
import { mayReach, type ReachRules } from './may-reach.js';

const zones = fc.constantFrom('America/New_York', 'America/Los_Angeles', 'America/Phoenix', 'Pacific/Honolulu');
// Over both changes of the clocks of 2026, to the minute.
const moments = fc
  .integer({ min: Date.parse('2026-02-20T00:00Z') / 60_000, max: Date.parse('2026-11-20T00:00Z') / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));
const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const windows: fc.Arbitrary<ContactWindow> = fc
  .record({
    days: fc.subarray([...DAYS], { minLength: 1 }),
    start: fc.integer({ min: 0, max: 1438 }),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ days, start, length }) => ({ days, from: time(start), to: time(Math.min(1440, start + length)) }));
const rules: fc.Arbitrary<ReachRules> = fc.record({
  contactMethod: fc.constantFrom('PHONE', 'TEXT', 'EMAIL', 'MAIL', 'NONE'),
  phone: fc.constantFrom('+14105550123', null),
  email: fc.constantFrom('ana@example.org', null),
  phoneSafe: fc.boolean(),
  emailSafe: fc.boolean(),
  voicemailOk: fc.boolean(),
  contactWindows: fc.option(fc.array(windows, { maxLength: 3 })),
  contactTimes: fc.constantFrom(null, '', 'Not when he is home'),
  timeZone: zones,
  language: fc.constantFrom('en', 'es', 'ht'),
  active: fc.boolean(),
  died: fc.constant(false),
});
const ways = fc.constantFrom(undefined, 'EMAIL', 'TEXT', 'CALL') as fc.Arbitrary<'EMAIL' | 'TEXT' | 'CALL' | undefined>;

/** The oracle: what a wall clock and a calendar in that place say. */
function isInside(list: readonly ContactWindow[], zone: string, at: Date): boolean {
  const local = DateTime.fromJSDate(at, { zone });
  const clock = local.toFormat('HH:mm');
  return list.some(
    ({ days, from, to }) => days.includes(DAYS[local.weekday - 1] ?? 'MO') && from <= clock && clock < to,
  );
}

describe('whether a person may be reached', () => {
  it('never reaches whom it must not, where it must not, or outside of the hours', () => {
    fc.assert(
      fc.property(rules, moments, ways, (rule, now, asked) => {
        const reach = mayReach(rule, now, asked);
        if (reach.go === 'ASK') return;
        expect(rule.active).toBe(true);
        expect(rule.contactMethod).not.toBe('NONE');
        // Words about times are for a person to follow.
        expect(!rule.contactWindows && Boolean(rule.contactTimes)).toBe(false);
        const at = reach.go === 'WAIT' ? reach.until : now;
        if (rule.contactWindows) expect(isInside(rule.contactWindows, rule.timeZone, at)).toBe(true);
        if (reach.go === 'WAIT') return;
        const byMail = reach.go === 'SEND' && reach.way === 'EMAIL';
        expect(reach.to).toBe(byMail ? rule.email : rule.phone);
        expect(byMail ? rule.emailSafe : rule.phoneSafe).toBe(true);
        expect(reach.language).toBe(rule.language === 'es' ? 'es' : 'en');
        if (reach.go === 'CALL') expect([asked, reach.voicemail]).toEqual(['CALL', rule.voicemailOk]);
        else expect(reach.way).toBe(asked ?? rule.contactMethod);
        const hour = DateTime.fromJSDate(now, { zone: rule.timeZone }).hour;
        if (!byMail && !rule.contactWindows) expect(hour >= 8 && hour < 21).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('waits for the first moment that fits, and goes at it', () => {
    fc.assert(
      fc.property(fc.array(windows, { minLength: 1, maxLength: 3 }), zones, moments, (list, zone, now) => {
        const next = nextInWindows(list, zone, now);
        if (!next) {
          // Only hours that the clocks leap over have no moment.
          expect(list.every(({ from, to }) => from >= '01:00' && to <= '03:30')).toBe(true);
          return;
        }
        expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(isInside(list, zone, next)).toBe(true);
        for (const share of [0, 0.25, 0.5, 0.75]) {
          const before = new Date(now.getTime() + (next.getTime() - now.getTime()) * share);
          if (before < next) expect(isInside(list, zone, before)).toBe(false);
        }
        expect(nextInWindows(list, zone, next)).toEqual(next);
      }),
      { numRuns: 2000 },
    );
  });

  it('says why a person must decide', () => {
    const fine: ReachRules = {
      contactMethod: 'TEXT',
      phone: '+14105550123',
      email: null,
      phoneSafe: true,
      emailSafe: true,
      voicemailOk: false,
      contactWindows: null,
      contactTimes: null,
      timeZone: 'America/New_York',
      language: 'es',
      active: true,
      died: false,
    };
    const noon = new Date('2026-11-18T17:00:00Z');
    const why = (given: Partial<ReachRules>, asked?: 'EMAIL' | 'TEXT') => {
      const reach = mayReach({ ...fine, ...given }, noon, asked);
      return reach.go === 'ASK' ? reach.why : reach.go;
    };
    expect(mayReach(fine, noon)).toEqual({ go: 'SEND', way: 'TEXT', to: '+14105550123', language: 'es' });
    expect(why({ contactMethod: 'NONE' }, 'TEXT')).toBe('DO_NOT_CONTACT');
    expect(why({ contactMethod: 'PHONE' })).toBe('BY_PHONE');
    expect(why({ contactMethod: 'PHONE' }, 'TEXT')).toBe('SEND');
    expect(why({ contactMethod: 'MAIL' })).toBe('BY_POST');
    expect(why({ phone: null })).toBe('NO_NUMBER');
    expect(why({ phoneSafe: false })).toBe('NOT_THIS_NUMBER');
    expect(why({ contactMethod: 'EMAIL' })).toBe('NO_ADDRESS');
    expect(why({ contactTimes: 'mornings' })).toBe('TIMES_IN_WORDS');
    expect(why({ contactWindows: [] })).toBe('NO_TIME');
    expect(why({ active: false })).toBe('NOT_ACTIVE');
    const night = mayReach(fine, new Date('2026-11-19T04:00:00Z'));
    expect(night).toEqual({ go: 'WAIT', until: new Date('2026-11-19T13:00:00Z') });
  });

  it('keeps windows that make sense', () => {
    expect(checkedWindows([{ days: ['FR', 'MO', 'MO'], from: '09:00', to: '24:00' }])).toEqual([
      { days: ['MO', 'FR'], from: '09:00', to: '24:00' },
    ]);
    for (const wrong of [
      { from: '10:00', to: '09:00' },
      { from: '9:00', to: '10:00' },
      { from: '24:00', to: '24:00' },
    ]) {
      expect(checkedWindows([{ days: ['MO'], ...wrong }])).toBeNull();
    }
    expect(checkedWindows([{ days: [], from: '09:00', to: '10:00' }])).toBeNull();
  });
});

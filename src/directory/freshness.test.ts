import { describe, expect, it } from 'vitest';
import { listingFreshness, listingRisk, nextVerificationOn } from './freshness.js';

const today = '2026-11-22';

describe('the freshness of a listing', () => {
  it.each([
    ['2026-10-01', 'HIGH', '2026-12-30', 'VERIFIED'],
    ['2026-09-23', 'HIGH', '2026-12-22', 'DUE'],
    ['2026-08-24', 'HIGH', '2026-11-22', 'DUE'],
    ['2026-08-23', 'HIGH', '2026-11-21', 'OVERDUE'],
    ['2026-08-23', 'MEDIUM', '2027-02-19', 'VERIFIED'],
    ['2025-11-21', 'LOW', '2026-11-21', 'OVERDUE'],
  ] as const)('assured on %s at risk %s is due on %s: %s', (assuredOn, risk, dueOn, state) => {
    expect(listingFreshness({ assuredOn, risk }, today)).toMatchObject({ assuredOn, dueOn, state });
    expect(nextVerificationOn(assuredOn, risk)).toBe(dueOn);
  });

  it('is NEVER until someone assured it', () => {
    expect(listingFreshness({ assuredOn: null, risk: 'LOW' }, today)).toEqual({
      assuredOn: null,
      dueOn: null,
      state: 'NEVER',
      ageDays: null,
    });
  });

  it('follows the day a curator set', () => {
    expect(listingFreshness({ assuredOn: '2026-11-01', risk: 'LOW', dueOn: '2026-11-15' }, today).state).toBe(
      'OVERDUE',
    );
  });

  it('is asked for more often where a wrong listing does more harm', () => {
    expect(listingRisk({ categories: ['homelessness'] })).toBe('HIGH');
    expect(listingRisk({ categories: ['stress'], sensitivity: 'INTIMATE_PARTNER_VIOLENCE' })).toBe('HIGH');
    expect(listingRisk({ categories: ['stress'], telling: 3 })).toBe('HIGH');
    expect(listingRisk({ categories: ['stress'], takesReferrals: true })).toBe('MEDIUM');
    expect(listingRisk({ categories: ['food-insecurity'] })).toBe('MEDIUM');
    expect(listingRisk({ categories: ['stress'] })).toBe('LOW');
  });
});

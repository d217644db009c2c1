import { describe, expect, it } from 'vitest';
import { SENSITIVITIES, isSdohCategory, sensitivityOf } from '../access/sensitivity.js';
import { SDOH_CATEGORIES, sdohCategory } from './sdoh-categories.js';

// Parents of the FY 2026 code set: a claim or a quality file needs a leaf below them.
const PARENTS = ['Z59.0', 'Z59.1', 'Z59.4', 'Z59.7', 'Z59.8', 'Z59.81', 'Z59.86', 'Z56.8', 'Z63.3', 'Z63.7', 'Z58.8'];

describe('the SDOH categories', () => {
  it('are the 24 of the guide, each with words and a sensitive class', () => {
    expect(SDOH_CATEGORIES.map((category) => category.code)).toHaveLength(24);
    expect(new Set(SDOH_CATEGORIES.map((category) => category.code)).size).toBe(24);
    for (const { code, label, sensitivity, icon } of SDOH_CATEGORIES) {
      expect([code, label.en !== '' && label.es !== '' && icon !== '']).toEqual([code, true]);
      expect(SENSITIVITIES).toContain(sensitivity);
      expect(sensitivityOf(code)).toBe(sensitivity);
    }
  });

  it('carry only billable ICD-10-CM codes, never a parent', () => {
    const codes = SDOH_CATEGORIES.flatMap((category) => category.icd10cm.map((entry) => entry.code));
    expect(codes.filter((code) => PARENTS.includes(code))).toEqual([]);
    const listed = codes.filter((code) => codes.some((other) => other !== code && other.startsWith(code)));
    expect(listed).toEqual([]);
    expect(sdohCategory('food-insecurity')?.icd10cm.map((entry) => entry.code)).toEqual(['Z59.41', 'Z59.48']);
  });

  it('know which codes are theirs', () => {
    expect(isSdohCategory('food-insecurity')).toBe(true);
    expect(isSdohCategory('hunger')).toBe(false);
    expect(sensitivityOf('intimate-partner-violence')).toBe('INTIMATE_PARTNER_VIOLENCE');
    expect(sensitivityOf('hunger')).toBe('NONE');
  });
});

import { describe, expect, it } from 'vitest';
import { OPTIONAL_KEYS, shareOf, type Shareable } from './shared-information.js';

describe('what is shared', () => {
  const ana: Shareable = {
    givenName: 'Ana',
    familyName: 'Ruiz',
    birthDate: '1980-01-31',
    language: 'es',
    interpreterNeeded: true,
    phone: '+14105550123',
    email: 'ana@example.org',
    address1: '1 Main St',
    city: 'Baltimore',
    state: 'MD',
    zip: '21201',
    contactMethod: 'PHONE',
    voicemailOk: false,
    whatMatters: 'Her garden',
  };
  const keys = (more: Partial<Shareable>, ...chosen: (typeof OPTIONAL_KEYS)[number][]) =>
    shareOf({ ...ana, ...more }, ['Food'], chosen).map((item) => item.key);

  it('carries the way in which the person wants to be reached, and no phone when nobody may call', () => {
    expect(keys({})).toEqual(['name', 'needs', 'phone', 'safeContact', 'language', 'interpreter', 'zip']);
    expect(keys({ contactMethod: 'EMAIL' })).toContain('email');
    expect(keys({ contactMethod: 'MAIL' })).toContain('address');
    expect(keys({ contactMethod: 'NONE' })).not.toContain('phone');
  });

  it('carries what the sender chose and what is known, in reading order', () => {
    expect(keys({ whatMatters: null }, 'whatMatters', 'address', 'birthDate')).toEqual([
      'name',
      'needs',
      'phone',
      'safeContact',
      'language',
      'interpreter',
      'zip',
      'birthDate',
      'address',
    ]);
  });
});

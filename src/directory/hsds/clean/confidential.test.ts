import { describe, expect, it } from 'vitest';
import { sheltersSurvivors } from './confidential.js';

describe('listings that shelter survivors of violence', () => {
  it.each([
    ['Domestic Violence Hotline', null],
    ['Women in Crisis', 'Emergency shelter for battered women and their children.'],
    ['Casa Segura', 'Refugio para víctimas de violencia doméstica.'],
    ['Safe Start', 'We run a safe house for survivors of human trafficking.'],
    ['Family center', 'Transitional housing. For women who leave a home with domestic violence.'],
  ])('%s', (name, description) => {
    expect(sheltersSurvivors(name, description)).toBe(true);
  });

  it.each([
    ['Overnight shelter', 'A bed for the night for adults.'],
    ['Bar association', 'Lawyers for divorce, custody and domestic violence cases.'],
    [
      'Legal aid',
      `Domestic violence cases. ${'We also help tenants with leases. '.repeat(10)} Ask at the shelter for a form.`,
    ],
    ['Dating advice for seniors', null],
    [null, null],
  ])('not %s', (name, description) => {
    expect(sheltersSurvivors(name, description)).toBe(false);
  });
});

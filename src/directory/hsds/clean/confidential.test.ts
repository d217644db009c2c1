import { describe, expect, it } from 'vitest';
import { revealedBy, sheltersSurvivors } from './confidential.js';

describe('listings that shelter survivors of violence', () => {
  it.each([
    ['Domestic Violence Hotline', null],
    ['Women in Crisis', 'Emergency shelter for battered women and their children.'],
    ['Casa Segura', 'Refugio para víctimas de violencia doméstica.'],
    ['Casa Luz', 'Albergue para mujeres maltratadas y sus hijos.'],
    ['Safe Start', 'We run a safe house for survivors of human trafficking.'],
    ['Family center', 'Transitional housing. For women who leave a home with domestic violence.'],
    ['Marigold Home', 'A safe, empowering transitional home for young survivors of sex trafficking.'],
    ['Willow Building / Emergency and Transitional Safe Housing', 'Apartments for survivors of domestic violence.'],
    ['Stepping Stones', 'A transitional-to-permanent housing program for families fleeing from domestic violence.'],
    ['Ana’s Program', 'Mothers and children live together in undisclosed locations.'],
    ['Wings', 'Permanent supportive housing. Staff help residents to heal from domestic abuse.'],
    ['Aspen Safehouse', 'The county’s only place for people who escape abuse.'],
    ['Counseling and Aid Network for Abused Women', 'Helps families to be safe. A lawyer comes on Mondays.'],
    ['Legal Aid and Shelter for Battered Women', null],
    ['Larkspur Legal Services', 'We run a safe house for survivors of domestic violence and go to court with them.'],
    ['Safe Harbor', 'Provides emergency shelter, counseling and referrals to legal help for battered women.'],
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
    ['Elm Superior Court: Domestic Violence Intake Center', 'Advocates help with petitions. Referrals to shelters.'],
    ['County Courthouse, Family Violence Unit', null],
    ['Elm County Police Department, Domestic Violence Unit', 'Officers take reports and can bring you to a shelter.'],
    ['State’s Attorney, Sexual Assault Division', 'Prosecutes cases.'],
    ['Domestic Violence Legal Clinic', 'Lawyers for orders of protection.'],
    ['Domestic violence program - north', 'Direct representation'],
    ['Domestic Violence Project', 'Gives legal assistance to survivors of domestic violence.'],
    ['Child Protective Services', 'Looks into sexual abuse. A child may be placed in sheltered care.'],
    ['Union office', 'Provides referrals to other groups for shelter, food, domestic violence and more.'],
    [null, null],
  ])('not %s', (name, description) => {
    expect(sheltersSurvivors(name, description)).toBe(false);
  });
});

it('a legal office whose name speaks of violence stays a sensitive one; others are plain', () => {
  expect(revealedBy('Domestic Violence Legal Clinic', 'Lawyers.')).toBe('IMMIGRATION_LEGAL');
  expect(revealedBy('Elm Superior Court: Domestic Violence Intake Center', null)).toBe('IMMIGRATION_LEGAL');
  expect(revealedBy('Elm Shelter for Battered Women', null)).toBe('INTIMATE_PARTNER_VIOLENCE');
  expect(revealedBy('Elm Police Department', 'Also takes reports of domestic violence.')).toBeNull();
});

import type { Role } from '../access/permissions.js';

/** Whose organization an account belongs to, by the place it has in the demo. */
export type DemoPlace = 'care' | 'pantry' | 'housing' | 'plan' | 'steward';

export interface DemoPerson {
  email: string;
  name: string;
  role: Role;
  place: DemoPlace;
}

/** One password for the whole demo. It opens nothing else: a hub in production has no demo accounts. */
export const DEMO_PASSWORD = 'walk-the-demo-harbor';

/** The people a visitor can sign in as. Fictional, with addresses that can never receive mail. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: 'care@example.org', name: 'Casey Example', role: 'CARE_MANAGER', place: 'care' },
  { email: 'supervisor@example.org', name: 'Sam Sample', role: 'CARE_SUPERVISOR', place: 'care' },
  { email: 'privacy@example.org', name: 'Pat Placeholder', role: 'PRIVACY_OFFICER', place: 'care' },
  { email: 'pantry@example.org', name: 'Robin Fictional', role: 'AGENCY_ADMIN', place: 'pantry' },
  { email: 'housing@example.org', name: 'Jo Invented', role: 'AGENCY_STAFF', place: 'housing' },
  { email: 'plan@example.org', name: 'Alex Madeup', role: 'PLAN_ANALYST', place: 'plan' },
  { email: 'planadmin@example.org', name: 'Dana Notreal', role: 'PLAN_ADMIN', place: 'plan' },
  { email: 'curator@example.org', name: 'Kim Standin', role: 'CURATOR', place: 'steward' },
  { email: 'operator@example.org', name: 'Lee Pretend', role: 'OPERATOR', place: 'steward' },
];

const everyone = ['viewer.read', 'search.read'] as const;
const care = [
  ...everyone,
  'search.patient',
  'patient.read',
  'patient.write',
  'patient.restrict',
  'emergency.open',
  'screening.read',
  'screening.write',
  'need.write',
  'consent.write',
  'referral.read',
  'referral.send',
  'referral.message',
] as const;
const agency = [...everyone, 'referral.read', 'referral.answer', 'referral.message', 'listing.write'] as const;
const plan = [...everyone, 'population.read'] as const;
const administration = ['organization.manage', 'member.manage', 'apikey.manage'] as const;

/** What each role may do. The one table: what is not listed beside a role is denied. */
const TABLE = {
  CARE_MANAGER: care,
  CARE_SUPERVISOR: [...care, 'patient.assign', ...administration],
  AGENCY_STAFF: agency,
  AGENCY_ADMIN: [...agency, ...administration],
  PLAN_ANALYST: plan,
  PLAN_ADMIN: [...plan, ...administration],
  CURATOR: [...everyone, 'directory.write', 'directory.verify', 'directory.import', 'instrument.write'],
  PRIVACY_OFFICER: [...everyone, 'patient.read', 'patient.restrict', 'audit.read'],
  OPERATOR: [...everyone, 'directory.import', 'instrument.write', 'hub.operate', ...administration],
} as const;

/** A role in a membership. */
export type Role = keyof typeof TABLE;
/** One thing a caller may be allowed to do. `public` is what everyone has, signed in or not. */
export type Permission = (typeof TABLE)[Role][number] | PagePermission | 'public';
/** What the link of a page allows: to read it, to say how its reader is reached, to send a paper, and, the patient's, to decide on it. No role has it. */
export type PagePermission = 'help.read' | 'help.contact' | 'help.paper' | 'help.write';

/** Which roles make sense in which kind of organization: nobody may hand out another. */
export const ROLES_BY_KIND: Readonly<Record<'CARE' | 'AGENCY' | 'PLAN' | 'STEWARD', readonly Role[]>> = {
  CARE: ['CARE_MANAGER', 'CARE_SUPERVISOR', 'PRIVACY_OFFICER'],
  AGENCY: ['AGENCY_STAFF', 'AGENCY_ADMIN'],
  PLAN: ['PLAN_ANALYST', 'PLAN_ADMIN', 'PRIVACY_OFFICER'],
  STEWARD: ['CURATOR', 'OPERATOR', 'PRIVACY_OFFICER'],
};

/** All that a set of roles allows together. */
export function permissionsOf(roles: readonly Role[]): ReadonlySet<Permission> {
  return new Set<Permission>(['public', ...roles.flatMap((role) => [...TABLE[role]])]);
}

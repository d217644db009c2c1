import { registerEnumType } from 'type-graphql';
import type { Role as RoleName } from '../../access/permissions.js';

/** The roles as the API's enum; the names are those of access/permissions. */
export const Role: { readonly [R in RoleName]: R } = {
  CARE_MANAGER: 'CARE_MANAGER',
  CARE_SUPERVISOR: 'CARE_SUPERVISOR',
  AGENCY_STAFF: 'AGENCY_STAFF',
  AGENCY_ADMIN: 'AGENCY_ADMIN',
  PLAN_ANALYST: 'PLAN_ANALYST',
  PLAN_ADMIN: 'PLAN_ADMIN',
  CURATOR: 'CURATOR',
  PRIVACY_OFFICER: 'PRIVACY_OFFICER',
  OPERATOR: 'OPERATOR',
};
export type Role = RoleName;

registerEnumType(Role, {
  name: 'Role',
  description: 'What a person does in an organization; permissions follow from it.',
  valuesConfig: {
    CARE_MANAGER: { description: 'Screens patients and sends referrals.' },
    CARE_SUPERVISOR: { description: 'A care manager who assigns patients and manages members.' },
    AGENCY_STAFF: { description: 'Answers referrals and keeps the listing true.' },
    AGENCY_ADMIN: { description: 'Agency staff who manages members.' },
    PLAN_ANALYST: { description: 'Reads counts over the members of a health plan.' },
    PLAN_ADMIN: { description: 'A plan analyst who manages members.' },
    CURATOR: { description: 'Keeps the directory true.' },
    PRIVACY_OFFICER: { description: 'Sees who has seen a person, and why.' },
    OPERATOR: { description: 'Runs the hub: how it does, imports, members, keys.' },
  },
});

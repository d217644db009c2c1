import type { OrganizationKind, Role } from '#lib/gql/graphql';

/** Which roles make sense in which kind of organization; the server allows no others. */
const byKind: Record<OrganizationKind, readonly Role[]> = {
  CARE: ['CARE_MANAGER', 'CARE_SUPERVISOR', 'PRIVACY_OFFICER'],
  AGENCY: ['AGENCY_STAFF', 'AGENCY_ADMIN'],
  PLAN: ['PLAN_ANALYST', 'PLAN_ADMIN', 'PRIVACY_OFFICER'],
  STEWARD: ['CURATOR', 'OPERATOR', 'PRIVACY_OFFICER'],
};
export const rolesOf = (kind: OrganizationKind | undefined): readonly Role[] => (kind ? byKind[kind] : []);

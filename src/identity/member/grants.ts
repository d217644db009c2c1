import { permissionsOf, ROLES_BY_KIND, type Role } from '../../access/permissions.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { OrganizationKind } from '../organization/organization.entity.js';

/** Roles that manage members. Whoever holds one may hand out every role of their kind of organization. */
export function isAdministrator(roles: readonly Role[]): boolean {
  return permissionsOf(roles).has('member.manage');
}

/** All roles that manage members, for a query. */
export const administratorRoles: readonly Role[] = Object.values(ROLES_BY_KIND)
  .flat()
  .filter((role, index, all) => all.indexOf(role) === index && isAdministrator([role]));

/** Each role once, in the order given. Refuses none at all, and those that do not fit the kind of organization. */
export function fittingRoles(roles: readonly Role[], kind: `${OrganizationKind}`): Role[] {
  const wanted = [...new Set(roles)];
  if (wanted.length === 0) return refuse('ROLES_MISSING', 'Choose at least one role.', 'roles');
  if (wanted.every((role) => ROLES_BY_KIND[kind].includes(role))) return wanted;
  return refuse('ROLE_DOES_NOT_FIT', 'This role does not exist in your kind of organization.', 'roles');
}

/** Whether a key with these roles can do nothing that its maker cannot. */
export function withinReach(roles: readonly Role[], makers: readonly Role[]): boolean {
  const reach = permissionsOf(makers);
  return [...permissionsOf(roles)].every((permission) => reach.has(permission));
}

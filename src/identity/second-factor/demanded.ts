import type { Role } from '../../access/permissions.js';
import type { Config } from '../../platform/config.js';
import { ConfigError } from '../../platform/start-error.js';
import { Role as roles } from '../member/role.js';

type Policy = Pick<Config, 'secondFactorRoles'>;
const everybody = 'all';

/** Whether somebody with these roles may only work here with a second factor, by the operator's policy. */
export function demandsSecondFactor({ secondFactorRoles }: Policy, held: readonly Role[] | null): boolean {
  return (held ?? []).some((role) => secondFactorRoles.includes(role) || secondFactorRoles.includes(everybody));
}

/** Refuses to start with a role that does not exist: a policy with a typing error would protect nobody. */
export function checkPolicy({ secondFactorRoles }: Policy): void {
  const wrong = secondFactorRoles.find((name) => name !== everybody && !(name in roles));
  if (wrong !== undefined) {
    throw new ConfigError(`SECOND_FACTOR_ROLES: "${wrong}" is not "all" or one of ${Object.keys(roles).join(', ')}.`);
  }
}

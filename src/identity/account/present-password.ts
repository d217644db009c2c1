import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { auditDoor } from '../audit.js';
import { personOf } from '../session/person.js';
import { afterRightPassword, afterWrongPassword, beforePassword } from '../sign-in/attempts.js';
import type { Account } from './account.js';
import { isPassword } from './password.js';

/**
 * Asks somebody who is signed in for their password once more, before what protects their account changes. Counted like
 * a sign-in; a wrong one is audited as a refused `action`. Throws RATE_LIMITED.
 */
export async function demandPassword(
  ctx: HubContext,
  account: Account,
  password: string,
  { action, field }: { action: string; field: string },
): Promise<void> {
  await beforePassword(ctx, account.email);
  if (await isPassword(account.passwordHash, password)) return afterRightPassword(ctx, account.email);
  await afterWrongPassword(ctx, account.email);
  await noteRefusal(ctx, action, 'password');
  return refuse('WRONG_PASSWORD', 'This is not your present password.', field);
}

/** Into the audit: somebody in this person's session did not know what was asked for. */
export async function noteRefusal(ctx: HubContext, action: string, by: 'password' | 'code'): Promise<void> {
  const { userId, organizationId, roles } = personOf(ctx);
  const requestId = ctx.request.id;
  const entry = { action, outcome: 'REFUSED', organizationId, userId, roles, requestId, detail: { by } } as const;
  await auditDoor(ctx.platform.authPool, entry);
}

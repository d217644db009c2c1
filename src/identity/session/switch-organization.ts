import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { auditDoor } from '../audit.js';
import { inTransaction } from '../transaction.js';
import { personOf } from './person.js';

/** From now on the session acts in another of the person's organizations. Somebody else's membership is NOT_FOUND. */
export async function switchOrganization(ctx: HubContext, membershipId: string): Promise<void> {
  const { userId, sessionId } = personOf(ctx);
  const chosen = ctx.caller?.memberships.find(({ id }) => id === membershipId.toLowerCase());
  if (!chosen) return fail.notFound('Membership');
  const { organizationId, roles } = chosen;
  await inTransaction(ctx.platform.authPool, async (db) => {
    await db.query('update hub.session set membership_id = $2 where id = $1', [sessionId, chosen.id]);
    await auditDoor(db, { action: 'session.switch', organizationId, userId, roles, requestId: ctx.request.id });
  });
}

import { load, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { accountById } from '../account/account.js';
import { auditDoor } from '../audit.js';
import { sendNotice } from '../letters/notice.js';
import { forgetSecondFactor } from '../second-factor/turn-off.js';
import { personOf } from '../session/person.js';
import { endSessionsOf } from '../session/session.js';
import { inTransaction } from '../transaction.js';
import { Membership } from './membership.entity.js';

/**
 * Takes the second factor of a colleague away who has lost phone and recovery codes. They are signed out everywhere and
 * get a letter; a role that asks for a second factor asks for a new one at the next sign-in. An account is one for all
 * its organizations, so each of them finds the entry in its audit.
 */
export async function resetSecondFactor(ctx: HubContext, membershipId: string): Promise<Membership> {
  const { userId, organizationId, roles } = personOf(ctx);
  const { authPool, clock } = ctx.platform;
  const membership = await load(ctx, Membership, membershipId, 'manage');
  if (membership.endedAt) return refuse('NOT_A_MEMBER', 'This person is no longer a member. Invite them again.');
  const colleague = membership.userId;
  if (colleague === userId) {
    return refuse('OWN_SECOND_FACTOR', 'Change your own second step in your settings, or ask another administrator.');
  }
  const account = await accountById(authPool, colleague);
  if (!account) return fail.notFound('Membership');
  if (!account.totpConfirmedAt) return refuse('NO_SECOND_FACTOR', 'The second step is off already.');
  await inTransaction(authPool, async (db) => {
    await forgetSecondFactor(db, colleague, clock.now());
    await endSessionsOf(db, colleague);
    const { rows } = await db.query<{ id: string }>(
      'select organization_id as id from hub.membership where user_id = $1 and ended_at is null order by 1',
      [colleague],
    );
    const entry = { action: 'member.second-factor', userId, about: colleague, roles, requestId: ctx.request.id };
    for (const { id } of rows) {
      await auditDoor(db, { ...entry, organizationId: id, detail: { what: 'reset', by: organizationId } });
    }
    await sendNotice(db, { userId: colleague, what: 'second-factor-reset', organizationId });
  });
  return membership;
}

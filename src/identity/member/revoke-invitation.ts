import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { personOf } from '../session/person.js';
import { Invitation } from './invitation.entity.js';

/** Withdraws an invitation that was not used yet. Doing it twice changes nothing. */
export async function revokeInvitation(ctx: HubContext, id: string): Promise<Invitation> {
  personOf(ctx);
  const invitation = await load(ctx, Invitation, id, 'manage', { lock: LockMode.PESSIMISTIC_WRITE });
  if (invitation.acceptedAt) return refuse('ALREADY_ACCEPTED', 'This invitation was used already.');
  invitation.revokedAt ??= ctx.clock.now();
  ctx.audit.record({ action: 'member.invitation.revoke', entity: 'Invitation', entityId: id });
  return invitation;
}

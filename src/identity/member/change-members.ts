import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { ApiKey } from '../api-key/api-key.entity.js';
import { personOf } from '../session/person.js';
import { administratorRoles, fittingRoles, isAdministrator } from './grants.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { ownOrganization } from './own-organization.js';
import type { Role } from './role.js';

/** Gives a member other roles. Nobody gives themselves a new one, and the last administrator stays one. */
export async function changeMemberRoles(ctx: HubContext, id: string, roles: readonly Role[]): Promise<Membership> {
  const { userId } = personOf(ctx);
  const membership = await loadMember(ctx, id);
  if (membership.endedAt) return refuse('NOT_A_MEMBER', 'This person is no longer a member. Invite them again.');
  const { kind } = await ownOrganization(ctx);
  const wanted = fittingRoles(roles, kind);
  if (membership.userId === userId && wanted.some((role) => !membership.roles.includes(role))) {
    return refuse('OWN_ROLES', 'You cannot give yourself a role. Ask another administrator.', 'roles');
  }
  if (isAdministrator(membership.roles) && !isAdministrator(wanted)) await demandAnother(ctx, membership);
  const detail = { from: membership.roles, to: wanted };
  membership.roles = wanted;
  ctx.audit.record({ action: 'member.roles', entity: 'Membership', entityId: id, detail });
  return membership;
}

/**
 * Ends a membership at once: sessions in this organization, the API keys the person made for it and the invitations
 * they sent. Doing it twice changes nothing.
 */
export async function endMembership(ctx: HubContext, id: string): Promise<Membership> {
  personOf(ctx);
  const membership = await loadMember(ctx, id);
  if (membership.endedAt) return membership;
  if (isAdministrator(membership.roles)) await demandAnother(ctx, membership);
  const { userId, organizationId } = membership;
  const now = ctx.clock.now();
  membership.endedAt = now;
  const em = await ctx.db.em();
  await em.nativeUpdate(ApiKey, { organizationId, createdBy: userId, revokedAt: null }, { revokedAt: now });
  const open = { organizationId, invitedBy: userId, acceptedAt: null, revokedAt: null };
  await em.nativeUpdate(Invitation, open, { revokedAt: now });
  // The look-up refuses these sessions from the commit on. Should that fail, their owner signs in again.
  await ctx.platform.authPool.query('delete from hub.session where membership_id = $1', [id]);
  ctx.audit.record({ action: 'member.end', entity: 'Membership', entityId: id });
  return membership;
}

function loadMember(ctx: HubContext, id: string): Promise<Membership> {
  return load(ctx, Membership, id, 'manage', { lock: LockMode.PESSIMISTIC_WRITE });
}

/** Refuses to leave an organization without anybody who manages members. */
async function demandAnother(ctx: HubContext, leaving: Membership): Promise<void> {
  const em = await ctx.db.em();
  // Locked all together and in one order: two administrators who remove each other take turns.
  const left = await em.find(
    Membership,
    { organizationId: leaving.organizationId, endedAt: null, roles: { $overlap: [...administratorRoles] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  if (left.some((other) => other.id !== leaving.id)) return;
  refuse('LAST_ADMINISTRATOR', 'This is the only administrator. Make somebody else one first.');
}

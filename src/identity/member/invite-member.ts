import { isEmail } from 'class-validator';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { User } from '../account/user.entity.js';
import { invitationLetter } from '../letters/letters.js';
import { tokenLink } from '../letters/link.js';
import { Organization } from '../organization/organization.entity.js';
import { personOf } from '../session/person.js';
import { hashToken, hashWith, keyFor } from '../token.js';
import { fittingRoles } from './grants.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { ownOrganization } from './own-organization.js';
import type { Role } from './role.js';

const validMs = 7 * 24 * 60 * 60_000;
/** Invitations that wait at a time: what a clinic needs, not what a spammer would like. */
const maxOpen = 200;

/** The token of an invitation. It follows from the id, so that a letter that is sent again holds the same one. */
export function invitationToken(secret: string, id: string): string {
  return hashWith(keyFor(secret, 'invitation token'), id).toString('base64url');
}

/** Invites somebody into the caller's organization; the letter leaves when the transaction commits. */
export async function inviteMember(ctx: HubContext, email: string, roles: readonly Role[]): Promise<Invitation> {
  const { userId } = personOf(ctx);
  const address = email.trim();
  if (!isEmail(address)) return refuse('NOT_AN_ADDRESS', 'This is not an e-mail address.', 'email');
  const { id: organizationId, kind } = await ownOrganization(ctx);
  const fitting = fittingRoles(roles, kind);
  const em = await ctx.db.em();
  const known = await em.findOne(User, { email: address });
  const member = known && (await em.count(Membership, { userId: known.id, organizationId, endedAt: null }));
  if (member) return refuse('ALREADY_MEMBER', 'This person is a member already.', 'email');
  const now = ctx.clock.now();
  const open = await em.find(Invitation, {
    organizationId,
    acceptedAt: null,
    revokedAt: null,
    expiresAt: { $gt: now },
  });
  if (open.length >= maxOpen) {
    return refuse('TOO_MANY_INVITATIONS', 'Too many invitations are waiting. Withdraw some first.');
  }
  // The letter sent last is the one that works.
  for (const older of open) if (older.email.toLowerCase() === address.toLowerCase()) older.revokedAt = now;
  const id = newId();
  const invitation = em.create(Invitation, {
    id,
    organizationId,
    email: address,
    roles: fitting,
    tokenHash: hashToken(invitationToken(ctx.platform.config.secret, id)),
    invitedBy: userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + validMs),
  });
  await em.flush();
  await enqueue(em, sendInvitation, { invitationId: id });
  ctx.audit.record({ action: 'member.invite', entity: 'Invitation', entityId: id, detail: { roles: fitting } });
  return invitation;
}

export const sendInvitation = defineTask<{ invitationId: string }>(
  'identity.invitation',
  async ({ invitationId }, { db, platform }) => {
    const em = await db.em();
    const invitation = await em.findOne(Invitation, invitationId);
    if (!invitation || invitation.acceptedAt || invitation.revokedAt) return;
    const inviter = await em.findOneOrFail(User, invitation.invitedBy);
    const organization = await em.findOneOrFail(Organization, invitation.organizationId);
    const link = tokenLink(platform.config, 'invitation', invitationToken(platform.config.secret, invitationId));
    const letter = invitationLetter({ organization: organization.name, inviter: inviter.name, link });
    await platform.mail.send({ ...letter, to: invitation.email, purpose: 'invitation', id: invitationId });
  },
);

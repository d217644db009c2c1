import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '../../platform/jobs/enqueue.js';
import type { Platform } from '../../platform/platform.js';
import { hashToken } from '../token.js';
import { Invitation } from './invitation.entity.js';
import { invitationToken, sendInvitation } from './invite-member.js';

const validMs = 14 * 24 * 60 * 60_000;

/** Invites somebody to run an agency that was listed without them. For background work: a curator approved it. */
export async function inviteClaimant(
  em: EntityManager,
  platform: Platform,
  claim: { id: string; organizationId: string; email: string; invitedBy: string },
): Promise<void> {
  const { id, organizationId, email, invitedBy } = claim;
  if (await em.findOne(Invitation, id)) return;
  const now = platform.clock.now();
  em.create(Invitation, {
    id,
    organizationId,
    email,
    roles: ['AGENCY_ADMIN'],
    tokenHash: hashToken(invitationToken(platform.config.secret, id)),
    invitedBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + validMs),
  });
  await em.flush();
  await enqueue(em, sendInvitation, { invitationId: id });
}

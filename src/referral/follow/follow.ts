import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { isTerminal } from '../machine.js';
import type { Referral } from '../referral.entity.js';
import { lockReferral, takeStep } from '../take-step.js';
import type { FollowHow } from './follow.enums.js';
import { whyNotFollow, type NoFollow } from './may-follow.js';
import { ReferralTransfer } from './transfer.entity.js';

const WORDS: Record<NoFollow, string> = {
  STILL_OPEN: 'This referral is still open. Take it back, or pass it on.',
  NEVER_WAS: 'Nothing can follow a referral that was a mistake. Send a new one.',
  OTHER_PERSON: 'This referral is about somebody else.',
  OTHER_SERVICE: 'Opening it again goes to the same service. To ask another one, pass it on.',
  SAME_SERVICE: 'This service has it already. Choose another one.',
};

/** What a referral that is about to be sent follows. */
export interface Following {
  older: Referral;
  how: FollowHow;
}

interface Asked {
  patientId: string;
  serviceId: string;
  followsId?: string | null | undefined;
  followsHow?: FollowHow | null | undefined;
}

/**
 * The referral that this one would follow, locked before anything else is, and nothing that follows it already: of two
 * who open it again at once the second sees that somebody has. Null when it follows none.
 */
export async function followed(ctx: HubContext, asked: Asked): Promise<Following | null> {
  if (!asked.followsId) return null;
  const older = await lockReferral(ctx, asked.followsId, 'send');
  const how = asked.followsHow ?? 'REOPENED';
  const { patientId, serviceId } = asked;
  const why = whyNotFollow(older, { patientId, serviceId, fromOrgId: ctx.caller?.organizationId ?? '' }, how);
  if (why) refuse(why, WORDS[why], 'followsId');
  const em = await ctx.db.em();
  const [next] = await em.execute<{ id: string }[]>(
    `select id from hub.referral where follows_id = ? and from_org_id = ? and status <> 'ENTERED_IN_ERROR'`,
    [older.id, older.fromOrgId],
  );
  if (next) refuse('FOLLOWED_ALREADY', 'Somebody has gone on with this referral already.', 'followsId');
  return { older, how };
}

/** What becomes of the older one when the new one is sent: passed on, it ends there, and a proposal has its answer. */
export async function leaveOlder(ctx: HubContext, { older, how }: Following, serviceId: string): Promise<void> {
  if (how === 'REOPENED') return;
  if (!isTerminal(older.status)) {
    await takeStep(ctx, { id: older.id, reasonCode: 'TRANSFERRED' }, 'CANCELLED', 'cancel');
  }
  const em = await ctx.db.em();
  const proposal = await em.findOne(ReferralTransfer, { referralId: older.id, settled: null });
  if (!proposal) return;
  proposal.settled = proposal.serviceId === serviceId ? 'SENT' : 'LEFT';
  proposal.settledAt = ctx.clock.now();
  await em.flush();
}

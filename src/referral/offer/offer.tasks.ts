import { on } from '../../platform/events.js';
import { defineTask, type TaskContext } from '../../platform/jobs/task.js';
import type { HubContext } from '../../access/index.js';
import type { Side, Status } from '../referral.enums.js';
import { asSender } from './as-sender.js';
import { goOn, withdrawOthers } from './go-on.js';

const OFFER = `select f.sent_by as "userId", f.from_org_id as "organizationId" from hub.referral r join hub.referral_offer f on f.id = r.offer_id
  where r.id = ?`;

/** Works on the offer of a referral in the name of whoever sent it; nothing for a referral without one. */
async function inOffer(
  { db, platform }: TaskContext,
  referralId: string,
  work: (as: HubContext) => Promise<void>,
): Promise<void> {
  const rows = await (await db.em()).execute<{ userId: string; organizationId: string }[]>(OFFER, [referralId]);
  await db.end();
  const [sender] = rows;
  if (!sender) return;
  const allowed = await asSender(platform, sender, async (as) => {
    await work(as);
    return true;
  });
  if (allowed) return;
  // Nobody is left in whose name anything may be sent: the offer ends, and its referrals stay on the desk.
  await db.write((em) =>
    em.execute(
      `update hub.referral_offer f set status = 'EXHAUSTED', closed_at = ? from hub.referral r where r.id = ? and f.id = r.offer_id
       and f.status = 'OPEN' and f.kind = 'CASCADE'`,
      [platform.clock.now().toISOString(), referralId],
    ),
  );
}

const ENDS: ReadonlySet<Status> = new Set(['REJECTED', 'FAILED', 'CANCELLED']);

interface Moved {
  referralId: string;
  patientId: string;
  to: Status;
  side: Side;
}

/** What a step means for the offer it belongs to: the others are told, or the next one is asked. */
export const followOffer = defineTask<Moved>('referral.follow-offer', async ({ referralId, to, side }, context) => {
  if (to === 'ACCEPTED') await inOffer(context, referralId, (as) => withdrawOthers(as, referralId));
  // What the sender withdraws is the sender's own decision, and no reason to ask somebody else.
  else if (ENDS.has(to) && side === 'TARGET') await inOffer(context, referralId, (as) => goOn(as, referralId));
});

/** No answer came in spite of all reminders: the next agency is asked, where that was allowed. */
export const handOver = defineTask<{ referralId: string }>('referral.hand-over', async ({ referralId }, context) =>
  inOffer(context, referralId, (as) => goOn(as, referralId)),
);

export const offerSubscriptions = [on('referral.moved', followOffer)];

import type { EntityManager } from '@mikro-orm/postgresql';

/** Whether the agency of `r` sees it, by the consent as it is at the moment of the session. */
export const IN_SIGHT = 'hub.in_sight(r.answered_at, r.consent_ended_at, r.consent_until, hub.moment())';

const SEEN = `select r.id from hub.referral r where r.id = ? and ${IN_SIGHT}`;
const TOLD = `select r.id from hub.referral r where r.id = ?
  and (r.seen_at is not null or exists (select from hub.referral_link l where l.referral_id = r.id))`;

/** Whether the agency still sees a referral: not when the person stopped sharing before it had answered. */
export const isSeen = async (em: EntityManager, referralId: string): Promise<boolean> =>
  (await em.execute(SEEN, [referralId])).length > 0;

/** Whether the agency ever heard of a referral: what it was never told of is not withdrawn from it. */
export const isTold = async (em: EntityManager, referralId: string): Promise<boolean> =>
  (await em.execute(TOLD, [referralId])).length > 0;

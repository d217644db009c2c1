import type { EntityManager } from '@mikro-orm/postgresql';
import { hashToken, tokenLink } from '../../identity/index.js';
import { newId } from '../../platform/id.js';
import type { Platform } from '../../platform/platform.js';
import { replyCodeOf, tokenOf } from './token.js';

const DAY_MS = 86_400_000;
/** So long after the last letter about a referral its link works: two people and a phone open their mail once a week. */
const VALID_DAYS = 30;

export interface OpenLink {
  id: string;
  /** The page, with the token behind the `#`. */
  url: string;
  /** The address that the letter is answered to, where answers by mail are taken. */
  replyTo: string | undefined;
}

const FIND = `select id from hub.referral_link where referral_id = ? and revoked_at is null for update`;
const NEWEST = `select revoked_at is not null as withdrawn from hub.referral_link where referral_id = ?
  order by revoked_at is null desc, created_at desc, id desc limit 1`;
const OPEN = `select r.from_org_id, r.to_org_id from hub.referral r
  where r.id = ? and r.status not in ('DRAFT', 'CANCELLED', 'ENTERED_IN_ERROR')`;

/**
 * The link of a referral, made when there is none and good for another 30 days: the letters of one referral hold one and
 * the same, so that none of them is the wrong one to open. null when the referral is nobody's to answer, or when its
 * sender took the link back and did not ask for a new one (`anew`). For tasks.
 */
export async function ensureLink(
  em: EntityManager,
  platform: Platform,
  referralId: string,
  anew = false,
): Promise<OpenLink | null> {
  const now = platform.clock.now();
  const { secret } = platform.config;
  const [sides] = await em.execute<{ from_org_id: string; to_org_id: string }[]>(OPEN, [referralId]);
  if (!sides) return null;
  const [newest] = await em.execute<{ withdrawn: boolean }[]>(NEWEST, [referralId]);
  if (newest?.withdrawn && !anew) return null;
  const made = newId();
  const expiresAt = new Date(now.getTime() + VALID_DAYS * DAY_MS).toISOString();
  await em.execute(
    `insert into hub.referral_link (id, referral_id, from_org_id, to_org_id, token_hash, reply_hash, created_at, expires_at)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (referral_id) where revoked_at is null do nothing`,
    [
      made,
      referralId,
      sides.from_org_id,
      sides.to_org_id,
      hashToken(tokenOf(secret, made)),
      hashToken(replyCodeOf(secret, made)),
      now.toISOString(),
      expiresAt,
    ],
  );
  const [link] = await em.execute<{ id: string }[]>(FIND, [referralId]);
  if (!link) return null;
  await em.execute('update hub.referral_link set expires_at = greatest(expires_at, ?::timestamptz) where id = ?', [
    expiresAt,
    link.id,
  ]);
  return {
    id: link.id,
    url: tokenLink(platform.config, 'answer', tokenOf(secret, link.id)),
    replyTo: platform.config.inboundMail?.address.replace('@', `+${replyCodeOf(secret, link.id)}@`),
  };
}

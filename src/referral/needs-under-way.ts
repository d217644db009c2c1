import type { EntityManager } from '@mikro-orm/postgresql';

/** Which of these needs a referral, in the hub or outside it, other than `except` is still under way for. */
export async function needsUnderWay(em: EntityManager, ids: readonly string[], except: string): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const list = `{${ids.join()}}`;
  const rows = await em.execute<{ need_id: string }[]>(
    `select n.need_id from hub.referral_need n join hub.referral r on r.id = n.referral_id
     where n.need_id = any (?::uuid[]) and r.id <> ? and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
     union select n.need_id from hub.off_platform_need n join hub.off_platform_referral r on r.id = n.referral_id
     where n.need_id = any (?::uuid[]) and r.id <> ? and r.status in ('ASKED', 'ACCEPTED', 'WAITLIST')`,
    [list, except, list, except],
  );
  return new Set(rows.map((row) => row.need_id));
}

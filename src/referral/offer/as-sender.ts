import { callerOf, openContext, settle, writeAudited, type HubContext, type Role } from '../../access/index.js';
import type { Platform } from '../../platform/platform.js';
import type { Language } from '../../platform/words.js';
import { asTask } from '../../platform/database/operation.js';
import { taskRequest } from '../task-request.js';

interface Sender {
  id: string;
  roles: Role[];
  locale: Language | null;
}

const SENDER = `select m.id, m.roles, u.locale from hub.membership m join hub.user_account u on u.id = m.user_id and u.disabled_at is null
  join hub.organization o on o.id = m.organization_id and o.retired_at is null
  where m.user_id = ? and m.organization_id = ? and m.ended_at is null`;

/**
 * Does in one transaction what a person allowed beforehand, with the rights that this person has now: who left may do
 * nothing any more, and null comes back. It stands in the audit as done by the hub in their name.
 */
export async function asSender<T>(
  platform: Platform,
  { userId, organizationId }: { userId: string; organizationId: string },
  work: (as: HubContext) => Promise<T>,
): Promise<T | null> {
  const db = asTask(platform.orm);
  const [sender] = await (await db.em()).execute<Sender[]>(SENDER, [userId, organizationId]);
  await db.end();
  if (!sender) return null;
  const { id, roles, locale } = sender;
  const caller = callerOf({
    userId,
    organizationId,
    roles,
    memberships: [{ id, organizationId, roles }],
    via: 'TASK',
    locale,
  });
  if (!caller.permissions.has('referral.send')) return null;
  const as = openContext(platform, caller, taskRequest());
  try {
    return await writeAudited(as, () => work(as));
  } finally {
    await settle(as);
  }
}

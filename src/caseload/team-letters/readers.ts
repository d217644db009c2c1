import { baseUrlOf } from '../../identity/index.js';
import { stableId } from '../../platform/id.js';
import type { TaskContext } from '../../platform/jobs/task.js';
import { fill, type Language, type Words } from '../../platform/words.js';

/** Whoever is told at an organization. */
export interface Reader {
  userId: string;
  organizationId: string;
}

/**
 * Who is told about a patient of `people (patient_id)`: whoever looks after them, else those who lead the care organization;
 * about a protected person nobody who is not on their care team.
 */
export const READERS = `select distinct m.user_id as "userId", m.organization_id as "organizationId"
  from people x join hub.patient p on p.id = x.patient_id
  join hub.membership m on m.organization_id = p.care_org_id and m.ended_at is null
  where exists (select from hub.assignment a where a.patient_id = p.id and a.ends_at is null and a.user_id = m.user_id)
    or (p.restricted is null and 'CARE_SUPERVISOR' = any (m.roles)
      and not exists (select from hub.assignment a where a.patient_id = p.id and a.ends_at is null))`;

const ADDRESS = `select u.email::text as email, u.locale from hub.user_account u
  join hub.membership m on m.user_id = u.id and m.organization_id = $2::uuid and m.ended_at is null
    and m.roles && array['CARE_MANAGER', 'CARE_SUPERVISOR']
  where u.id = $1::uuid and u.disabled_at is null`;

interface TeamWords {
  subject: Words;
  text: Words;
}

/** Writes to a member of a care team that so much waits on their desk: a number and a way there, never whom or what. */
export async function writeToTeam(
  { db, platform }: Pick<TaskContext, 'db' | 'platform'>,
  { userId, organizationId }: Reader,
  { subject, text }: TeamWords,
  about: readonly string[],
): Promise<void> {
  const [to] = await db.query<{ email: string; locale: Language }>(ADDRESS, [userId, organizationId]);
  await db.end();
  if (!to || about.length === 0) return;
  const values = { count: String(about.length), link: `${baseUrlOf(platform.config)}/today` };
  await platform.mail.send({
    to: to.email,
    subject: fill(subject, values)[to.locale],
    text: fill(text, values)[to.locale],
    purpose: 'notice',
    id: stableId(subject.en, to.email, ...about),
  });
}

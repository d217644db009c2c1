import type { EntityManager } from '@mikro-orm/postgresql';
import { baseUrlOf } from '../identity/index.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { defineTask } from '../platform/jobs/task.js';
import { tellBothSides } from './announce.js';
import { aboutConsentEnd, aboutStep, letterId, readNotice } from './notices.js';

interface Stopped {
  id: string;
  from_org_id: string;
  to_org_id: string;
  answered: boolean;
}

/** Open pages learn it, and a letter goes to each side that must know. */
async function tell(em: EntityManager, stopped: readonly Stopped[]): Promise<void> {
  for (const { id, from_org_id: fromOrgId, to_org_id: toOrgId, answered } of stopped) {
    await tellBothSides(em, { id, fromOrgId, toOrgId });
    await enqueue(em, consentNotice, { referralId: id, side: 'REQUESTER' });
    if (!answered) await enqueue(em, consentNotice, { referralId: id, side: 'TARGET' });
  }
}

/** The sender has to decide; an agency that had not answered has nothing more to do. */
export const consentNotice = defineTask<{ referralId: string; side: 'REQUESTER' | 'TARGET' }>(
  'referral.consent-notice',
  async ({ referralId, side }, { db, platform, job }) => {
    const words = side === 'TARGET' ? aboutStep('CANCELLED', 'REQUESTER') : aboutConsentEnd;
    const letter = words && (await readNotice(await db.em(), referralId, words, baseUrlOf(platform.config)));
    await db.end();
    if (letter) await platform.mail.send({ ...letter, id: letterId(job.id) });
  },
);

const COLUMNS = 'r.id, r.from_org_id, r.to_org_id, r.answered_at is not null as answered';

/** What follows when a consent ends; its open referrals were stopped in the same transaction. */
export const consentEnded = defineTask<{ consentId: string; patientId: string }>(
  'referral.consent-ended',
  ({ consentId, patientId }, { db }) =>
    db.write(async (em) => {
      const stopped = await em.execute<Stopped[]>(
        `select ${COLUMNS} from hub.referral r where r.patient_id = ? and r.consent_id = ? and r.consent_ended_at is not null
           and r.consent_decision is null and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')`,
        [patientId, consentId],
      );
      await tell(em, stopped);
    }),
);

/** So far back is looked for consents that have run out, in case no worker ran. */
const LOOK_BACK_DAYS = 90;

/** A consent that has run out by itself stops its open referrals like one that was revoked. */
export const consentsRunOut = defineTask<Record<string, never>>('referral.consents-run-out', (_, { db, platform }) =>
  db.write(async (em) => {
    const now = platform.clock.now();
    const since = new Date(now.getTime() - LOOK_BACK_DAYS * 86_400_000);
    const stopped = await em.execute<Stopped[]>(
      `update hub.referral r set consent_ended_at = c.expires_at, version = r.version + 1
         from hub.consent c
        where c.status = 'ACTIVE' and c.expires_at > ? and c.expires_at <= ? and r.patient_id = c.patient_id and r.consent_id = c.id
          and r.consent_ended_at is null and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
       returning ${COLUMNS}`,
      [since.toISOString(), now.toISOString()],
    );
    await tell(em, stopped);
  }),
);

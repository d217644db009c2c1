import type { EntityManager } from '@mikro-orm/postgresql';
import { baseUrlOf } from '../identity/index.js';
import { stableId } from '../platform/id.js';
import { enqueue } from '../platform/jobs/enqueue.js';
import { defineTask } from '../platform/jobs/task.js';
import { sendEach } from '../platform/mail/once.js';
import type { Platform } from '../platform/platform.js';
import { tellBothSides } from './announce.js';
import { howToTell } from './digest/digest.tasks.js';
import {
  aboutConsentEnd,
  aboutDecision,
  aboutStep,
  copiesOf,
  readNotice,
  type Copy,
  type NoticeWords,
} from './notices.js';
import { SELF_ORG } from './self/self-org.js';
import { withdrawSelf } from './self/take-back.js';
import { isTold } from './told.js';

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
    // Behind who asked alone stands no care team that could decide.
    if (fromOrgId === SELF_ORG) await enqueue(em, withdrawSelf, { referralId: id });
    else await enqueue(em, consentNotice, { referralId: id, side: 'REQUESTER' });
    if (!answered) await enqueue(em, consentNotice, { referralId: id, side: 'TARGET' });
  }
}

/** Whether the agency ever heard of it, and wants a letter now: what it was never told is not withdrawn from it. */
async function hears(em: EntityManager, platform: Platform, referralId: string): Promise<boolean> {
  if (!(await isTold(em, referralId))) return false;
  return (await howToTell(em, platform, referralId, 'WITHDRAWN')).letter;
}

/** When it ended, by which two ends of one referral are told apart. */
async function endOf(em: EntityManager, referralId: string): Promise<string> {
  const [row] = await em.execute<{ at: string }[]>(
    `select consent_id || ' ' || coalesce(consent_ended_at::text, '') as at from hub.referral where id = ?`,
    [referralId],
  );
  return row?.at ?? '';
}

/** Of a death no letter tells: the page does. */
async function forSender(em: EntityManager, referralId: string): Promise<NoticeWords> {
  const died = await em.execute('select 1 from hub.referral where id = ? and person_died_at is not null', [referralId]);
  return died.length > 0 ? aboutDecision : aboutConsentEnd;
}

/** The sender has to decide; an agency that had not answered has nothing more to do. */
export const consentNotice = defineTask<{ referralId: string; side: 'REQUESTER' | 'TARGET' }>(
  'referral.consent-notice',
  async ({ referralId, side }, { db, platform }) => {
    const reading = await db.em();
    const words = side === 'TARGET' ? aboutStep('CANCELLED', 'REQUESTER') : await forSender(reading, referralId);
    if (!words) return;
    if (side === 'TARGET' && !(await db.write((em) => hears(em, platform, referralId)))) return;
    const em = await db.em();
    // Colleagues who follow it may be the ones who are there to decide.
    const copies: (Copy | undefined)[] = side === 'REQUESTER' ? await copiesOf(em, referralId) : [];
    // Whoever tells of it may run twice and ask for this job twice: the same end is one letter.
    const end = await endOf(em, referralId);
    const letters = [];
    for (const copy of [undefined, ...copies]) {
      const letter = await readNotice(em, referralId, words, baseUrlOf(platform.config), null, copy);
      if (letter) letters.push({ ...letter, id: stableId('consent ended', referralId, end, side, copy?.userId ?? '') });
    }
    await db.end();
    await sendEach(letters.map((letter) => () => platform.mail.send(letter)));
  },
);

/** Somebody has died, or that was said by mistake: what stopped, or goes on, is told to both sides. */
export const personDied = defineTask<{ patientId: string }>('referral.person-died', ({ patientId }, { db }) =>
  db.write(async (em) => {
    const open = await em.execute<(Stopped & { died: boolean })[]>(
      `select ${COLUMNS}, r.person_died_at is not null as died from hub.referral r
        where r.patient_id = ? and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD') and r.consent_decision is null`,
      [patientId],
    );
    await tell(
      em,
      open.filter(({ died }) => died),
    );
    for (const { id, from_org_id: fromOrgId, to_org_id: toOrgId, died } of open) {
      if (!died) await tellBothSides(em, { id, fromOrgId, toOrgId });
    }
  }),
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
      // Somebody who asked for themselves and was answered may be on a list for longer than their consent lasts: what the
      // agency was told it was told, and they take it back when they want to.
      `update hub.referral r set consent_ended_at = c.expires_at, version = r.version + 1,
         consent_decision = case when r.from_org_id = hub.self_org() and r.answered_at is not null then 'KEPT' else r.consent_decision end,
         consent_decided_at = case when r.from_org_id = hub.self_org() and r.answered_at is not null then c.expires_at else r.consent_decided_at end
         from hub.consent c
        where c.status = 'ACTIVE' and c.expires_at > ? and c.expires_at <= ? and r.patient_id = c.patient_id and r.consent_id = c.id
          and r.consent_ended_at is null and r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD')
       returning ${COLUMNS}`,
      [since.toISOString(), now.toISOString()],
    );
    await tell(em, stopped);
  }),
);

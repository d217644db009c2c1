import type { EntityManager } from '@mikro-orm/postgresql';
import { mayReach, rulesOf, type Way } from '../../caseload/index.js';
import { linkToken } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { fill, type Language, type Words } from '../../platform/words.js';
import type { SelfWay } from './self.enums.js';
import { SELF_ORG } from './self-org.js';

const KEPT_MS = 86_400_000;

const CODE = {
  subject: { en: 'Your code', es: 'Su código' },
  text: {
    en: '{code} is your code. It works for 30 minutes. If you did not ask for it, do nothing.',
    es: '{code} es su código. Funciona durante 30 minutos. Si no lo pidió, no haga nada.',
  },
} as const satisfies Record<string, Words>;

interface Row {
  service: string | null;
  way: SelfWay;
  address: string | null;
  language: Language;
}

const KNOWN = `select p.id from hub.patient p where p.care_org_id = ? and (lower(p.email) = lower(?) or p.phone = ?) order by p.id desc limit 20`;

/**
 * Whether a code for the own page may go there now: whoever gave this address obeys to what they said since, the hours
 * too. Where nobody ever asked it goes, so that neither its coming nor the answer tells whether somebody did.
 */
async function mayGo(em: EntityManager, way: Way, address: string, now: Date): Promise<boolean> {
  const known = await em.execute<{ id: string }[]>(KNOWN, [SELF_ORG, address, address]);
  for (const { id } of known) {
    const rules = await rulesOf(em, { careOrgId: SELF_ORG, patientId: id, relatedPersonId: null });
    if (rules && mayReach(rules, now, way).go !== 'SEND') return false;
  }
  return true;
}

/** Six digits and nothing else: whoever looks over the shoulder learns neither from whom nor what about. */
export const sendSelfCode = defineTask<{ requestId: string }>(
  'referral.self-code',
  async ({ requestId }, { db, platform }) => {
    const em = await db.em();
    const now = platform.clock.now();
    const [asked] = await em.execute<Row[]>(
      'select service_id as service, way, address, language from hub.self_request where id = ? and referral_id is null and expires_at > ?',
      [requestId, now.toISOString()],
    );
    const { way, address: to, language, service } = asked ?? {};
    const goes = to && way && way !== 'CALL' && (service || (await mayGo(em, way, to, now)));
    await db.end();
    if (!goes || !language) return;
    const code = codeOf(platform.config.secret, requestId);
    const text = fill(CODE.text, { code })[language];
    if (way === 'TEXT') await platform.texts.send({ to, text, id: requestId, purpose: 'code' });
    else {
      await platform.mail.send({
        to,
        subject: CODE.subject[language],
        text: `${text}\n`,
        purpose: 'code',
        id: requestId,
      });
    }
  },
);

/** Six digits that follow from the request, so that a letter that is sent again holds the same ones. */
export function codeOf(secret: string, requestId: string): string {
  const bytes = Buffer.from(linkToken(secret, 'self code', requestId), 'base64url');
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/** Forgets requests and their addresses after a day, used or not. */
export const clearSelfRequests = defineTask<Record<string, never>>('referral.clear-self', (_, { db, platform }) =>
  db.write(async (em) => {
    const before = new Date(platform.clock.now().getTime() - KEPT_MS);
    await em.execute('delete from hub.self_request where created_at < ?', [before]);
  }),
);

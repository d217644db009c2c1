import { linkToken } from '../../identity/index.js';
import { defineTask } from '../../platform/jobs/task.js';
import { fill, type Language, type Words } from '../../platform/words.js';
import type { SelfWay } from './self.enums.js';

const KEPT_MS = 86_400_000;

const CODE = {
  subject: { en: 'Your code', es: 'Su código' },
  text: {
    en: '{code} is your code. It works for 30 minutes. If you did not ask for it, do nothing.',
    es: '{code} es su código. Funciona durante 30 minutos. Si no lo pidió, no haga nada.',
  },
} as const satisfies Record<string, Words>;

interface Row {
  way: SelfWay;
  address: string | null;
  language: Language;
}

/** Six digits and nothing else: whoever looks over the shoulder learns neither from whom nor what about. */
export const sendSelfCode = defineTask<{ requestId: string }>(
  'referral.self-code',
  async ({ requestId }, { db, platform }) => {
    const rows = await (
      await db.em()
    ).execute<Row[]>(
      'select way, address, language from hub.self_request where id = ? and referral_id is null and expires_at > ?',
      [requestId, platform.clock.now().toISOString()],
    );
    await db.end();
    const [asked] = rows;
    if (!asked?.address) return;
    const { way, address: to, language } = asked;
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

import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue, queueOf } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { inBoth } from '../../platform/mail/in-both.js';
import type { Platform } from '../../platform/platform.js';
import { fill, type Language, type Words } from '../../platform/words.js';
import { ensureLink } from '../link/ensure-link.js';
import { stableId } from '../../platform/id.js';
import { IN_SIGHT } from '../told.js';
import { nextDigestAt } from './next-digest.js';

/** What the letter of the day says of a referral. */
export type News = 'NEW' | 'MESSAGE' | 'WITHDRAWN' | 'WAITS';

interface Wish {
  referral_id: string;
  organization_id: string;
  letters: 'EACH' | 'DAILY' | 'NONE';
  digest_hour: number;
  text_phone: string | null;
  time_zone: string;
  priority: 'ROUTINE' | 'URGENT';
}

const WISHES = `select r.id as referral_id, r.to_org_id as organization_id, coalesce(n.letters, 'EACH') as letters, coalesce(n.digest_hour, 8) as digest_hour,
    n.text_phone, o.time_zone, r.priority
  from json_array_elements_text(?::json) x join hub.referral r on r.id = x::uuid join hub.organization o on o.id = r.to_org_id
  left join hub.agency_notices n on n.organization_id = r.to_org_id`;

/** At once (and where to text), or later: then it stands in the letter of the day, unless the agency wants none. */
export interface Way {
  letter: boolean;
  text: string | null;
}

/** How agencies are told of something about referrals. What is urgent is told at once, whatever the agency chose. */
export async function waysToTell(
  em: EntityManager,
  platform: Platform,
  ids: readonly string[],
  news: News,
): Promise<Map<string, Way>> {
  const wishes = await em.execute<Wish[]>(WISHES, [JSON.stringify(ids)]);
  const now = platform.clock.now();
  const atOnce = ({ priority, letters }: Wish): boolean => priority === 'URGENT' || letters === 'EACH';
  const later = wishes
    .filter((wish) => !atOnce(wish) && wish.letters === 'DAILY')
    .map(({ organization_id, referral_id, digest_hour, time_zone }) => {
      const due_at = nextDigestAt(now, digest_hour, time_zone).toISOString();
      return { organization_id, referral_id, news, at: now.toISOString(), due_at };
    });
  if (later.length > 0) {
    await em.execute(
      `insert into hub.digest_item (organization_id, referral_id, news, at, due_at)
       select organization_id, referral_id, news, at, due_at from json_to_recordset(?::json)
         as x (organization_id uuid, referral_id uuid, news text, at timestamptz, due_at timestamptz)
       on conflict (organization_id, referral_id, news) do update set at = excluded.at`,
      [JSON.stringify(later)],
    );
  }
  return new Map(
    wishes.map((wish) => [wish.referral_id, { letter: atOnce(wish), text: atOnce(wish) ? wish.text_phone : null }]),
  );
}

export async function howToTell(em: EntityManager, platform: Platform, referralId: string, news: News): Promise<Way> {
  return (await waysToTell(em, platform, [referralId], news)).get(referralId) ?? { letter: false, text: null };
}

const TEXT = {
  subject: { en: 'Referrals that wait for you: {count}', es: 'Referencias que le esperan: {count}' },
  greeting: {
    en: 'Hello {agency}, this is new since your last letter:',
    es: 'Hola, {agency}: esto es nuevo desde su última carta:',
  },
  byLink: {
    en: 'Answer each one by its link. An answer to this letter reaches nobody.',
    es: 'Responda a cada una por su enlace. Una respuesta a esta carta no llega a nadie.',
  },
  NEW: { en: 'A new referral', es: 'Una nueva referencia' },
  MESSAGE: { en: 'A message about a referral', es: 'Un mensaje sobre una referencia' },
  WITHDRAWN: { en: 'A referral was withdrawn', es: 'Se retiró una referencia' },
  WAITS: { en: 'A referral still waits for you', es: 'Una referencia todavía le espera' },
} as const satisfies Record<string, Words>;

interface Item {
  referral_id: string;
  news: News;
  at: string;
  /** Whether it is still so. */
  holds: boolean;
}

/** What was answered meanwhile, or taken back before the agency heard of it, is no news any more. */
const ITEMS = `select i.referral_id, i.news, i.at, case i.news
      when 'NEW' then r.status = 'REQUESTED' and ${IN_SIGHT}
      when 'WAITS' then r.status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS') and ${IN_SIGHT}
      when 'WITHDRAWN' then not exists (select from hub.digest_item n
        where n.organization_id = i.organization_id and n.referral_id = i.referral_id and n.news = 'NEW')
      else r.status <> 'ENTERED_IN_ERROR' end as holds
  from hub.digest_item i join hub.referral r on r.id = i.referral_id
  where i.organization_id = ? order by i.at, i.referral_id, i.news`;

/** The letter of the day: a line and a link for each referral. Written once: what it tells is taken out after it left. */
export const sendDigest = defineTask<{ organizationId: string }>(
  'referral.digest',
  async ({ organizationId }, { db, platform }) => {
    const em = await db.em();
    const [to] = await em.execute<{ name: string; email: string | null }[]>(
      'select name, coalesce(referral_email, email) as email from hub.organization where id = ?',
      [organizationId],
    );
    const items = await em.execute<Item[]>(ITEMS, [organizationId]);
    await db.end();
    const news = items.filter((item) => item.holds);
    if (to?.email && news.length > 0) {
      const links = new Map<string, string | null>();
      for (const { referral_id: id } of news) {
        if (links.has(id)) continue;
        const link = await db.write((writing) => ensureLink(writing, platform, id));
        links.set(id, link?.url ?? null);
      }
      const count = String(links.size);
      const lines = (language: Language): string =>
        news
          .map(({ news: what, referral_id: id }) =>
            [`- ${TEXT[what][language]}`, links.get(id)].filter(Boolean).join('\n  '),
          )
          .join('\n');
      const inOne = (language: Language): string =>
        `${fill(TEXT.greeting, { agency: to.name })[language]}\n\n${lines(language)}\n\n${TEXT.byLink[language]}\n`;
      const subject = fill(TEXT.subject, { count });
      await platform.mail.send({
        to: to.email,
        ...inBoth(subject, { en: inOne('en'), es: inOne('es') }),
        purpose: 'referral',
        id: stableId('digest', organizationId, ...news.map((item) => `${item.referral_id} ${item.news} ${item.at}`)),
      });
    }
    await db.write((writing) =>
      writing.execute(
        // What came again while the letter was on its way stays for the next one.
        `delete from hub.digest_item i using json_to_recordset(?::json) as x (referral_id uuid, news text, at timestamptz)
         where i.organization_id = ? and i.referral_id = x.referral_id and i.news = x.news and i.at <= x.at`,
        [JSON.stringify(items), organizationId],
      ),
    );
  },
);

/** Looks every minute for letters of the day that are due: what a stopped worker or a clock set back left is made up for. */
export const lookForDigests = defineTask<Record<string, never>>('referral.digests', async (_, { db, platform }) => {
  await db.write(async (em) => {
    const due = await em.execute<{ id: string }[]>(
      'select distinct organization_id as id from hub.digest_item where due_at <= ? limit 1000',
      [platform.clock.now().toISOString()],
    );
    for (const { id } of due) {
      await enqueue(em, sendDigest, { organizationId: id }, { jobKey: `digest ${id}`, queue: queueOf(id) });
    }
  });
});

const DAYS_KEPT = 30;

/** That a mail was dealt with is known as long as a server may deliver it again. */
export const clearReplies = defineTask<Record<string, never>>('referral.clear-replies', async (_, { db, platform }) => {
  const before = new Date(platform.clock.now().getTime() - DAYS_KEPT * 86_400_000).toISOString();
  await db.write((em) => em.execute('delete from hub.inbound_mail where at < ?', [before]));
});

import { sql } from 'kysely';
import { openContext, settle, type HubContext } from '../../access/index.js';
import { baseUrlOf, beforeList, mayMailList } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { memoryCookies } from '../../platform/http/request.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import type { Platform } from '../../platform/platform.js';
import type { Language } from '../../platform/words.js';
import { emailOf } from '../curation/check-input.js';
import { cardOf } from './card.js';
import { listLetter } from './list-letter.js';
import { listedServices } from './listed.js';
import type { MailListInput } from './list.inputs.js';
import { MOST_LISTED, shortKeyOf } from './short-key.js';

/** A mail server that is away for so long loses the letter: its address is not kept for days. */
const ATTEMPTS = 8;
const KEPT_MS = 86_400_000;

/** The address of a list. The keys stand behind the `#`, which is sent to no server. */
export const listLink = (config: Platform['config'], keys: readonly string[]): string =>
  `${baseUrlOf(config)}/my-list#s=${keys.join('')}`;

/** Has a list sent to an address. No account is needed; the letter holds what everybody may see. */
export async function mailList(ctx: HubContext, input: MailListInput): Promise<void> {
  await beforeList(ctx);
  const email = emailOf(input.email, 'email') ?? refuse('REQUIRED', 'This is needed.', 'email');
  if (input.serviceIds.length > MOST_LISTED) fail.badInput('input.serviceIds', `at most ${MOST_LISTED} are expected`);
  const services = await listedServices(ctx, { ids: input.serviceIds });
  if (services.length === 0) refuse('NOTHING_TO_SEND', 'There is nothing on this list.', 'serviceIds');
  if (!(await mayMailList(ctx, email))) {
    refuse('TOO_MANY_LETTERS', 'This address was sent many lists today. Try again tomorrow.', 'email');
  }
  const id = newId();
  const ids = services.map((service) => service.id);
  const language = input.language === 'es' ? 'es' : 'en';
  await ctx.db.write(async (em) => {
    await sql`insert into hub.list_letter (id, email, service_ids, language, created_at)
      values (${id}::uuid, ${email}, ${ids}::uuid[], ${language}, ${ctx.clock.now().toISOString()}::timestamptz)`.execute(
      em.getKysely<unknown>(),
    );
    await enqueue(em, sendListLetter, { letterId: id }, { maxAttempts: ATTEMPTS });
  });
}

/** Reads the listings as anybody would. */
async function letterFor(platform: Platform, ids: readonly string[], language: Language) {
  const request = { id: newId(), ip: '', userAgent: null, acceptLanguage: language, cookies: memoryCookies() };
  const anybody = openContext(platform, null, request);
  try {
    const services = await listedServices(anybody, { ids });
    const cards = await Promise.all(services.map((service) => cardOf(anybody, service, language)));
    return listLetter(language, {
      cards,
      link: listLink(
        platform.config,
        services.map(({ id }) => shortKeyOf(id)),
      ),
    });
  } finally {
    await settle(anybody);
  }
}

export const sendListLetter = defineTask<{ letterId: string }>(
  'directory.list-letter',
  async ({ letterId }, { db, platform, job }) => {
    const { rows } = await sql<{ email: string; ids: string[]; language: Language }>`
      select email::text, service_ids as ids, language from hub.list_letter where id = ${letterId}::uuid`.execute(
      (await db.em()).getKysely<unknown>(),
    );
    await db.end();
    const [asked] = rows;
    if (!asked) return;
    const forget = () =>
      db.write(async (em) => {
        await sql`delete from hub.list_letter where id = ${letterId}::uuid`.execute(em.getKysely<unknown>());
      });
    try {
      const letter = await letterFor(platform, asked.ids, asked.language);
      await platform.mail.send({ ...letter, to: asked.email, purpose: 'list', id: letterId });
    } catch (error) {
      if (job.last) await forget();
      throw error;
    }
    await forget();
  },
);

/** Forgets the addresses of letters that could not leave. */
export const clearListLetters = defineTask<Record<string, never>>(
  'directory.clear-list-letters',
  async (_, { db, platform }) => {
    const before = new Date(platform.clock.now().getTime() - KEPT_MS).toISOString();
    await db.write(async (em) => {
      await sql`delete from hub.list_letter where created_at < ${before}::timestamptz`.execute(em.getKysely<unknown>());
    });
  },
);

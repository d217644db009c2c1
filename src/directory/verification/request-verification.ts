import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { load, type HubContext } from '../../access/index.js';
import { hashToken, linkToken, tokenLink } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { newId } from '../../platform/id.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import { Service } from '../service/service.entity.js';
import { verificationLetter } from './letter.js';
import { VerificationRequest } from './verification-request.entity.js';

const DAY_MS = 86_400_000;
/** An office that opens its mail once a week, and one that is closed for a fortnight. */
const VALID_DAYS = 30;
/** A listing is asked about again after so long at the earliest. */
const ASK_AGAIN_DAYS = 30;
/** Agencies are asked so long before a listing is due. */
const ASK_AHEAD_DAYS = 14;
const MOST_AT_ONCE = 50;

/** The secret of a letter's link, from the id of its request. */
export const verificationToken = (secret: string, id: string): string => linkToken(secret, 'verification', id);

/** Where the agency reads its mail about referrals and listings. */
const ADDRESS = sql<string | null>`coalesce(s.referral_email, o.referral_email, s.email, o.email)`;

interface Addressed {
  id: string;
  organizationId: string;
  email: string | null;
}

async function addressesOf(em: EntityManager, serviceIds: readonly string[]): Promise<Addressed[]> {
  const { rows } = await sql<Addressed>`select s.id, s.organization_id as "organizationId", ${ADDRESS} as email
    from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any (${[...serviceIds]}::uuid[])`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

/** Makes a request and has its letter sent. The link of the letter that was sent last is the one that works. */
async function request(
  em: EntityManager,
  secret: string,
  to: Addressed & { email: string },
  now: Date,
  by: string | null,
): Promise<VerificationRequest> {
  await em.nativeUpdate(
    VerificationRequest,
    { serviceId: to.id, answeredAt: null, revokedAt: null },
    { revokedAt: now },
  );
  const id = newId();
  const made = em.create(VerificationRequest, {
    id,
    serviceId: to.id,
    organizationId: to.organizationId,
    email: to.email,
    tokenHash: hashToken(verificationToken(secret, id)),
    createdBy: by,
    createdAt: now,
    expiresAt: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    answers: {},
  });
  await em.flush();
  await enqueue(em, sendVerificationLetter, { requestId: id });
  return made;
}

/** What became of a curator's wish to have listings checked. */
export interface Asked {
  requests: VerificationRequest[];
  /** Listings of agencies that gave no address, to be called. */
  withoutAddress: string[];
}

/** Asks the agencies of listings to check them; the letters leave when the transaction commits. */
export async function requestVerification(
  ctx: HubContext,
  serviceIds: readonly string[],
  email?: string,
): Promise<Asked> {
  const ids = [...new Set(serviceIds)];
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) fail.badInput('input.serviceIds', '1 to 50 listings are expected');
  for (const id of ids) await load(ctx, Service, id, 'verify', { what: 'Service' });
  const em = await ctx.db.em();
  const [now, by] = [ctx.clock.now(), ctx.caller?.userId ?? null];
  const asked: Asked = { requests: [], withoutAddress: [] };
  for (const found of await addressesOf(em, ids)) {
    const address = email ?? found.email;
    if (address === null) asked.withoutAddress.push(found.id);
    else asked.requests.push(await request(em, ctx.platform.config.secret, { ...found, email: address }, now, by));
  }
  return asked;
}

export const sendVerificationLetter = defineTask<{ requestId: string }>(
  'directory.verification-letter',
  async ({ requestId }, { db, platform }) => {
    const em = await db.em();
    const asked = await em.findOne(VerificationRequest, requestId);
    if (!asked || asked.answeredAt || asked.revokedAt) return;
    const { rows } = await sql<{ agency: string; name: string; plain: boolean }>`select o.name as agency, s.name,
        s.sensitivity = 'NONE' and not hub.is_confidential(s.sensitivity, s.categories) as plain
      from hub.service s join hub.organization o on o.id = s.organization_id where s.id = ${asked.serviceId}::uuid`.execute(
      em.getKysely<unknown>(),
    );
    await db.end();
    const [facts] = rows;
    if (!facts) return;
    const link = tokenLink(platform.config, 'check-listing', verificationToken(platform.config.secret, requestId));
    const letter = verificationLetter({
      agency: facts.agency,
      service: facts.plain ? facts.name : null,
      link,
      until: asked.expiresAt,
    });
    await platform.mail.send({ ...letter, to: asked.email, purpose: 'verification', id: requestId });
  },
);

/**
 * On working days: asks about listings that are due, reported and used ones first; one letter an agency a day, and as
 * many in all as VERIFY_LETTERS allows.
 */
export const askAgencies = defineTask<Record<string, never>>('directory.ask-agencies', async (_, { db, platform }) => {
  const { verifyLetters, secret } = platform.config;
  if (verifyLetters === 0) return;
  const now = platform.clock.now();
  const day = (ahead: number): string => new Date(now.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
  await db.write(async (em) => {
    const { rows } = await sql<{ id: string }>`select id from (
        select distinct on (s.organization_id) s.id, s.complaints, s.use_weight, s.next_verification_on
        from hub.service s join hub.organization o on o.id = s.organization_id and o.retired_at is null
        where s.status = 'active' and s.next_verification_on <= ${day(ASK_AHEAD_DAYS)}::date and ${ADDRESS} is not null
          and not exists (select from hub.verification_request r where r.service_id = s.id
            and r.created_at > ${new Date(now.getTime() - ASK_AGAIN_DAYS * DAY_MS).toISOString()}::timestamptz)
        order by s.organization_id, s.complaints desc, s.use_weight desc, s.next_verification_on) x
      order by complaints desc, use_weight desc, next_verification_on, id limit ${verifyLetters}`.execute(
      em.getKysely<unknown>(),
    );
    for (const found of await addressesOf(
      em,
      rows.map(({ id }) => id),
    )) {
      if (found.email !== null) await request(em, secret, { ...found, email: found.email }, now, null);
    }
  });
});

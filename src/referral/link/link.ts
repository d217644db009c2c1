import { GraphQLError } from 'graphql';
import { writeAudited, type HubContext } from '../../access/index.js';
import {
  asLink,
  beforeAnswer,
  beforeLink,
  defineLink,
  findAtDoor,
  hashToken,
  type LinkHolder,
} from '../../identity/index.js';
import { databaseCode } from '../../platform/database/locked-out.js';
import { refuse } from '../../platform/graphql/refusal.js';

/** Whose link it is, and for which referral. */
export interface Link {
  id: string;
  referralId: string;
  fromOrgId: string;
  toOrgId: string;
  tokenHash: Buffer;
}

const FIND = {
  name: 'referral link',
  text: `select id, referral_id as "referralId", from_org_id as "fromOrgId", to_org_id as "toOrgId", token_hash as "tokenHash"
    from hub.referral_link_of($1::bytea, $2::boolean, $3::timestamptz)`,
};

/** The link of a hash; null for one that was made up, has run out, or whose referral is no longer this agency's. */
export async function findLink(ctx: HubContext, hash: Buffer, by: 'token' | 'reply' = 'token'): Promise<Link | null> {
  const values = [hash, by === 'reply', ctx.clock.now().toISOString()];
  const [link] = await findAtDoor<Link>(ctx, FIND, values);
  return link ?? null;
}

/** The link of a token that somebody shows. Counts the use; a token that opens nothing counts as a guess. */
export async function enterByLink(ctx: HubContext, token: string): Promise<Link | null> {
  const hash = hashToken(token);
  await beforeAnswer(ctx, hash);
  const link = await findLink(ctx, hash);
  if (!link) await beforeLink(ctx);
  return link;
}

export function linkEnded(): never {
  return refuse(
    'LINK_ENDED',
    'This link no longer works. The referral may have been taken back or given to somebody else. Ask the sender.',
    'token',
  );
}

/** The holder of a link: what the agency's own people may do with this one referral, in a role that reaches no other. */
export function holderOf(ctx: HubContext, link: Link, name: string | null = null): LinkHolder {
  const variables = { 'hub.link': link.tokenHash.toString('hex') };
  return {
    id: link.id,
    organizationId: link.toOrgId,
    permissions: ['referral.read', 'referral.answer', 'referral.message'],
    name,
    fence: { role: 'hub_link', variables },
  };
}

/** Files are sent and opened by the link too. */
defineLink({
  name: 'referral',
  async find(ctx, token) {
    const hash = hashToken(token);
    await beforeAnswer(ctx, hash);
    const link = await findLink(ctx, hash);
    return link && holderOf(ctx, link);
  },
  listing: (ctx, holder) =>
    asLink(ctx, holder, async (agency) => {
      const [row] = await agency.db.query<{ id: string }>(
        'select r.service_id as id from hub.referral_link l join hub.referral r on r.id = l.referral_id where l.id = $1::uuid',
        [holder.id],
      );
      return row?.id ?? null;
    }),
});

/** Whether the database kept a row out: what was locked in time may be read no more when the next statement comes. */
const isFencedOff = (error: unknown): boolean => databaseCode(error) === '42501';

async function isDead({ db }: HubContext): Promise<boolean> {
  const [row] = await db.query<{ id: string | null }>('select hub.linked() as id', []);
  return !row?.id;
}

/** Does something as the agency whose link it is, in one transaction whose audit is written in it. */
export function actAsLink<T>(
  ctx: HubContext,
  holder: LinkHolder,
  work: (agency: HubContext) => Promise<T>,
): Promise<T> {
  const act = async (agency: HubContext): Promise<T> => {
    try {
      return await writeAudited(agency, () => work(agency));
    } catch (error) {
      // The link died while this was on its way: the sender took the referral back in the same moment, or the person stopped sharing.
      if (error instanceof GraphQLError && error.extensions['code'] === 'NOT_FOUND') return linkEnded();
      if (isFencedOff(error) && (await isDead(agency))) return linkEnded();
      throw error;
    }
  };
  return asLink(ctx, holder, act);
}

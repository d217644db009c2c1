import { sql } from 'kysely';
import { callerOf, openContext, settle, type HubContext } from '../../access/index.js';
import { hashToken } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';

/** Whose link it is, and for which listing. */
export interface Link {
  id: string;
  serviceId: string;
  organizationId: string;
}

/** The link of a token; null for one that was made up, has run out, was called back or was answered long ago. */
export async function findLink(ctx: HubContext, token: string): Promise<Link | null> {
  const { rows } = await sql<Link>`select id, service_id as "serviceId", organization_id as "organizationId"
    from hub.verification_link(${hashToken(token)}::bytea, ${ctx.clock.now().toISOString()}::timestamptz)`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return rows[0] ?? null;
}

export function linkEnded(): never {
  return refuse('LINK_ENDED', 'This link no longer works. Ask the directory for a new one.', 'token');
}

/** Does something as the agency whose link it is: what its own people may do with its listings, and nothing else. */
export async function asLink<T>(ctx: HubContext, link: Link, work: (agency: HubContext) => Promise<T>): Promise<T> {
  const { organizationId } = link;
  const permissions = new Set(['public', 'listing.write'] as const);
  const caller = callerOf({ userId: null, organizationId, roles: [], via: 'LINK', credentialId: link.id, permissions });
  const agency = openContext(ctx.platform, caller, ctx.request);
  try {
    return await work(agency);
  } finally {
    await settle(agency);
  }
}

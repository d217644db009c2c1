import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { asLink as asHolder, findApart, hashToken } from '../../identity/index.js';
import { refuse } from '../../platform/graphql/refusal.js';

/** Whose link it is, and for which listing. */
export interface Link {
  id: string;
  serviceId: string;
  organizationId: string;
}

/** The link of a token; null for one that was made up, has run out, was called back or was answered long ago. */
export function findLink(ctx: HubContext, token: string): Promise<Link | null> {
  return findApart(ctx, async ({ db, clock }) => {
    const { rows } = await sql<Link>`select id, service_id as "serviceId", organization_id as "organizationId"
    from hub.verification_link(${hashToken(token)}::bytea, ${clock.now().toISOString()}::timestamptz)`.execute(
      (await db.em()).getKysely<unknown>(),
    );
    return rows[0] ?? null;
  });
}

export function linkEnded(): never {
  return refuse('LINK_ENDED', 'This link no longer works. Ask the directory for a new one.', 'token');
}

/** Does something as the agency whose link it is: what its own people may do with its listings, and nothing else. */
export function asLink<T>(ctx: HubContext, link: Link, work: (agency: HubContext) => Promise<T>): Promise<T> {
  return asHolder(ctx, { ...link, permissions: ['listing.write'] }, work);
}

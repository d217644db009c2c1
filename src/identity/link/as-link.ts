import { callerOf, openContext, settle, type Fence, type HubContext, type Permission } from '../../access/index.js';
import { hashWith, keyFor } from '../token.js';

/** Whose link it is, and what may be done by it. */
export interface LinkHolder {
  /** The link itself, for the audit; never its token. */
  id: string;
  /** The organization in whose name something is done, and whose rows row-level security shows. */
  organizationId: string;
  /** All that is allowed, beside what everybody may. */
  permissions: readonly Permission[];
  /** What the person who acts calls themself; written beside what they do. */
  name?: string | null;
  /** A role of the database with narrower policies than those of ordinary callers, and what these read. */
  fence?: Fence;
}

/**
 * The token of a link follows from its id and its purpose, so that a letter that is sent again holds the same one and
 * nothing secret needs to be kept: only its hash is stored.
 */
export function linkToken(secret: string, purpose: string, id: string): string {
  return hashWith(keyFor(secret, `${purpose} token`), id).toString('base64url');
}

/**
 * Looks a link up on a connection that is given back at once, before {@link asLink} takes one: two held by one page could
 * starve a pool that others wait on. The operation's own reads are left alone: other fields may be in the middle of them.
 */
export async function findApart<T>(ctx: HubContext, find: (apart: HubContext) => Promise<T>): Promise<T> {
  const apart = openContext(ctx.platform, ctx.caller, ctx.request);
  try {
    return await find(apart);
  } finally {
    await settle(apart);
  }
}

/**
 * {@link findApart} by a function that the role of sign-in may call: one statement without a transaction around it. Named,
 * so that connections keep its plan.
 */
export async function findAtDoor<R extends object>(
  { platform }: HubContext,
  statement: { name: string; text: string },
  values: unknown[],
): Promise<R[]> {
  return (await platform.authPool.query<R>({ ...statement, values })).rows;
}

/** Does something as the organization whose link it is: what the link allows, and nothing else. */
export async function asLink<T>(ctx: HubContext, link: LinkHolder, work: (as: HubContext) => Promise<T>): Promise<T> {
  const { id: credentialId, organizationId } = link;
  const permissions = new Set<Permission>(['public', ...link.permissions]);
  const name = link.name ?? null;
  const caller = callerOf({ userId: null, organizationId, roles: [], via: 'LINK', credentialId, permissions, name });
  const as = openContext(ctx.platform, caller, ctx.request, link.fence ? { fence: link.fence } : {});
  try {
    return await work(as);
  } finally {
    await settle(as);
  }
}

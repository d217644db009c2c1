import type { HubContext, Role } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { accountById, type Account } from '../account/account.js';
import { sessionCookie } from '../session/authenticate.js';
import { personOf } from '../session/person.js';
import { findSession } from '../session/session.js';

/** Somebody who sets up an authenticator app. */
export interface Enrolling {
  account: Account;
  sessionId: string;
  organizationId: string | null;
  roles: readonly Role[];
  /** Signed in; else on the way in, where their role asks for an app first. */
  arrived: boolean;
}

/** Who sets up an app. Throws UNAUTHENTICATED for nobody, and FORBIDDEN for software with a key. */
export async function enrollingOf(ctx: HubContext): Promise<Enrolling> {
  const { authPool, clock } = ctx.platform;
  if (ctx.caller) {
    const { userId, sessionId, organizationId, roles } = personOf(ctx);
    return { account: await live(ctx, userId), sessionId, organizationId, roles, arrived: true };
  }
  const token = ctx.request.cookies.get(sessionCookie);
  const session = token ? await findSession(authPool, token, clock.now(), false) : null;
  if (session?.stage !== 'SETUP') return fail.unauthenticated();
  const account = await live(ctx, session.userId);
  const { organizationId, roles } = account;
  return { account, sessionId: session.id, organizationId, roles: roles ?? [], arrived: false };
}

async function live(ctx: HubContext, userId: string): Promise<Account> {
  const account = await accountById(ctx.platform.authPool, userId);
  return account && !account.disabled ? account : fail.unauthenticated();
}

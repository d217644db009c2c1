import type { PoolClient } from 'pg';
import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { accountByEmail, accountById, type Account } from '../account/account.js';
import { hashPassword, passwordProblem } from '../account/password.js';
import { nameOf } from '../account/update-profile.js';
import { auditDoor } from '../audit.js';
import { arrive, type Arrival } from '../sign-in/arrive.js';
import { beforeLink } from '../sign-in/attempts.js';
import { provePassword } from '../sign-in/sign-in.js';
import { hashToken } from '../token.js';
import { inTransaction } from '../transaction.js';
import type { Role } from './role.js';

interface OpenInvitation {
  id: string;
  organizationId: string;
  email: string;
  roles: Role[];
}

/**
 * Makes the reader of an invitation a member. Somebody who is signed in just becomes one; somebody with an account
 * shows its password; somebody new gives a name and chooses a password, and is signed in.
 */
export async function acceptInvitation(
  ctx: HubContext,
  input: { token: string; name: string; password: string },
): Promise<Arrival> {
  await beforeLink(ctx);
  const invitation = await findInvitation(ctx, input.token);
  if (!invitation) return linkEnded();
  const account = await accountByEmail(ctx.platform.authPool, invitation.email);
  if (account?.disabled) return linkEnded();
  const { caller } = ctx;
  if (caller?.via === 'SESSION' && caller.userId && caller.credentialId) {
    if (caller.userId !== account?.id) {
      return refuse('OTHER_ACCOUNT', 'This invitation is for another e-mail address. Sign out first.');
    }
    await inTransaction(ctx.platform.authPool, (db) => join(db, ctx, invitation, caller.userId ?? ''));
    return { step: 'SIGNED_IN', sessionId: caller.credentialId };
  }
  const userId = account ? await known(ctx, invitation, account, input.password) : await create(ctx, invitation, input);
  const joined = await accountById(ctx.platform.authPool, userId);
  return joined ? arrive(ctx, joined, { by: 'invitation', mfa: false }) : linkEnded();
}

async function findInvitation(ctx: HubContext, token: string): Promise<OpenInvitation | null> {
  const { rows } = await ctx.platform.authPool.query<OpenInvitation>(
    `select i.id, i.organization_id as "organizationId", i.email::text, i.roles
       from hub.invitation i join hub.organization o on o.id = i.organization_id and o.retired_at is null
      where i.token_hash = $1 and i.accepted_at is null and i.revoked_at is null and i.expires_at > $2`,
    [hashToken(token), ctx.clock.now()],
  );
  return rows[0] ?? null;
}

async function known(ctx: HubContext, invitation: OpenInvitation, account: Account, password: string): Promise<string> {
  const proved = await provePassword(ctx, account.email, password);
  if (!proved) {
    const message =
      'There is an account for your e-mail address already. Give its password, or ask for a new one first.';
    return refuse('ACCOUNT_EXISTS', message, 'password');
  }
  await inTransaction(ctx.platform.authPool, (db) => join(db, ctx, invitation, proved.id));
  return proved.id;
}

async function create(
  ctx: HubContext,
  invitation: OpenInvitation,
  { name, password }: { name: string; password: string },
): Promise<string> {
  const kept = nameOf(name);
  const problem = passwordProblem(password, invitation.email);
  if (problem) return refuse('WEAK_PASSWORD', problem, 'password');
  const passwordHash = await hashPassword(password);
  const userId = newId();
  const locale = ctx.language;
  await inTransaction(ctx.platform.authPool, async (db) => {
    await db.query(
      `insert into hub.user_account (id, email, name, password_hash, locale, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [userId, invitation.email, kept, passwordHash, locale, ctx.clock.now()],
    );
    await join(db, ctx, invitation, userId);
  });
  return userId;
}

/** Uses the invitation up and makes the membership; one that had ended begins anew with the roles of the invitation. */
async function join(db: PoolClient, ctx: HubContext, invitation: OpenInvitation, userId: string): Promise<void> {
  const { organizationId, roles } = invitation;
  const now = ctx.clock.now();
  const { rowCount } = await db.query(
    'update hub.invitation set accepted_at = $2 where id = $1 and accepted_at is null and revoked_at is null',
    [invitation.id, now],
  );
  if (rowCount !== 1) linkEnded();
  await db.query(
    `insert into hub.membership as m (id, user_id, organization_id, roles, created_at) values ($1, $2, $3, $4, $5)
     on conflict (user_id, organization_id) do update set ended_at = null,
       roles = case when m.ended_at is null then array(select unnest(m.roles) union select unnest(excluded.roles)) else excluded.roles end`,
    [newId(), userId, organizationId, roles, now],
  );
  await auditDoor(db, { action: 'member.accept', organizationId, userId, roles, requestId: ctx.request.id });
}

function linkEnded(): never {
  return refuse('LINK_ENDED', 'This invitation no longer works. Ask for a new one.', 'token');
}

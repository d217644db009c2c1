import { accountByEmail, accountById, type Account } from '../account/account.js';
import { baseUrlOf } from '../letters/link.js';
import { arrive } from '../sign-in/arrive.js';
import { beforeLink } from '../sign-in/attempts.js';
import type { Door } from '../sign-in/door.js';
import { claimsOf, type Claims } from './claims.js';
import { beginFlow, ownPath, takeFlow } from './flow.js';
import { SignOnProblem } from './problem.js';
import type { Provider } from './provider.js';

/** Sends somebody to the provider. Returns the address there. */
export async function startSignOn(door: Door, provider: Provider, next: unknown): Promise<string> {
  await beforeLink(door);
  const url = await beginFlow(door, await provider(), ownPath(next));
  return url.href;
}

/** Takes somebody back from the provider and signs them in. Returns the page to show. `path` is that of the request. */
export async function finishSignOn(door: Door, provider: Provider, path: string): Promise<string> {
  const returned = new URL(path, baseUrlOf(door.platform.config));
  const flow = await takeFlow(door, returned.searchParams.get('state'));
  if (!flow) throw new SignOnProblem('START_OVER');
  const claims = await claimsOf(await provider(), returned, flow);
  const account = await accountOf(door, claims);
  const { step } = await arrive(door, account, { by: 'oidc', mfa: claims.mfa });
  return step === 'SIGNED_IN'
    ? flow.returnTo
    : `/sign-in?${new URLSearchParams({ step: step === 'TOTP_REQUIRED' ? 'code' : 'setup', next: flow.returnTo })}`;
}

/**
 * The account behind a person at the provider: the one linked to them, else, the first time, the one with the address
 * that the provider has verified. Accounts are never made here: that takes an invitation.
 */
async function accountOf(door: Door, { issuer, subject, email }: Claims): Promise<Account> {
  const { authPool, clock } = door.platform;
  const { rows } = await authPool.query<{ userId: string }>(
    'select user_id as "userId" from hub.oidc_link where issuer = $1 and subject = $2',
    [issuer, subject],
  );
  const [link] = rows;
  if (!link && !email) throw new SignOnProblem('EMAIL_NOT_VERIFIED');
  const account = link ? await accountById(authPool, link.userId) : await accountByEmail(authPool, email ?? '');
  if (!account || account.disabled) throw new SignOnProblem('NO_ACCOUNT');
  if (!link) {
    await authPool.query(
      'insert into hub.oidc_link (issuer, subject, user_id, created_at) values ($1, $2, $3, $4) on conflict do nothing',
      [issuer, subject, account.id, clock.now()],
    );
  }
  return account;
}

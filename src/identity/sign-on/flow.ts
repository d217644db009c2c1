import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client';
import { baseUrlOf } from '../letters/link.js';
import type { Door } from '../sign-in/door.js';
import { hashToken, newToken } from '../token.js';
import { callbackPath } from './paths.js';

/** A person has this long to sign in at the provider. */
const validMs = 10 * 60_000;
/** Holds the state in the browser too, so that nobody can be sent into a sign-on that somebody else began. */
const stateCookie = 'oidc';

/** A sign-on that waits for its return. */
export interface Flow {
  state: string;
  codeVerifier: string;
  nonce: string;
  returnTo: string;
}

/** A page of ours to come back to; anything else becomes the start page. */
export function ownPath(path: unknown): string {
  const fits = typeof path === 'string' && path.length <= 500 && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path);
  return fits ? path : '/';
}

/** Begins a sign-on and returns where to send the browser. */
export async function beginFlow(door: Door, configuration: Configuration, returnTo: string): Promise<URL> {
  const { authPool, clock, config } = door.platform;
  const state = newToken();
  const codeVerifier = randomPKCECodeVerifier();
  const nonce = randomNonce();
  await authPool.query(
    'insert into hub.oidc_flow (state_hash, code_verifier, nonce, return_to, expires_at) values ($1, $2, $3, $4, $5)',
    [hashToken(state), codeVerifier, nonce, returnTo, new Date(clock.now().getTime() + validMs)],
  );
  door.request.cookies.set(stateCookie, state);
  return buildAuthorizationUrl(configuration, {
    redirect_uri: `${baseUrlOf(config)}${callbackPath}`,
    scope: 'openid email profile',
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
}

/** The sign-on that this browser began, if it waits still. It can be taken once. */
export async function takeFlow(door: Door, state: string | null): Promise<Flow | null> {
  const { authPool, clock } = door.platform;
  const own = door.request.cookies.get(stateCookie);
  door.request.cookies.clear(stateCookie);
  if (!state || state !== own) return null;
  const { rows } = await authPool.query<Omit<Flow, 'state'> & { expiresAt: Date }>(
    `delete from hub.oidc_flow where state_hash = $1
     returning code_verifier as "codeVerifier", nonce, return_to as "returnTo", expires_at as "expiresAt"`,
    [hashToken(state)],
  );
  const [row] = rows;
  return row && row.expiresAt > clock.now() ? { ...row, state } : null;
}

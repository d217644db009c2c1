import { authorizationCodeGrant, fetchUserInfo, type Configuration } from 'openid-client';
import type { Flow } from './flow.js';

/** What the provider says about a person. */
export interface Claims {
  issuer: string;
  subject: string;
  /** Only when the provider has verified it. */
  email: string | null;
  /** Whether a second factor was given there (RFC 8176). */
  mfa: boolean;
}

/** Exchanges the code and checks signature, issuer, audience, nonce and time. Throws when anything is not right. */
export async function claimsOf(configuration: Configuration, returned: URL, flow: Flow): Promise<Claims> {
  const tokens = await authorizationCodeGrant(configuration, returned, {
    pkceCodeVerifier: flow.codeVerifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (!claims) throw new Error('The provider sent no identity');
  const { iss: issuer, sub: subject, amr } = claims;
  const mfa = Array.isArray(amr) && amr.includes('mfa');
  // Many providers tell the address only when they are asked for it apart.
  const address =
    claims['email'] === undefined ? await fetchUserInfo(configuration, tokens.access_token, subject) : claims;
  const { email, email_verified: verified } = address as { email?: unknown; email_verified?: unknown };
  return { issuer, subject, email: typeof email === 'string' && verified === true ? email : null, mfa };
}

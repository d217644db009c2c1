import { allowInsecureRequests, discovery, type Configuration } from 'openid-client';
import type { Config } from '../../platform/config.js';

/** Seconds until a provider that does not answer counts as down. */
const timeout = 5;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The provider people sign in through, asked for its addresses and keys when somebody first comes. */
export type Provider = () => Promise<Configuration>;

/**
 * Nothing is asked when the hub starts: a provider that is down must not keep it from starting. One that could not be
 * reached is asked again the next time. Without https only on this very machine, for trying out.
 */
export function createProvider({ issuer, clientId, clientSecret }: NonNullable<Config['oidc']>): Provider {
  let known: Promise<Configuration> | undefined;
  const server = new URL(issuer);
  const execute = loopback.has(server.hostname) ? [allowInsecureRequests] : [];
  return () => {
    const found = (known ??= discovery(server, clientId, clientSecret, undefined, { timeout, execute }));
    found.catch(() => {
      if (known === found) known = undefined;
    });
    return found;
  };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** What a person is at the provider. */
interface ProviderPerson {
  subject: string;
  email?: string;
  emailVerified?: boolean;
  /** How they signed in there, such as `['pwd', 'mfa']`. */
  amr?: string[];
}

/** An OpenID Connect provider on this machine that signs in whoever it is told to, without asking. */
export interface IdentityProvider {
  issuer: string;
  /** The settings with which a hub uses it. */
  env: Record<string, string>;
  /** Who is at the keyboard from now on; null presses Cancel. */
  become(person: ProviderPerson | null): void;
  /** Follows the way from the hub's redirect to the address the provider sends the browser back to. */
  visit(address: string): Promise<URL>;
  /** Refuses connections, or takes them again. */
  down(): Promise<void>;
  up(): Promise<void>;
}

const client = { id: 'hub', secret: 'a-client-secret-for-tests-only-0123456789' };

/** `redirectUri` is the hub's return address. `emailInToken` puts the address into the identity token itself. */
export async function identityProvider(redirectUri: string, emailInToken = false): Promise<IdentityProvider> {
  let person: ProviderPerson | null = null;
  const people = new Map<string, ProviderPerson>();
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => handle(request, response));
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: !emailInToken,
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: () => '/interaction' },
    findAccount: (_: unknown, id: string) => {
      const { email, emailVerified } = people.get(id) ?? {};
      return { accountId: id, claims: () => ({ sub: id, email, email_verified: emailVerified }) };
    },
  });
  const callback = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!person) return provider.interactionFinished(request, response, { error: 'access_denied' });
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: person.subject, clientId: params.client_id });
    grant.addOIDCScope('openid email profile');
    const login = { accountId: person.subject, amr: person.amr };
    return provider.interactionFinished(request, response, { login, consent: { grantId: await grant.save() } });
  };
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction')) void interact(request, response);
    else callback(request, response);
  };
  return {
    issuer,
    env: { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret },
    become(next) {
      person = next;
      if (next) people.set(next.subject, next);
    },
    async visit(address) {
      const cookies = new Map<string, string>();
      let url = new URL(address);
      for (let hop = 0; hop < 8 && url.href.startsWith(issuer); hop += 1) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
        for (const line of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          cookies.set(name, value);
        }
        const next = response.headers.get('location');
        if (!next) throw new Error(`The provider stopped at ${url.pathname}: ${response.status}`);
        url = new URL(next, url);
      }
      return url;
    },
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    up: () => listen(port),
  };
}

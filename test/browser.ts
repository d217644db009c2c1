import { addressOf } from './actors.js';
import type { TestHub } from './hub.js';

interface Answer<T> {
  data: T;
  /** Codes of the errors, such as `RATE_LIMITED`; empty when there are none. */
  codes: string[];
  messages: string[];
}

/** A browser with its cookies, as far as sign-in needs one. */
export interface Browser {
  cookies: Map<string, string>;
  /** The `Set-Cookie` lines of the last answer. */
  setCookies: string[];
  /** Sends an operation with the cookies, and keeps those of the answer. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read what they asked for
  gql<T = any>(query: string, variables?: object): Promise<Answer<T>>;
  /** Opens an address without following where it leads. */
  open(url: string): Promise<Response>;
}

/** A new browser. `ip` counts when the hub trusts its proxy (`TRUST_PROXY: 'loopback'`). */
export async function browser(hub: TestHub, ip = '192.0.2.1'): Promise<Browser> {
  const base = await addressOf(hub);
  const cookies = new Map<string, string>();
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = {
      ...Object.fromEntries(new Headers(init.headers)),
      'x-forwarded-for': ip,
      ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    };
    const response = await fetch(new URL(url, base), { ...init, headers, redirect: 'manual' });
    self.setCookies = response.headers.getSetCookie();
    for (const line of self.setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const self: Browser = {
    cookies,
    setCookies: [],
    open: (url) => send(url),
    async gql(query, variables = {}) {
      const response = await send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as {
        data: never;
        errors?: { message: string; extensions: { code: string } }[];
      };
      const errors = body.errors ?? [];
      return {
        data: body.data,
        codes: errors.map((error) => error.extensions.code),
        messages: errors.map((error) => error.message),
      };
    },
  };
  return self;
}

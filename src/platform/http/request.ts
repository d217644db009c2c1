/** What a resolver may know of the request it answers. */
export interface RequestInfo {
  /** Stands in the log, the audit and an INTERNAL error, so that the three can be put side by side. */
  id: string;
  ip: string;
  userAgent: string | null;
  /** What the browser prefers, such as `es-MX,es;q=0.9`. */
  acceptLanguage: string | null;
  cookies: CookieJar;
}

/** The cookies of the request, and those that go back with the answer: HttpOnly, Secure over https, SameSite=Lax. */
export interface CookieJar {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  clear(name: string): void;
}

/** A request, and the key of a software client if it brought one (`Authorization: Bearer …`). */
export interface Incoming {
  request: RequestInfo;
  bearer: string | undefined;
}

/**
 * Finds out who calls and opens an operation for them. `touch` says whether this counts as activity of the person:
 * an open socket does not, or it would keep a session alive for ever. `reads` says that the operation most likely reads
 * and does not write: its transaction may begin with the question who calls.
 */
export type OpenContext<C> = (incoming: Incoming, options: { touch: boolean; reads?: boolean }) => Promise<C>;

/** The token of an Authorization header. */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
}

/** A jar of its own, for operations that come from no browser: tests, sockets, tasks. */
export function memoryCookies(values: Record<string, string | undefined> = {}): CookieJar {
  const kept = new Map(Object.entries(values));
  return {
    get: (name) => kept.get(name),
    set: (name, value) => void kept.set(name, value),
    clear: (name) => void kept.delete(name),
  };
}

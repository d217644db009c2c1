import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CookieJar } from './request.js';

/** `__Host-`: the browser takes such a cookie over https only, for this host alone, and for every path. */
function fullName(name: string, secure: boolean): string {
  return secure ? `__Host-hub_${name}` : `hub_${name}`;
}

/** The cookies of a request, and those its answer sets. No Max-Age: the server decides how long a session lives. */
export function requestCookies(request: FastifyRequest, reply: FastifyReply, secure: boolean): CookieJar {
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    get: (name) => request.cookies[fullName(name, secure)],
    set: (name, value) => void reply.setCookie(fullName(name, secure), value, options),
    clear: (name) => void reply.clearCookie(fullName(name, secure), options),
  };
}

/** The cookies of a socket's upgrade request. There is no answer to set any on. */
export function upgradeCookies(found: Readonly<Record<string, string>>, secure: boolean): CookieJar {
  return { get: (name) => found[fullName(name, secure)], set: () => undefined, clear: () => undefined };
}

/** Whether a request comes from a browser with one of our cookies, rather than from software with a key. */
export function isBrowserSession(cookieHeader: string | undefined): boolean {
  return /(^|;\s*)(__Host-)?hub_\w+=/.test(cookieHeader ?? '');
}

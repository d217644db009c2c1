import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from our own pages, or from no page at all (software sends no Origin; a browser always does
 * on a POST or a socket).
 */
export function isOwnOrigin(headers: IncomingHttpHeaders, baseUrl: string | undefined): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin).host;
  return from === host || (baseUrl !== undefined && from === new URL(baseUrl).host);
}

import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

const secretPaths = ['authorization', 'cookie', 'password', 'token', 'secret', 'code'];
/** What a code that names a problem looks like: of PostgreSQL, of Node, of the API or of a socket. A one-time code never does. */
const problemCode = /^(?:[0-9A-Z]{5}|E[A-Z]+|[A-Z]+(?:_[A-Z]+)+|[A-Z]+|[1-5]\d{2}|[14]\d{3})$/;
/** Where such a code stands: beside the message, or in the error. Anywhere else a code is what somebody typed. */
const problemPlaces = new Set(['code', 'err.code', 'error.code']);

/** What stands in the place of a secret. The code of a problem is none. */
function censor(value: unknown, path: string[]): unknown {
  const isProblem = problemPlaces.has(path.map(String).join('.')) && problemCode.test(String(value));
  return isProblem || value === undefined ? value : '[redacted]';
}
const secretQuery = /([?&](?:token|code|state|key|session|signature)=)[^&#\s]*/gi;

/** An address without the values that open doors. */
export function redactUrl(url: string): string {
  return url.replace(secretQuery, '$1[redacted]');
}

/** Structured log to standard output. It takes ids, names of operations and codes; never bodies or people's data. */
export function createLog(level: string, destination?: { write(line: string): void }): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: {
        // Those of errors by name too: of a wildcard, pino does not say where it was found.
        paths: ['err.code', 'error.code', ...secretPaths.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`])],
        censor,
      },
      serializers: { err: describeError, error: describeError, req: describeRequest },
    },
    // Written at once and by itself: a stream would keep lines back, and costs more than the line.
    destination ?? pino.destination({ fd: 1, sync: true }),
  );
}

/** PostgreSQL errors carry rows in `detail` and whole statements elsewhere: keep what finds the place, no values. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint, table } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown };
  const message = typeof code === 'string' ? (messageOf(code) ?? redactUrl(error.message)) : redactUrl(error.message);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message, code, constraint, table, stack: frames?.slice(0, 12).join('\n') };
}

function messageOf(code: string): string | undefined {
  if (/^[0-9A-Z]{5}$/.test(code)) return `PostgreSQL ${code}`;
  return /^E[A-Z]{4,}$/.test(code) ? `network or file ${code}` : undefined; // Node's own words hold the address.
}

/** A query over GET carries its variables in the address, and a page what was searched for. */
export function pathOf(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

function describeRequest(request: { method?: string; url?: string; id?: unknown }): unknown {
  return { id: request.id, method: request.method, url: request.url === undefined ? undefined : pathOf(request.url) };
}

/**
 * Logs what nobody awaited, and goes on: one ordinary GraphQL query can leave a late rejection behind
 * (a failed sibling in a non-null list), and exiting would let one caller end the process for all.
 */
export function logLostRejections(log: Logger): () => void {
  const listener = (reason: unknown): void => log.error({ err: reason }, 'a rejection that nobody awaited');
  process.on('unhandledRejection', listener);
  return () => process.off('unhandledRejection', listener);
}

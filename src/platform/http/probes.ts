import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from './address.js';
import { bearerOf } from './request.js';

/** One thing that must work before requests may come: its name, and whether it does. */
export interface ReadyCheck {
  name: string;
  ready(): Promise<boolean> | boolean;
}

export interface ProbeOptions {
  checks: readonly ReadyCheck[];
  /** Seconds by which something is behind. The hub still works, so it stays ready. */
  behind?: (() => Promise<Record<string, number>>) | undefined;
  metrics: (() => Promise<string>) | undefined;
  /** Whoever sends it as a bearer token sees numbers and details. */
  metricsToken: string | undefined;
  production: boolean;
}

async function holds(check: ReadyCheck): Promise<boolean> {
  try {
    return await check.ready();
  } catch {
    return false;
  }
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other));

/**
 * Who may see more than whether the hub is up: with the token, or outside production from this machine itself. Not so in
 * production, where a proxy on the same machine makes every visitor look like that.
 */
function mayLook(request: FastifyRequest, { metricsToken, production }: ProbeOptions): boolean {
  if (metricsToken !== undefined) return same(bearerOf(request.headers.authorization) ?? '', metricsToken);
  const passedOn = request.headers['x-forwarded-for'] ?? request.headers['forwarded'];
  return !production && passedOn === undefined && isLoopback(request.socket.remoteAddress ?? '');
}

/**
 * `/healthz`: the process lives. `/readyz`: everything behind it answers, with what does not for those who may look.
 * `/metrics`: numbers for Prometheus; for everybody else there is no such address.
 */
export function serveProbes(app: FastifyInstance, options: ProbeOptions): void {
  const { checks, metrics } = options;
  const quiet = { logLevel: 'warn' } as const;
  // Strangers who ask all at once cost one look.
  let looking: Promise<(readonly [string, boolean])[]> | undefined;
  const look = (): Promise<(readonly [string, boolean])[]> =>
    (looking ??= Promise.all(checks.map(async (check) => [check.name, await holds(check)] as const)).finally(() => {
      looking = undefined;
    }));
  app.get('/healthz', quiet, async () => ({ status: 'ok' }));
  app.get('/readyz', quiet, async (request, reply) => {
    const parts = await look();
    const ready = parts.every(([, ok]) => ok);
    const details = mayLook(request, options)
      ? { checks: Object.fromEntries(parts), behindSeconds: await options.behind?.().catch(() => undefined) }
      : {};
    return reply.status(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', ...details });
  });
  app.get('/metrics', quiet, async (request, reply) => {
    if (!metrics || !mayLook(request, options)) return reply.status(404).send({ error: 'Not found' });
    return reply
      .headers({ 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' })
      .send(await metrics());
  });
}

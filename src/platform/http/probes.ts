import type { FastifyInstance } from 'fastify';

/** One thing that must work before requests may come: its name, and whether it does. */
export interface ReadyCheck {
  name: string;
  ready(): Promise<boolean> | boolean;
}

async function holds(check: ReadyCheck): Promise<boolean> {
  try {
    return await check.ready();
  } catch {
    return false;
  }
}

/** `/healthz`: the process lives. `/readyz`: everything behind it answers. `/metrics`: numbers for Prometheus. */
export function serveProbes(
  app: FastifyInstance,
  checks: readonly ReadyCheck[],
  metrics: (() => Promise<string>) | undefined,
): void {
  const quiet = { logLevel: 'warn' } as const;
  app.get('/healthz', quiet, async () => ({ status: 'ok' }));
  app.get('/readyz', quiet, async (_, reply) => {
    const parts = await Promise.all(checks.map(async (check) => [check.name, await holds(check)] as const));
    const ready = parts.every(([, ok]) => ok);
    return reply
      .status(ready ? 200 : 503)
      .send({ status: ready ? 'ready' : 'not ready', checks: Object.fromEntries(parts) });
  });
  if (metrics) {
    app.get('/metrics', quiet, async (_, reply) =>
      reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await metrics()),
    );
  }
}

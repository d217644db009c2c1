import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BusyAt } from './busy.js';

interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

export interface MetricSources {
  /** Pools by name, asked at each scrape. */
  pools: Record<string, PoolCounts>;
  jobs(): Promise<{ waiting: number; running: number; dead: number }>;
  /** Seconds that the oldest job which could run has waited. */
  jobWait(): Promise<number>;
  /** Who was turned away, and who waits at the door. */
  load: { counts(): Readonly<Record<BusyAt, number>> };
  door: { counts(): { inside: number; waiting: number } };
  /** How live news do; seconds, and readers. */
  live: { lagMs(): number; readers(): { now: number; letGo: number } };
  /** The second search engine, where there is one. */
  search?(): Promise<{ up: boolean; waiting: number; answered: Record<string, number> } | undefined>;
  /** Node's own metrics: once per process. */
  process: boolean;
}

/** Seconds: from a cached answer to the statement time-out. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export type Metrics = ReturnType<typeof createMetrics>;

/** The numbers for /metrics. Labels come from fixed lists only: free text would be unbounded and could name people. */
export function createMetrics(sources: MetricSources) {
  const registry = new Registry();
  const registers = [registry];
  if (sources.process) collectDefaultMetrics({ register: registry });
  const http = new Histogram({
    name: 'hub_http_request_seconds',
    help: 'Time to answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  const graphql = new Histogram({
    name: 'hub_graphql_operation_seconds',
    help: 'Time of a GraphQL operation, by name of a trusted document, else "other".',
    labelNames: ['operation', 'outcome'],
    buckets,
    registers,
  });
  const jobs = new Counter({ name: 'hub_jobs_total', help: 'Jobs run.', labelNames: ['task', 'outcome'], registers });
  void new Gauge({
    name: 'hub_pool_connections',
    help: 'Database connections.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [pool, { totalCount, idleCount, waitingCount }] of Object.entries(sources.pools)) {
        this.set({ pool, state: 'busy' }, totalCount - idleCount);
        this.set({ pool, state: 'idle' }, idleCount);
        this.set({ pool, state: 'wanted' }, waitingCount);
      }
    },
  });
  void new Gauge({
    name: 'hub_jobs',
    help: 'Jobs in the queue.',
    labelNames: ['state'],
    registers,
    async collect() {
      // The other numbers are wanted most of all while the database is away.
      const counts = await sources.jobs().catch(() => undefined);
      if (!counts) return this.reset();
      for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
    },
  });
  watchLag(registers, sources);
  watchDoor(registers, sources);
  if (sources.search) watchSearch(registers, sources.search);
  const trusted = new Set<string>();
  return {
    /** The page in Prometheus' text form. */
    text: (): Promise<string> => registry.metrics(),
    contentType: registry.contentType,
    /** `route` is the pattern, such as /api/referrals/:id, never the address itself. */
    http: (method: string, route: string, status: number, seconds: number): void =>
      http.observe({ method, route, status: String(status) }, seconds),
    /** Names that may stand as a label: those of the trusted documents. */
    trust: (names: Iterable<string>): void => {
      for (const name of names) trusted.add(name);
    },
    graphql: (operation: string | null | undefined, failed: boolean, seconds: number): void =>
      graphql.observe(
        { operation: operation && trusted.has(operation) ? operation : 'other', outcome: failed ? 'error' : 'ok' },
        seconds,
      ),
    job: (task: string, failed: boolean): void => jobs.inc({ task, outcome: failed ? 'error' : 'ok' }),
  };
}

/** Whether the hub keeps up: how late live news are heard, who was too slow for them, how long jobs wait. */
function watchLag(registers: Registry[], { live, jobWait }: MetricSources): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const now = await Promise.resolve(read()).catch(() => undefined);
        if (now === undefined) this.reset();
        else this.set(now);
      },
    });
  gauge('hub_job_wait_seconds', 'Seconds that the oldest job which could run has waited.', jobWait);
  gauge('hub_live_lag_seconds', 'How late this process hears what it said itself.', () => live.lagMs() / 1000);
  gauge('hub_live_readers', 'Streams of live changes that are followed now.', () => live.readers().now);
  void new Counter({
    name: 'hub_live_let_go_total',
    help: 'Readers of live changes that were let go of because they were too slow.',
    registers,
    collect() {
      this.reset();
      this.inc(live.readers().letGo);
    },
  });
}

/** Whether more is asked of the hub than it can do in time. */
function watchDoor(registers: Registry[], { load, door }: MetricSources): void {
  void new Gauge({
    name: 'hub_operations',
    help: 'GraphQL requests that are worked on or wait for their turn.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(door.counts())) this.set({ state }, count);
    },
  });
  void new Counter({
    name: 'hub_refused_busy_total',
    help: 'Requests that were turned away because there were too many, at the door or waiting for the database.',
    labelNames: ['at'],
    registers,
    collect() {
      this.reset();
      for (const [at, count] of Object.entries(load.counts())) this.inc({ at }, count);
    },
  });
}

/** Whether questions reach the second search engine, which one answers them, and what it has not been told of. */
function watchSearch(registers: Registry[], search: NonNullable<MetricSources['search']>): void {
  const gauge = (name: string, help: string, read: (now: NonNullable<Awaited<ReturnType<typeof search>>>) => number) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const now = await search().catch(() => undefined);
        // Where there is no second engine, 0 would say that it is down.
        if (now) this.set(read(now));
        else this.remove();
      },
    });
  gauge(
    'hub_search_replica_up',
    '1 while questions go to the second search engine, 0 while PostgreSQL stands in.',
    (now) => (now.up ? 1 : 0),
  );
  gauge(
    'hub_search_replica_waiting',
    'Services that the second search engine has not been told of.',
    (now) => now.waiting,
  );
  void new Counter({
    name: 'hub_search_answers_total',
    help: 'Searches answered, by engine.',
    labelNames: ['engine'],
    registers,
    async collect() {
      const now = await search().catch(() => undefined);
      if (!now) return;
      this.reset();
      for (const [engine, count] of Object.entries(now.answered)) this.inc({ engine }, count);
    },
  });
}

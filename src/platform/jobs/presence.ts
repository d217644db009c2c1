import { Client, type Pool } from 'pg';

const RETRY_MS = 1000;
/** A worker that is not there for so long is dead: one whose connection was lost is back after a second. */
const GONE_MS = 30_000;

/** Every worker shares this lock; beside it each holds one of its own id, by which its jobs are locked. */
const WORKERS = `hashtext('hub.worker')`;
const NOBODY = `select held.by from (
    select locked_by as by, locked_at from graphile_worker._private_jobs where locked_by is not null
    union all select locked_by, locked_at from graphile_worker._private_job_queues where locked_by is not null) held
  where not exists (select from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and l.granted and l.objsubid = 2
      and l.classid::bigint = ${WORKERS}::bigint & 4294967295 and l.objid::bigint = hashtext(held.by)::bigint & 4294967295)
  group by held.by having max(held.locked_at) <= now() - make_interval(secs => $1)`;

/** What says that a worker lives. */
export interface Presence {
  /** From now on this worker is known to live. */
  hold(worker: string): void;
  /** Takes back the jobs of workers that are dead. */
  takeBack(): Promise<void>;
  end(): Promise<void>;
}

/**
 * Every worker holds locks while it lives. The jobs that a crash left locked, which would wait four hours otherwise, are
 * taken back at once by whoever starts and finds nobody else, and after a moment by whoever lives beside it. A lock that is
 * lost with its connection is taken again.
 */
export async function takePresence(workerUrl: string, pool: Pool): Promise<Presence> {
  const workers = new Set<string>();
  let client: Client;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  const connect = async (): Promise<Client> => {
    const next = new Client({
      connectionString: workerUrl,
      connectionTimeoutMillis: 5000,
      keepAlive: true,
      application_name: 'hub presence',
    });
    next.on('error', () => undefined);
    next.on('end', again);
    await next.connect();
    return next;
  };
  const lock = (worker: string) =>
    client.query(`select pg_advisory_lock_shared(${WORKERS}, hashtext($1))`, [worker]).catch(() => undefined);
  const share = (held: Client) => held.query(`select pg_advisory_lock_shared(${WORKERS})`);
  async function retake(): Promise<void> {
    try {
      client = await connect();
      if (over) return await client.end();
      await share(client);
      for (const worker of workers) await lock(worker);
    } catch {
      again();
    }
  }
  function again(): void {
    if (over) return;
    clearTimeout(timer);
    timer = setTimeout(() => void retake(), RETRY_MS);
    timer.unref();
  }

  client = await connect().catch((error: unknown) => {
    over = true;
    throw error;
  });
  const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${WORKERS}) as alone`);
  const alone = rows[0]?.alone ?? false;
  if (alone) await unlock(pool, 0);
  await share(client);
  if (alone) await client.query(`select pg_advisory_unlock(${WORKERS})`);
  return {
    hold(worker) {
      workers.add(worker);
      void lock(worker);
    },
    takeBack: () => unlock(pool, GONE_MS),
    end: async () => {
      over = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}

async function unlock(pool: Pool, goneMs: number): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(gone.by)) from (${NOBODY}) gone (by) having count(*) > 0`,
    [goneMs / 1000],
  );
}

import { Client, type Pool } from 'pg';

const KEY = `hashtext('hub.worker')`;
const RETRY_MS = 1000;

/** What says that a worker lives. */
export interface Presence {
  end(): Promise<void>;
}

/**
 * Every worker holds a shared lock while it lives. Whoever starts and finds nobody else takes back the jobs that a
 * crash left locked; otherwise they would wait four hours. A lock that is lost with its connection is taken again.
 */
export async function takePresence(workerUrl: string, pool: Pool): Promise<Presence> {
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
  const hold = (held: Client) => held.query(`select pg_advisory_lock_shared(${KEY})`);
  async function retake(): Promise<void> {
    try {
      client = await connect();
      await (over ? client.end() : hold(client));
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
  const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${KEY}) as alone`);
  const alone = rows[0]?.alone ?? false;
  if (alone) await unlockAll(pool);
  await hold(client);
  if (alone) await client.query(`select pg_advisory_unlock(${KEY})`);
  return {
    end: async () => {
      over = true;
      clearTimeout(timer);
      await client.end();
    },
  };
}

async function unlockAll(pool: Pool): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by))
       from (select locked_by from graphile_worker._private_jobs where locked_by is not null
             union select locked_by from graphile_worker._private_job_queues where locked_by is not null) held
      having count(*) > 0`,
  );
}

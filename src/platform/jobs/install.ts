import { runMigrations } from 'graphile-worker';
import { type Client, Pool } from 'pg';
import { quietLogger } from './logger.js';

/** Raise when the statements below or the version of graphile-worker change. */
const revision = 'graphile-worker 0.18.0, revision 5';

/**
 * The queue's tables, owned by hub_worker because they carry row-level security without policies, and the one door
 * to them for everybody else: hub.enqueue. Does nothing when this revision is there already.
 */
export async function installJobs(owner: Client, workerUrl: string): Promise<void> {
  const current = await owner.query<{ comment: string | null }>(
    `select obj_description(to_regprocedure('hub.enqueue(text,json,timestamptz,text,text,int)'), 'pg_proc') as comment`,
  );
  if (current.rows[0]?.comment === revision) return;
  const { rows } = await owner.query<{ name: string; superuser: boolean }>(
    `select quote_ident(current_database()) as name, (select rolsuper from pg_roles where rolname = current_user) as superuser`,
  );
  const database = rows[0]?.name;
  // An owner who is not a superuser may hand objects only to a role it belongs to.
  if (!rows[0]?.superuser) await owner.query('grant hub_worker to current_user');
  await owner.query(`grant create on database ${database} to hub_worker`);
  await owner.query('create schema if not exists graphile_worker authorization hub_worker');
  const pool = new Pool({ connectionString: workerUrl, max: 1, connectionTimeoutMillis: 5000 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await runMigrations({ pgPool: pool, logger: quietLogger });
  } finally {
    await pool.end();
  }
  await owner.query(`revoke create on database ${database} from hub_worker`);
  await owner.query(door);
}

const door = `
begin;
drop function if exists hub.enqueue(text, json, timestamptz, text, text, int);
drop function if exists hub.waiting_jobs(text[]);
create function hub.enqueue(task text, payload json default '{}', run_at timestamptz default null,
  job_key text default null, queue text default null, max_attempts int default null)
  returns bigint language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select (graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key,
    queue_name => queue, max_attempts => max_attempts)).id $$;
revoke all on function hub.enqueue from public;
grant execute on function hub.enqueue to hub_app, hub_task, hub_auth, hub_link, hub_patient, hub_caregiver;
comment on function hub.enqueue is '${revision}';
-- Which of these keys have a job that waits, was not tried yet and may run: it stays as it is, and untouched until the
-- caller's transaction ends, so that it sees what the caller writes. Asking for it again would write it anew.
create function hub.waiting_jobs(keys text[]) returns setof text
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  select j.key from graphile_worker._private_jobs j
  where j.key = any (keys) and j.locked_at is null and j.attempts = 0 and j.run_at <= now() for update skip locked $$;
revoke all on function hub.waiting_jobs from public;
grant execute on function hub.waiting_jobs to hub_task;
grant create on schema hub to hub_worker;
alter function hub.enqueue owner to hub_worker;
alter function hub.waiting_jobs owner to hub_worker;
revoke create on schema hub from hub_worker;
commit;
`;

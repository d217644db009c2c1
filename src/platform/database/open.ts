import type { AnyEntity, EntityClass, EntitySchema } from '@mikro-orm/core';
import { MikroORM, type PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Client, DatabaseError, Pool } from 'pg';
import type { Config } from '../config.js';
import type { Logger } from '../log.js';
import { StartError } from '../start-error.js';
import { HubDriver } from './driver.js';
import { startEmbedded } from './embedded.js';
import { migrate } from './migrate.js';
import { OperationDb, type Session } from './operation.js';
import { prepareRoles, urlFor } from './roles.js';
import { watchReplicas, type Replicas } from './replicas.js';
import { loudSettings } from './server-log.js';

export type Entity = EntityClass<AnyEntity> | EntitySchema;

/** Server-side limits of a request's statements; the client's own limit is a backstop for a server that is silent. */
const limits = {
  connectionTimeoutMillis: 2000,
  statement_timeout: 5000,
  lock_timeout: 3000,
  idle_in_transaction_session_timeout: 15_000,
  query_timeout: 10_000,
  keepAlive: true,
};

/**
 * Opens the database: starts the embedded one unless DATABASE_URL names another, brings it up to date, and signs in
 * with roles that own nothing. `shared` joins the embedded server of a hub that runs already.
 */
export async function openDatabase(config: Config, entities: Entity[], log: Logger, shared = false) {
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir, shared });
  const ownerUrl = config.databaseUrl ?? embedded?.url;
  if (!ownerUrl) throw new StartError('No database.');
  const lost = new Promise<StartError>((resolve) => embedded?.watch(log, resolve));
  try {
    const url = (role: Parameters<typeof urlFor>[1]): string => urlFor(ownerUrl, role, config.secret);
    const { migrated, loud } = await prepare(ownerUrl, url('hub_worker'), config.secret);
    if (loud.length > 0 && !embedded) {
      log.warn({ settings: loud }, "PostgreSQL's own log may hold values of people: set these on the server");
    }
    if (migrated.length > 0) log.info({ migrations: migrated }, 'database brought up to date');
    const orm = await openOrm(url('hub_login'), entities, config.poolSize, log);
    const authPool = openPool(url('hub_auth'), 4, 'hub auth', log);
    const jobPool = openPool(url('hub_worker'), 2, 'hub queue', log);
    return {
      orm,
      /** The pool behind `orm`, for its counts. */
      requestPool: () => orm.em.getConnection('write').getNativeClient() as Promise<Pool>,
      /** Connections of role hub_auth: the tables of sign-in and nothing else. */
      authPool,
      /** Connections of role hub_worker: the queue and nothing else. */
      jobPool,
      ownerUrl,
      /** Connection string of hub_worker: the queue and nothing else. */
      workerUrl: url('hub_worker'),
      /** Connection string of hub_login, for a LISTEN connection. */
      loginUrl: url('hub_login'),
      /** Opens the replicas of the settings, if there are any; they have the primary's roles and passwords. */
      replicas: async (): Promise<Replicas | undefined> => {
        if (config.replicaUrls.length === 0) return undefined;
        const logins = config.replicaUrls.map((replica) => urlFor(replica, 'hub_login', config.secret));
        const orms = await Promise.all(logins.map((login) => openOrm(login, entities, config.poolSize, log)));
        return watchReplicas({ orms, primary: authPool, log });
      },
      /** Settles when the embedded database is gone for good: nothing is left but to end. */
      lost,
      operation: (session: Session): OperationDb => new OperationDb(orm, session),
      close: async (): Promise<void> => {
        await orm.close(true);
        await authPool.end();
        await jobPool.end();
        await embedded?.close();
      },
    };
  } catch (error) {
    await embedded?.close();
    throw error;
  }
}

/** Columns whose expression a migration changes (`set expression`) came with PostgreSQL 17. */
const LEAST_VERSION = 17;

/** Ends the start in one line when the server is too old for the migrations. */
export function checkVersion(version: number, name: string): void {
  if (version >= LEAST_VERSION * 10_000) return;
  throw new StartError(`PostgreSQL ${LEAST_VERSION} or newer is needed; the server at DATABASE_URL is ${name}.`);
}

async function prepare(
  ownerUrl: string,
  workerUrl: string,
  secret: string,
): Promise<{ migrated: string[]; loud: string[] }> {
  const owner = new Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 5000,
    application_name: 'hub start',
  });
  owner.on('error', () => undefined);
  await owner.connect().catch((error: unknown) => {
    throw new StartError(`The database does not answer (${reasonOf(error)}): check DATABASE_URL.`);
  });
  try {
    const { rows } = await owner.query<{ version: number; name: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
    );
    checkVersion(rows[0]?.version ?? 0, rows[0]?.name ?? 'unknown');
    const loud = await loudSettings(owner);
    const makeRoles = (): Promise<void> => prepareRoles(owner, ownerUrl, secret);
    return { loud, migrated: await migrate({ owner, ownerUrl, workerUrl, prepareRoles: makeRoles }) };
  } finally {
    await owner.end();
  }
}

/** MikroORM over {@link HubDriver}, signed in as hub_login. */
export async function openOrm(
  clientUrl: string,
  entities: Entity[],
  poolSize: number,
  log: Logger,
  limitsOfTest: Partial<typeof limits> = {},
): Promise<MikroORM> {
  return MikroORM.init<PostgreSqlDriver>({
    driver: HubDriver,
    clientUrl,
    entities,
    schema: 'hub',
    discovery: { warnWhenNoEntities: false },
    ensureDatabase: false,
    forceUtcTimezone: true,
    logger: (message) => log.debug(message),
    colors: false,
    pool: { min: 0, max: poolSize, idleTimeoutMillis: 30_000 },
    // What an operation asks for at once goes out at once; a time-out then ends the connection.
    driverOptions: { ...limits, pipeline: true, ...limitsOfTest, application_name: 'hub' },
  });
}

/** A plain pool that survives lost connections. */
export function openPool(connectionString: string, max: number, name: string, log: Logger): Pool {
  const pool = new Pool({ connectionString, max, application_name: name, ...limits });
  const note = (error: Error & { code?: string }): void =>
    log.warn({ pool: name, code: error.code }, 'lost a database connection');
  pool.on('error', note);
  pool.on('connect', (client) => client.on('error', note));
  return pool;
}

/** A code or a class, never the driver's message: that carries the address. */
function reasonOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof DatabaseError ? (error.code ?? 'refused') : 'no connection';
}

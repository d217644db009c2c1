import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import { installJobs } from '../jobs/install.js';

/** The folder of the SQL files: three levels up, from src/platform/database and from dist/platform/database alike. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

export interface MigrateOptions {
  owner: Client;
  ownerUrl: string;
  /** Connection string of hub_worker, which owns the tables of the queue. */
  workerUrl: string;
  /** Gives the roles their passwords; called when the files have run and before the queue needs to sign in. */
  prepareRoles(): Promise<void>;
  folder?: string;
}

/**
 * Brings the database up to date: every `migrations/*.sql` that has not run, each in one transaction, in the order of
 * the names, then the queue's own tables. Processes that start together take turns. Returns the files that ran.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { owner, ownerUrl, workerUrl, folder = migrationsFolder } = options;
  await owner.query(`select pg_advisory_lock(hashtext('hub.migrate'))`);
  try {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
    const done = await executed(owner);
    const pending = files.filter((file) => !done.has(basename(file, '.sql')));
    if (pending.length > 0) await run(ownerUrl, folder, files);
    await options.prepareRoles();
    await installJobs(owner, workerUrl);
    return pending;
  } finally {
    await owner.query(`select pg_advisory_unlock(hashtext('hub.migrate'))`);
  }
}

async function executed(owner: Client): Promise<Set<string>> {
  const exists = await owner.query<{ found: boolean }>(
    `select to_regclass('public.hub_migrations') is not null as found`,
  );
  if (!exists.rows[0]?.found) return new Set();
  const rows = await owner.query<{ name: string }>('select name from public.hub_migrations');
  return new Set(rows.rows.map((row) => row.name));
}

async function run(ownerUrl: string, folder: string, files: string[]): Promise<void> {
  const migrationsList = await Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.sql'),
      class: sqlMigration(await readFile(join(folder, file), 'utf8')),
    })),
  );
  const orm = await MikroORM.init({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    logger: () => undefined,
    driverOptions: { application_name: 'hub migrate', connectionTimeoutMillis: 5000 },
    // Turning foreign keys off needs a superuser, which a managed database does not give.
    migrations: {
      migrationsList,
      tableName: 'hub_migrations',
      snapshot: false,
      disableForeignKeys: false,
      allOrNothing: false,
    },
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
}

function sqlMigration(sql: string) {
  return class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  };
}

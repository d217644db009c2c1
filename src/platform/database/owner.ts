import { type EntityManager, MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql';

/**
 * Runs `work` in one transaction as the owner of the schema, without entities and without the limits of a request: for
 * what fills or rebuilds whole tables.
 */
export async function asOwner<T>(ownerUrl: string, work: (em: EntityManager) => Promise<T>): Promise<T> {
  const orm = await MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: ownerUrl,
    entities: [],
    schema: 'hub',
    discovery: { warnWhenNoEntities: false },
    ensureDatabase: false,
    forceUtcTimezone: true,
    pool: { min: 0, max: 1 },
    driverOptions: { connectionTimeoutMillis: 5000, application_name: 'hub owner' },
  });
  try {
    return await orm.em.fork().transactional(work);
  } finally {
    await orm.close(true);
  }
}

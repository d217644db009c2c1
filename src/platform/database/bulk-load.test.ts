import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { bulkLoad } from './bulk-load.js';
import { asOwner } from './owner.js';

/** Every index and constraint of the schema as PostgreSQL says it is made, with its comment. */
const CATALOGUE = `
  select 'index' as kind, indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made, indisvalid and indisready as good,
    obj_description(indexrelid, 'pg_class') as note
  from pg_index where indrelid in (select oid from pg_class where relnamespace = 'hub'::regnamespace)
  union all
  select contype::text, conrelid::regclass || '.' || conname, pg_get_constraintdef(oid), convalidated, obj_description(oid, 'pg_constraint')
  from pg_constraint where connamespace = 'hub'::regnamespace order by 1, 2`;

const TABLES = ['organization', 'service', 'location', 'service_at_location', 'patient', 'referral'];
const row = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;

describe('a bulk load', () => {
  let clone: Awaited<ReturnType<typeof cloneDatabase>>;
  let client: Client;
  beforeAll(async () => {
    clone = await cloneDatabase();
    client = new Client({ connectionString: clone.url });
    await client.connect();
    await client.query(`comment on index hub.service_name is 'It''s by name'`);
  });
  afterAll(async () => {
    await client.end();
    await clone.drop();
  });

  const catalogue = async (): Promise<unknown[]> => (await client.query(CATALOGUE)).rows;
  const indexes = async (table: string): Promise<string[]> => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_index i join pg_class r on r.oid = i.indexrelid where indrelid = 'hub.${table}'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  };
  const inTransaction = async (work: () => Promise<unknown>): Promise<void> => {
    await client.query('begin');
    try {
      await work();
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  };
  const organization = (n: number): string =>
    `insert into hub.organization (id, kind, name) values ('${row(n)}', 'AGENCY', 'One')`;
  const service = (n: number, of: number): string =>
    `insert into hub.service (id, organization_id, name) values ('${row(n)}', '${row(of)}', 'Meals')`;
  const count = async (): Promise<unknown[]> =>
    (
      await client.query(
        `select (select count(*)::int from hub.organization) as organizations, (select count(*)::int from hub.service) as services`,
      )
    ).rows;

  it('that breaks a foreign key or a key is refused and leaves nothing', async () => {
    const before = await catalogue();
    const orphan = inTransaction(() => bulkLoad(client, TABLES, () => client.query(service(1, 2))));
    await expect(orphan).rejects.toMatchObject({ code: '23503', constraint: 'service_organization_id_fkey' });
    const twins = inTransaction(() =>
      bulkLoad(client, TABLES, async () => {
        await client.query(organization(1));
        await client.query(organization(1));
      }),
    );
    await expect(twins).rejects.toMatchObject({ code: '23505' });
    expect(await count()).toEqual([{ organizations: 0, services: 0 }]);
    expect(await catalogue()).toEqual(before);
  });

  it('happens without indexes and keys, in truncated tables, and leaves all of them as they were', async () => {
    const before = await catalogue();
    await inTransaction(() =>
      bulkLoad(client, TABLES, async (empty) => {
        expect(empty).toBe(true);
        expect(await indexes('service')).toEqual([]);
        await client.query(service(1, 2));
        await client.query(organization(2));
      }),
    );
    expect(await count()).toEqual([{ organizations: 1, services: 1 }]);
    expect(await catalogue()).toEqual(before);
  });

  it('adds to rows that are there, through an EntityManager too, and keeps an index that it is told to keep', async () => {
    const before = await catalogue();
    await asOwner(clone.url, async (em) =>
      bulkLoad(
        em,
        ['service'],
        async (empty) => {
          expect(empty).toBe(false);
          const found = await em.execute<{ n: number }[]>(
            `select count(*)::int as n from pg_index where indrelid = 'hub.service'::regclass`,
          );
          expect(found).toEqual([{ n: 1 }]);
          await em.execute(service(3, 2));
        },
        { keeps: ['service_name'] },
      ),
    );
    expect(await count()).toEqual([{ organizations: 1, services: 2 }]);
    expect(await catalogue()).toEqual(before);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { testSecret } from '../../../test/secret.js';
import { migrate, migrationsFolder } from './migrate.js';
import { prepareRoles, urlFor } from './roles.js';

describe('bringing a database up to date', () => {
  let url: string;
  let drop: () => Promise<void>;
  let folder: string;
  beforeAll(async () => {
    ({ url, drop } = await cloneDatabase());
    folder = await mkdtemp(join(tmpdir(), 'hub-migrations-'));
  });
  afterAll(async () => {
    await drop();
    await rm(folder, { recursive: true });
  });
  const withOwner = async <T>(work: (owner: Client) => Promise<T>): Promise<T> => {
    const owner = new Client({ connectionString: url });
    await owner.connect();
    return work(owner).finally(() => owner.end());
  };
  const run = (from: string) =>
    withOwner((owner) =>
      migrate({
        owner,
        ownerUrl: url,
        workerUrl: urlFor(url, 'hub_worker', testSecret),
        prepareRoles: () => prepareRoles(owner, url, testSecret),
        folder: from,
      }),
    );

  it('does nothing the second time', async () => {
    expect(await run(migrationsFolder)).toEqual([]);
  });

  it('runs what is new once, however many start at the same moment', async () => {
    await writeFile(
      join(folder, '0900-one.sql'),
      `create table hub.one (a int check (a <> 5)); insert into hub.one values (1); select 'what?';`,
    );
    await writeFile(join(folder, '0901-two.sql'), `insert into hub.one values (2);`);
    const runs = await Promise.all([run(folder), run(folder), run(folder)]);
    expect(runs.flat().sort()).toEqual(['0900-one.sql', '0901-two.sql']);
    expect(await withOwner(async (owner) => (await owner.query('select a from hub.one order by a')).rows)).toEqual([
      { a: 1 },
      { a: 2 },
    ]);
  });

  it('undoes a file that fails whole, keeps those before it, and runs it when it is mended', async () => {
    await writeFile(join(folder, '0902-three.sql'), 'insert into hub.one values (3);');
    await writeFile(join(folder, '0903-four.sql'), 'insert into hub.one values (4); insert into hub.one values (5);');
    await expect(run(folder)).rejects.toThrow(/violates check constraint/);
    const rows = () =>
      withOwner(async (owner) =>
        (await owner.query('select a from hub.one order by a')).rows.map((row: { a: number }) => row.a),
      );
    expect(await rows()).toEqual([1, 2, 3]);
    await writeFile(join(folder, '0903-four.sql'), 'insert into hub.one values (4); insert into hub.one values (6);');
    expect(await run(folder)).toEqual(['0903-four.sql']);
    expect(await rows()).toEqual([1, 2, 3, 4, 6]);
  });

  it('leaves the queue to its owner and opens one door', async () => {
    const { rows } = await withOwner((owner) =>
      owner.query(`select pg_get_userbyid(nspowner) as schema, (select pg_get_userbyid(proowner) from pg_proc where proname = 'enqueue') as door,
        has_database_privilege('hub_worker', current_database(), 'create') as creates, has_schema_privilege('hub_worker', 'hub', 'create') as adds
        from pg_namespace where nspname = 'graphile_worker'`),
    );
    expect(rows).toEqual([{ schema: 'hub_worker', door: 'hub_worker', creates: false, adds: false }]);
  });
});

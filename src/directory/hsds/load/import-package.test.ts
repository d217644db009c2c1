import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/database.js';
import { testSecret } from '../../../../test/secret.js';
import { newId } from '../../../platform/id.js';
import { urlFor } from '../../../platform/database/roles.js';
import { UnreadablePackage } from '../problems.js';
import { type ImportReport, importPackage } from './import-package.js';
import { printReport } from './print-report.js';
import { fillZipCodes } from './zip-codes.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../../../test/fixtures/hsds/${name}`, import.meta.url));

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: Client;
let folder: string;
let source: string;

beforeAll(async () => {
  database = await cloneDatabase();
  client = await connect();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hsds-'));
  await cp(fixture('record-ids'), folder, { recursive: true });
  source = `source ${newId()}`;
  return () => rm(folder, { recursive: true });
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

/** As the import signs in: hub_login in the role of a task. */
async function connect(): Promise<Client> {
  const made = new Client({ connectionString: urlFor(database.url, 'hub_login', testSecret) });
  made.on('error', () => undefined);
  await made.connect();
  await made.query('set role hub_task');
  return made;
}

const total = ({ counts }: ImportReport, name: 'created' | 'updated' | 'unchanged' | 'removed') =>
  Object.values(counts).reduce((sum, count) => sum + count[name], 0);

async function one<T>(sql: string, ...values: unknown[]): Promise<T | undefined> {
  return (await client.query(sql, values)).rows[0] as T | undefined;
}

const service = () =>
  one<{ id: string; name: string; version: number; description: string }>(
    `select v.* from hub.service v join hub.import_source s on s.id = v.source_id where s.name = $1`,
    source,
  );

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  await writeFile(path, (await readFile(path, 'utf8')).replace(from, to));
}

const run = (options = {}) => importPackage(client, folder, { source, ...options });

describe('an import', () => {
  it.each(['three', 'one', 'ohana', 'record-ids', 'json/services.json', 'json/services.ndjson'])(
    'of %s makes every row once: the second run finds all unchanged',
    async (name) => {
      const first = await importPackage(client, fixture(name), { source: `twice ${name}` });
      const second = await importPackage(client, fixture(name), { source: `twice ${name}` });
      const made = total(first, 'created') + Object.values(first.counts).reduce((sum, c) => sum + c.taken, 0);
      expect(made).toBeGreaterThan(5);
      expect([total(second, 'created'), total(second, 'updated'), total(second, 'removed')]).toEqual([0, 0, 0]);
      expect(total(second, 'unchanged')).toBe(total(first, 'created'));
      for (const count of Object.values(first.counts)) {
        const { created, updated, unchanged, taken, rejected, duplicate, skipped } = count;
        expect(created + updated + unchanged + taken + rejected + duplicate + skipped).toBe(count.read);
      }
    },
  );

  it('updates what changed, in place, and keeps the history', async () => {
    await run();
    const before = await service();
    await edit('services.csv', 'Warm clothes', 'Warm coats');
    const report = await run();
    expect(report.counts.service).toMatchObject({ created: 0, updated: 1 });
    expect(await service()).toMatchObject({
      id: before?.id,
      description: 'Warm coats',
      version: (before?.version ?? 0) + 1,
    });
    const history = await one(
      `select field_name, previous_value, replacement_value, updated_by from hub.metadata where resource_id = $1`,
      before?.id,
    );
    expect(history).toEqual({
      field_name: 'description',
      previous_value: 'Warm clothes',
      replacement_value: 'Warm coats',
      updated_by: `import: ${source}`,
    });
  });

  it('leaves a field alone that a curator corrected, and notes what the source says', async () => {
    await run();
    const { id } = (await service()) ?? {};
    await client.query(`update hub.service set name = 'Clothing bank' where id = $1`, [id]);
    await client.query(
      `insert into hub.field_owner (entity, entity_id, field, owner) values ('service', $1, 'name', 'CURATOR')`,
      [id],
    );
    const report = await run();
    expect(await service()).toMatchObject({ name: 'Clothing bank' });
    expect(report.counts.service).toMatchObject({ updated: 0, unchanged: 1 });
    expect(report.problems.find((kind) => kind.code === 'KEPT_BY_CURATOR')?.count).toBe(1);
    expect(await one(`select source_value from hub.field_owner where entity_id = $1`, id)).toEqual({
      source_value: 'Clothes',
    });
  });

  it('leaves a list alone that a curator keeps', async () => {
    await run();
    const { id } = (await service()) ?? {};
    await client.query(`delete from hub.schedule where service_id = $1`, [id]);
    await client.query(
      `insert into hub.schedule (id, service_id, freq, byday, opens_at, closes_at) values ($1, $2, 'WEEKLY', 'SA', '09:00', '12:00')`,
      [newId(), id],
    );
    await client.query(
      `insert into hub.field_owner (entity, entity_id, field, owner) values ('service', $1, 'schedules', 'AGENCY')`,
      [id],
    );
    const report = await run();
    expect(report.counts.schedule).toMatchObject({ created: 0, removed: 0 });
    const { rows } = await client.query(`select byday from hub.schedule where service_id = $1`, [id]);
    expect(rows).toEqual([{ byday: 'SA' }]);
  });

  it('has the search look at the services that changed', async () => {
    await run();
    const { id } = (await service()) ?? {};
    const owner = new Client({ connectionString: database.url });
    await owner.connect();
    try {
      const { rows } = await owner.query(
        `select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'search.index' and payload::text like '%' || $1 || '%'`,
        [id],
      );
      expect(rows).toEqual([{ payload: { serviceIds: [id] } }]);
    } finally {
      await owner.end();
    }
  });

  it('removes details that the source no longer has, but only proposes to retire a listing', async () => {
    await run();
    await edit('schedules.csv', '9402,9201,,Monday - Sunday,24 Hours,,,,\n', '');
    await edit('locations.csv', '2,9102,0,Elm B\n', '');
    const report = await run();
    expect(report.counts.schedule).toMatchObject({ removed: 1, unchanged: 1 });
    expect(report.counts.location).toMatchObject({ removed: 0, unchanged: 1 });
    const gone = report.problems.find((kind) => kind.code === 'GONE_FROM_SOURCE');
    expect(gone?.first.map((p) => p.message)).toContain(
      'The source no longer has this location "Elm B"; it stays until a curator retires it.',
    );
    expect(
      await one(
        `select count(*)::int as n from hub.location where name = 'Elm B' and source_id = (select id from hub.import_source where name = $1)`,
        source,
      ),
    ).toEqual({ n: 1 });
  });

  it('tells of a service that only lost a detail', async () => {
    await run();
    const { id } = (await service()) ?? {};
    const told: (readonly string[])[] = [];
    await edit('schedules.csv', '9402,9201,,Monday - Sunday,24 Hours,,,,\n', '');
    await run({ afterImport: async (_: unknown, ids: readonly string[]) => void told.push(ids) });
    expect(told).toEqual([[id]]);
  });

  it('keeps the last good version of a row that has become unusable', async () => {
    await run();
    await edit('services.csv', 'Clothes', '');
    const report = await run();
    expect(report.counts.service).toMatchObject({ rejected: 1, created: 0 });
    expect(await service()).toMatchObject({ name: 'Clothes' });
  });

  it('changes nothing on a dry run and says what it would do', async () => {
    const report = await run({ dryRun: true });
    expect(total(report, 'created')).toBeGreaterThan(5);
    expect(await service()).toBeUndefined();
    expect(await one(`select dry_run, status from hub.import_run where id = $1`, report.runId)).toEqual({
      dry_run: true,
      status: 'DONE',
    });
  });

  it('leaves the directory as it was when it is cut off, and the next run says so', async () => {
    const dying = await connect();
    const { rows } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid');
    const cut = importPackage(dying, folder, {
      source,
      afterImport: async () => {
        await client.query('reset role; select 1');
        const owner = new Client({ connectionString: database.url });
        await owner.connect();
        await owner.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
        await owner.end();
        await client.query('set role hub_task');
        await dying.query('select 1');
      },
    });
    await expect(cut).rejects.toThrow();
    expect(await service()).toBeUndefined();
    const report = await run();
    expect(total(report, 'created')).toBeGreaterThan(5);
    const runs = await client.query(
      `select r.status, r.message from hub.import_run r join hub.import_source s on s.id = r.source_id where s.name = $1 order by r.id`,
      [source],
    );
    expect(runs.rows).toEqual([
      { status: 'FAILED', message: 'The import was cut off; nothing of it was kept.' },
      { status: 'DONE', message: null },
    ]);
  });

  it('does not touch rows that belong to another source', async () => {
    await importPackage(client, fixture('json/services.json'), { source: 'the owner' });
    const report = await importPackage(client, fixture('json/services.json'), { source: 'a stranger' });
    expect(total(report, 'created')).toBe(0);
    expect(report.problems.some((kind) => kind.code === 'ID_TAKEN')).toBe(true);
  });

  it('tells which services changed, also when only something around them did', async () => {
    const told: (readonly string[])[] = [];
    const afterImport = async (_: unknown, ids: readonly string[]) => void told.push(ids);
    await run({ afterImport });
    await run({ afterImport });
    const { id, version = 0 } = (await service()) ?? {};
    expect(told).toEqual([[id]]);
    await edit('physical_addresses.csv', '9501,9102,1 Elm St', '9501,9102,2 Elm St');
    await run({ afterImport });
    expect(told).toEqual([[id], [id]]);
    expect((await service())?.version).toBe(version + 1);
  });

  it('gives new organizations the time zone of their state', async () => {
    await edit('physical_addresses.csv', 'Baltimore,MD,21201', 'Chicago,IL,60601');
    await run();
    const zone = await one(
      `select time_zone from hub.organization o join hub.import_source s on s.id = o.source_id where s.name = $1`,
      source,
    );
    expect(zone).toEqual({ time_zone: 'America/Chicago' });
  });

  it('keeps counts and problems with the run, and prints them', async () => {
    const reportPath = join(folder, 'report.csv.txt.out');
    const report = await importPackage(client, fixture('three'), { source, reportPath });
    const kept = await one<{ counts: ImportReport['counts']; status: string; format: string }>(
      `select * from hub.import_run where id = $1`,
      report.runId,
    );
    expect(kept).toMatchObject({ status: 'DONE', format: 'hsds-3', counts: report.counts });
    const problems = await one<{ n: number }>(
      `select count(*)::int as n from hub.import_problem where run_id = $1`,
      report.runId,
    );
    expect(problems?.n).toBe(report.problems.reduce((sum, kind) => sum + kind.count, 0));
    const lines = (await readFile(reportPath, 'utf8')).split('\r\n');
    expect(lines).toContain(
      'ERROR,DUPLICATE_ID,organizations.csv,6,organization,o2,id,"The id ""o2"" stands in the package before; the first row was kept. Give each organization an id of its own.",Harbor Aid again',
    );
    const text = printReport(report, reportPath);
    expect(text).toContain('Errors: these rows were left out');
    expect(text).toContain(reportPath);
  });

  it.each([true, false])(
    'has all its problems with the run when that says it is done, tried first: %s',
    async (dryRun) => {
      const owner = new Client({ connectionString: database.url });
      await owner.connect();
      await owner.query(`create table public.done (run_id uuid, problems int);
      create function public.note_done() returns trigger language plpgsql security definer as $$ begin
        insert into public.done select new.id, count(*) from hub.import_problem where run_id = new.id; return new; end $$;
      create trigger note_done after update on hub.import_run for each row when (new.status = 'DONE') execute function public.note_done()`);
      try {
        const report = await importPackage(client, fixture('three'), { source, dryRun });
        const { rows } = await owner.query('select problems from public.done where run_id = $1', [report.runId]);
        expect(rows).toEqual([{ problems: report.problems.reduce((sum, { count }) => sum + count, 0) }]);
        expect(rows[0].problems).toBeGreaterThan(3);
      } finally {
        await owner.query(
          'drop trigger note_done on hub.import_run; drop function public.note_done; drop table public.done',
        );
        await owner.end();
      }
    },
  );

  it('refuses what is no package and leaves no run behind', async () => {
    await expect(importPackage(client, fixture('no-services'), { source })).rejects.toThrow(UnreadablePackage);
    expect(await one(`select id from hub.import_source where name = $1`, source)).toBeUndefined();
  });
});

it('fills the table of ZIP codes once', async () => {
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  try {
    await owner.query('delete from hub.zip_code');
    expect(await fillZipCodes(owner)).toBeGreaterThan(40_000);
    expect(await fillZipCodes(owner)).toBe(0);
    expect(await one(`select city, county, state from hub.zip_code where zip = '21044'`)).toEqual({
      city: 'Columbia',
      county: 'Howard',
      state: 'MD',
    });
  } finally {
    await owner.end();
  }
});

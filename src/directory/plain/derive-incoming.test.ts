import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneDatabase } from '../../../test/database.js';
import { testSecret } from '../../../test/secret.js';
import { urlFor } from '../../platform/database/roles.js';
import { importPackage } from '../hsds/index.js';

describe('categories of what is imported', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let client: Client;
  let folder: string;

  const bring = async (description: string) => {
    await writeFile(join(folder, 'organizations.csv'), 'id,name,description\no1,Open Door,Neighbors\n');
    await writeFile(
      join(folder, 'services.csv'),
      `id,organization_id,name,description,status\ns1,o1,Tuesday table,"${description}",active\ns2,o1,Quiet room,Sit down.,active\n`,
    );
    return importPackage(client, folder, { source: 'words', afterImport: async () => undefined });
  };
  const service = async (key: string) =>
    (
      await client.query<{ id: string; categories: string[] }>(
        'select id, categories from hub.service where source_key = $1',
        [key],
      )
    ).rows[0];
  const why = async (id = '') =>
    (
      await client.query('select code, found_in, words from hub.derived_category where service_id = $1 order by code', [
        id,
      ])
    ).rows;
  const keywords = async (id = '') =>
    (await client.query<{ keywords: string }>('select keywords from hub.search_source where service_id = $1', [id]))
      .rows[0]?.keywords ?? '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hub-words-'));
    database = await cloneDatabase();
    client = new Client({ connectionString: urlFor(database.url, 'hub_login', testSecret) });
    await client.connect();
    await client.query('set role hub_task');
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  it('come out of its words, with the reason; the same ones the second time', async () => {
    await bring('A hot meal and groceries for all.');
    const table = await service('s1');
    expect(table?.categories).toEqual(['food-insecurity']);
    expect(await why(table?.id)).toEqual([
      { code: 'food-pantry', found_in: 'lead', words: 'groceries' },
      { code: 'free-meals', found_in: 'lead', words: 'hot meal' },
    ]);
    expect(await keywords(table?.id)).toContain('grub');
    expect((await service('s2'))?.categories).toEqual([]);
    const again = await bring('A hot meal and groceries for all.');
    expect(again.counts.service).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
  });

  it('follow the words when they change', async () => {
    await bring('Help to write a resume and find work: job search.');
    const table = await service('s1');
    expect(table?.categories).toEqual(['employment-status']);
    expect((await why(table?.id)).map((row: { code: string }) => row.code)).toEqual(['jobs']);
  });

  it('are a curator’s once she has chosen them, whatever comes in', async () => {
    const table = await service('s1');
    await client.query(`update hub.service set categories = '{stress}' where id = $1`, [table?.id]);
    await client.query(
      `insert into hub.field_owner (entity, entity_id, field, owner) values ('service', $1, 'categories', 'CURATOR')`,
      [table?.id],
    );
    await bring('A hot meal and groceries for all.');
    expect((await service('s1'))?.categories).toEqual(['stress']);
    expect(await keywords(table?.id)).not.toContain('grub');
  });
});

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insert, organization } from '../../../../test/factories.js';
import { testHub, type TestHub } from '../../../../test/hub.js';
import { addEverything, listing, type ListingRow } from '../../../../test/listings.js';
import { testSecret } from '../../../../test/secret.js';
import { newId } from '../../../platform/id.js';
import { urlFor } from '../../../platform/database/roles.js';
import { openInput } from '../read/input.js';
import { exportPackage, type ExportOptions } from './export-package.js';
import { PathTaken } from './sink.js';

let hub: TestHub;
let client: Client;
let folder: string;
let shelter: ListingRow;
let pantry: ListingRow;
let made = 0;

beforeAll(async () => {
  hub = await testHub();
  client = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
  await client.connect();
  await client.query('set role hub_task');
  folder = await mkdtemp(join(tmpdir(), 'hsds-export-'));
  const { id: organizationId } = await organization(hub);
  const at = (address1: string) => ({ site: { address1, zip: '21201', latitude: 39.29123, longitude: -76.61234 } });
  shelter = await listing(hub, {
    organizationId,
    name: 'Shelter',
    sensitivity: 'INTIMATE_PARTNER_VIOLENCE',
    ...at('66 Secret St'),
  });
  pantry = await listing(hub, { organizationId, name: 'Pantry', site: true });
  await addEverything(hub, shelter);
  await addEverything(hub, pantry);
  const history = {
    resource_id: shelter.locationId,
    resource_type: 'location',
    last_action_date: '2026-01-01',
    last_action_type: 'update',
    updated_by: 'x',
  };
  await insert(hub, 'metadata', {
    id: newId(),
    ...history,
    field_name: 'name',
    previous_value: '66 Secret St',
    replacement_value: '',
  });
  await insert(hub, 'metadata', {
    id: newId(),
    ...history,
    resource_id: newId(),
    field_name: 'name',
    previous_value: '66 Secret St',
    replacement_value: '',
  });
  await insert(hub, 'contact', { id: newId(), service_id: shelter.id, name: 'Works Insecret' });
  await listing(hub, { organizationId, name: 'Closed for good', status: 'defunct' });
  const unlisted = await organization(hub);
  await hub.sql('update hub.organization set listed = false where id = $1', [unlisted.id]);
  await listing(hub, { organizationId: unlisted.id, name: 'Not listed' });
});
afterAll(async () => {
  await client.end();
  await hub.stop();
  await rm(folder, { recursive: true });
});

async function write(options: ExportOptions): Promise<string> {
  const path = join(folder, `${(made += 1)}${options.zip ? '.zip' : ''}`);
  await exportPackage(client, path, options);
  return path;
}

async function whole(path: string): Promise<string> {
  const names = await readdir(path);
  return (await Promise.all(names.map((name) => readFile(join(path, name), 'utf8')))).join('\n');
}

describe.each(['tabular', 'json', 'ndjson'] as const)('an export as %s', (form) => {
  it('for the public holds nothing that tells where a shelter is, who works there, or what is closed', async () => {
    const text = await whole(await write({ form }));
    expect(text).toContain(pantry.id);
    expect(text).toContain(pantry.locationId);
    expect(text).toContain(shelter.id);
    expect(text).toContain('410-555-0101');
    for (const secret of ['66 Secret St', '39.29123', 'Works Insecret', 'Closed for good', 'Not listed', 'hub_']) {
      expect(text.replaceAll('hub_exact', ''), secret).not.toContain(secret);
    }
    for (const id of [shelter.locationId, shelter.siteId]) expect(text).not.toContain(id);
  });

  it('of everything holds it, for operators', async () => {
    const text = await whole(await write({ form, extent: 'all' }));
    for (const part of ['66 Secret St', 'Works Insecret', 'Closed for good', 'hub_sensitivity']) {
      expect(text).toContain(part);
    }
  });
});

describe('an export', () => {
  it('as a zip holds the files of the folder, and is the same every time', async () => {
    const [plain, zip, again] = [await write({}), await write({ zip: true }), await write({ zip: true })];
    expect((await readFile(zip)).equals(await readFile(again))).toBe(true);
    const input = await openInput(zip);
    const names = input.files.map(({ name }) => name).toSorted();
    input.close();
    expect(names).toEqual((await readdir(plain)).toSorted());
    expect(names).toContain('datapackage.json');
  });

  it('describes its tables as a tabular data package', async () => {
    const path = await write({});
    const description = JSON.parse(await readFile(join(path, 'datapackage.json'), 'utf8')) as {
      profile: string;
      resources: { name: string; path: string; schema: { fields: { name: string }[] } }[];
    };
    expect(description.profile).toBe('tabular-data-package');
    for (const { path: file, schema } of description.resources) {
      const [header = ''] = (await readFile(join(path, file), 'utf8')).split('\n');
      expect(schema.fields.map(({ name }) => name).join(',')).toBe(header);
    }
  });

  it('leaves what is there alone, and leaves nothing half written', async () => {
    const path = await write({});
    await expect(exportPackage(client, path, {})).rejects.toThrow(PathTaken);
    const broken = new Client({ connectionString: urlFor(hub.app.database.ownerUrl, 'hub_login', testSecret) });
    broken.on('error', () => undefined);
    await broken.connect();
    await broken.end();
    const other = join(folder, 'broken');
    await expect(exportPackage(broken, other, {})).rejects.toThrow();
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/database.js';
import { testSecret } from '../../../../test/secret.js';
import { urlFor } from '../../../platform/database/roles.js';
import { importPackage } from './import-package.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let client: Client;
let folder: string;
beforeAll(async () => {
  database = await cloneDatabase();
  client = new Client({ connectionString: urlFor(database.url, 'hub_login', testSecret) });
  await client.connect();
  await client.query('set role hub_task');
  folder = await mkdtemp(join(tmpdir(), 'secret-places-'));
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  await write('organizations.csv', 'id,name,description\no1,Fictional Comet House,\n');
  await write(
    'services.csv',
    'id,organization_id,name,status\ns1,o1,Residence,active\ns2,o1,Office hours,active\ns3,o1,Lunch,active\n',
  );
  await write(
    'locations.csv',
    'id,organization_id,name,latitude,longitude,location_type\nl1,o1,Residence,39.3401,-76.6801,physical\nl2,o1,Office,39.2904,-76.6122,physical\n',
  );
  await write('service_at_locations.csv', 'id,service_id,location_id\nx1,s1,l1\nx2,s2,l1\nx3,s3,l2\n');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await client.end();
  await database.drop();
});

const bringIn = async (street: string) => {
  await writeFile(
    join(folder, 'addresses.csv'),
    `id,location_id,address_1,city,state_province,postal_code,country,address_type\na1,l1,${street},Baltimore,MD,21215,US,physical\na2,l2,12 Fictional St,Baltimore,MD,21202,US,physical\n`,
  );
  const report = await importPackage(client, folder, { source: 'Fictional houses' });
  const { rows } = await client.query<Record<string, unknown>>(
    `select v.name, v.sensitivity, l.latitude, a.address_1 || '/' || a.city || '/' || a.postal_code || '/' || a.state_province as told,
       hub.is_withheld(l.id) as withheld
     from hub.service v join hub.service_at_location x on x.service_id = v.id join hub.location l on l.id = x.location_id
     join hub.address a on a.location_id = l.id order by v.source_key`,
  );
  return { rows, said: report.problems.map(({ code, count }) => `${code} ${count}`) };
};
const secret = { sensitivity: 'INTIMATE_PARTNER_VIOLENCE', latitude: null, told: '///MD', withheld: true };
const open = {
  name: 'Lunch',
  sensitivity: 'NONE',
  latitude: 39.2904,
  told: '12 Fictional St/Baltimore/21202/MD',
  withheld: false,
};

it('a place whose street its source does not tell has no city, no ZIP code and no point, and what is offered there none either', async () => {
  const { rows, said } = await bringIn('CONFIDENTIAL');
  expect(rows).toEqual([{ name: 'Residence', ...secret }, { name: 'Office hours', ...secret }, open]);
  expect(said).toEqual(['CONFIDENTIAL_PLACE 1']);
  expect((await bringIn('CONFIDENTIAL')).rows).toEqual(rows);
});

it('what was told once is taken back when the source tells it no longer', async () => {
  await client.query(`update hub.service set sensitivity = 'NONE'`);
  const told = { sensitivity: 'NONE', latitude: 39.3401, told: '9 Fictional Ave/Baltimore/21215/MD', withheld: false };
  expect((await bringIn('9 Fictional Ave')).rows).toEqual([
    { name: 'Residence', ...told },
    { name: 'Office hours', ...told },
    open,
  ]);
  expect((await bringIn('Address is confidential')).rows).toEqual([
    { name: 'Residence', ...secret },
    { name: 'Office hours', ...secret },
    open,
  ]);
});

import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { insert, organization } from '../../../test/factories.js';
import { hsds, type Json } from '../../../test/hsds-client.js';
import { testHub, type TestHub } from '../../../test/hub.js';
import { addEverything, listing } from '../../../test/listings.js';
import { newId } from '../../platform/id.js';

/*
 * What is asked for while the directory is being written is one moment of it. An organization and all that hangs on it bear
 * the number of the writing that made them, and a second service with its place, its phone and its term comes and goes.
 */
let hub: TestHub;
let id: string;
let writer: Client;
const desk = { open: true, writings: 0 };
let done: Promise<void>;

beforeAll(async () => {
  hub = await testHub();
  id = (await organization(hub, { name: 'Writing 0' })).id;
  await addEverything(hub, await listing(hub, { organizationId: id, name: 'Pantry', site: true }));
  for (const [table, column] of [
    ['service', 'name'],
    ['location', 'name'],
    ['phone', 'description'],
  ]) {
    await hub.sql(`update hub.${table} set ${column} = 'Writing 0'`);
  }
  await insert(hub, 'taxonomy_term', { id: term, name: 'Meals', code: 'M' });
  writer = new Client({ connectionString: hub.config.databaseUrl });
  await writer.connect();
  done = write();
});
afterAll(async () => {
  desk.open = false;
  await done;
  await writer.end();
  await hub.stop();
});

const [term, service, place, site] = [newId(), newId(), newId(), newId()];
async function write(): Promise<void> {
  for (; desk.open; desk.writings += 1) {
    const name = `'Writing ${desk.writings + 1}'`;
    const rest =
      desk.writings % 2 === 0
        ? `insert into hub.service (id, organization_id, name, status) values ('${service}', '${id}', ${name}, 'active');
           insert into hub.location (id, organization_id, name) values ('${place}', '${id}', ${name});
           insert into hub.service_at_location (id, service_id, location_id) values ('${site}', '${service}', '${place}');
           insert into hub.phone (id, service_at_location_id, number, description) values (gen_random_uuid(), '${site}', '410-555-0104', ${name});
           insert into hub.attribute (id, link_id, link_entity, taxonomy_term_id) values (gen_random_uuid(), '${service}', 'service', '${term}');`
        : `delete from hub.attribute where link_id = '${service}'; delete from hub.phone where service_at_location_id = '${site}';
           delete from hub.service_at_location where id = '${site}'; delete from hub.location where id = '${place}';
           delete from hub.service where id = '${service}';`;
    await writer.query(`begin; ${rest} update hub.organization set name = ${name}; update hub.service set name = ${name};
      update hub.location set name = ${name}; update hub.phone set description = ${name}; commit`);
  }
}

/** Every "Writing n" of an answer. */
const numbersIn = (text: string): string[] => [...new Set(text.match(/Writing \d+/g))];

it.each([
  '/organizations/ID?full_service=true',
  '/organizations?full_service=true',
  '/services?full=true',
  '/service_at_locations?full=true',
])('%s is one moment while the directory is written, and whole', { timeout: 60_000 }, async (path) => {
  let both = 0;
  for (let rounds = 0; rounds < 60; rounds += 1) {
    await hub.sql('delete from hub.rate_limit');
    const { status, text, json } = await hsds(hub, path.replace('ID', id), {
      headers: { 'x-forwarded-for': `10.0.${rounds >> 8}.${rounds & 255}` },
    });
    expect([status, numbersIn(text).length], text.slice(0, 300)).toEqual([200, 1]);
    const entries = (json['contents'] as Json[] | undefined) ?? [json];
    expect(json['total_items'] ?? 1).toBe(entries.length);
    const second = text.includes(service);
    both += second ? 1 : 0;
    // Whoever is there has all that came in with it.
    expect([second, text.includes('410-555-0104'), text.includes(place)]).toEqual([second, second, second]);
  }
  expect(both).toBeGreaterThan(0);
});

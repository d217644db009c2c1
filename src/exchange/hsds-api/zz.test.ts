import { get, type IncomingMessage } from 'node:http';
import { it } from 'vitest';
import { addressOf } from '../../../test/actors.js';
import { hsds } from '../../../test/hsds-client.js';
import { testHub } from '../../../test/hub.js';
it('bench', { timeout: 900_000 }, async () => {
  const N = Number(process.env['BENCH_N'] ?? 100000);
  const hub = await testHub({ env: { POOL_SIZE: '8' } });
  const sql = async (text: string) => {
    const t = performance.now();
    await hub.sql(text);
    console.log(text.slice(0, 60), Math.round(performance.now() - t));
  };
  await sql(
    `insert into hub.organization (id, kind, listed, name, description, email, website) select gen_random_uuid(), 'AGENCY', true, 'Organization ' || n, 'Helps people in need with many things.', 'a' || n || '@example.org', 'https://example.org/' || n from generate_series(1, ${N / 10}) n`,
  );
  await sql(`create temp table o as select id, row_number() over (order by id) - 1 as n from hub.organization`);
  await sql(
    `create temp table x as select g.i as n, gen_random_uuid() as s, gen_random_uuid() as l, gen_random_uuid() as sal, o.id as o from generate_series(1, ${N}) g(i) join o on o.n = g.i % ${N / 10}`,
  );
  await sql(
    `insert into hub.service (id, organization_id, name, description, url, eligibility_description, fees_description, application_process, categories, sensitivity) select s, o, 'Service ' || n, repeat('Gives food and other help to families. ', 8), 'https://example.org/s/' || n, 'Everybody who lives in the county.', 'Free of charge', 'Walk in, or call first.', '{food-insecurity}', case when n % 100 = 0 then 'INTIMATE_PARTNER_VIOLENCE' else 'NONE' end from x`,
  );
  await sql(
    `insert into hub.location (id, organization_id, name, latitude, longitude) select l, o, 'Place ' || n, 39 + random(), -77 + random() from x`,
  );
  await sql(
    `insert into hub.address (id, location_id, address_1, city, state_province, postal_code) select gen_random_uuid(), l, n || ' Main St', 'Columbia', 'MD', (select zip from hub.zip_code offset 0 limit 1) from x`.replace(
      `(select zip from hub.zip_code offset 0 limit 1)`,
      `'21044'`,
    ),
  );
  await sql(`insert into hub.service_at_location (id, service_id, location_id) select sal, s, l from x`);
  await sql(
    `insert into hub.phone (id, service_id, number, type) select gen_random_uuid(), s, '410-555-0101', 'voice' from x`,
  );
  await sql(
    `insert into hub.phone (id, location_id, number, type) select gen_random_uuid(), l, '410-555-0102', 'voice' from x`,
  );
  await sql(
    `insert into hub.schedule (id, service_id, freq, byday, opens_at, closes_at) select gen_random_uuid(), s, 'WEEKLY', 'MO,TU,WE', '09:00', '17:00' from x`,
  );
  await sql(
    `insert into hub.language (id, service_id, code, name) select gen_random_uuid(), s, 'es', 'Spanish' from x`,
  );
  await sql(
    `insert into hub.service_area (id, service_id, name, covers) select gen_random_uuid(), s, 'Howard County', '{county:MD/Howard}' from x`,
  );
  await sql(
    `insert into hub.taxonomy_term (id, name) select gen_random_uuid(), 'Term ' || n from generate_series(1, 50) n`,
  );
  await sql(
    `insert into hub.attribute (id, link_id, link_entity, taxonomy_term_id) select gen_random_uuid(), s, 'service', (array(select id from hub.taxonomy_term))[1 + n % 50] from x`,
  );
  await sql(`vacuum analyze`);
  const { readdirSync, readFileSync } = await import('node:fs');
  const pg = () =>
    readdirSync('/proc')
      .filter((p) => /^\d+$/.test(p))
      .reduce((sum, p) => {
        try {
          const s = readFileSync(`/proc/${p}/stat`, 'utf8');
          if (
            !s.includes('(postgres)') ||
            !readFileSync(`/proc/${p}/cmdline`, 'utf8').includes(
              hub.config.databaseUrl!.split('/').pop()!.split('?')[0]!,
            )
          )
            return sum;
          const f = s.slice(s.lastIndexOf(')') + 2).split(' ');
          return sum + Number(f[11]) + Number(f[12]);
        } catch {
          return sum;
        }
      }, 0) / 100;
  const url = await addressOf(hub);
  const stream = (path: string) =>
    new Promise<void>((resolve, reject) => {
      const t = performance.now();
      const cpu = process.cpuUsage();
      let bytes = 0,
        n = 0,
        peak = 0,
        first = 0;
      globalThis.gc?.();
      const base = process.memoryUsage();
      const pg0 = pg();
      const timer = setInterval(() => {
        peak = Math.max(peak, process.memoryUsage().rss);
      }, 50);
      get(`${url}/hsds${path}`, { agent: false }, (r: IncomingMessage) => {
        r.on('data', (b: Buffer) => {
          first ||= performance.now() - t;
          bytes += b.length;
          for (const c of b) if (c === 10) n += 1;
        });
        r.on('end', () => {
          clearInterval(timer);
          const s = (performance.now() - t) / 1000;
          const c = process.cpuUsage(cpu);
          console.log(
            'STREAM',
            path,
            r.statusCode,
            n,
            'lines',
            (bytes / 1e6).toFixed(1),
            'MB',
            s.toFixed(1),
            's',
            Math.round(n / s),
            '/s first',
            Math.round(first),
            'ms rss before',
            Math.round(base.rss / 1e6),
            'peak',
            Math.round(peak / 1e6),
            'heap',
            Math.round(process.memoryUsage().heapUsed / 1e6),
            'pg cpu',
            (pg() - pg0).toFixed(1),
            'cpu',
            ((c.user + c.system) / 1e6).toFixed(1),
          );
          resolve();
        });
        r.on('error', reject);
      });
    });
  for (const path of [
    '/services?per_page=50',
    '/services?per_page=50&page=1900',
    '/services?per_page=50&full=true',
    '/service_at_locations?per_page=50',
    '/service_at_locations?per_page=50&page=1900',
    '/service_at_locations?per_page=50&postcode=21044',
    '/organizations?per_page=50',
    '/services?modified_after=2030-01-01',
    '/services?modified_after=2020-01-01',
    '/services?minimal=true',
  ]) {
    const times: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const t = performance.now();
      const a = await hsds(hub, path);
      times.push(Math.round(performance.now() - t));
      if (a.status !== 200) console.log(a.text.slice(0, 300));
    }
    console.log('GET', path, times.sort((a, b) => a - b).join(' '));
  }
  await stream('/services?format=ndjson');
  await stream('/services?format=ndjson&full=true');
  await stream('/service_at_locations?format=ndjson');
  await hub.stop();
});

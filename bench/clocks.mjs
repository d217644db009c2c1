// npm run bench:clocks -- [--referrals 100000]
// How long the tick of the clocks takes when every open referral has something due, against statements by hand that write
// the same rows without asking anybody's working hours; and when nothing is due.
import { mkdirSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, hubEnvironment, root } from './cluster.mjs';

const { values: options } = parseArgs({
  options: { referrals: { type: 'string', default: '100000' } },
});
const REFERRALS = Number(options.referrals);
const AGENCIES = 400;
const BATCH = 1000;
const NOW = new Date('2026-11-17T22:00:00Z');
const say = (line) => process.stdout.write(`${line}\n`);
build(say);
const { startEmbedded } = await import('../dist/platform/database/embedded.js');
const { createApp } = await import('../dist/app.js');
const { readConfig } = await import('../dist/platform/config.js');
const { asTask } = await import('../dist/platform/database/operation.js');
const { tickClocks } = await import('../dist/referral/clock/tick.js');

const dataDir = join(root, 'bench/.data/clocks');
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
const server = await startEmbedded({ dataDir });
const config = readConfig({ ...hubEnvironment(server.url, dataDir), HUB_WORKER: 'no', LOG_LEVEL: 'error', PORT: '0' });
const mail = { send: async () => undefined, close: async () => undefined };
const app = await createApp(config, { clock: { now: () => new Date(NOW) }, mail });
const { Client } = await import('pg');
const owner = new Client({ connectionString: server.url });
await owner.connect();

const SETUP = `
insert into hub.organization (id, kind, name, listed, time_zone) values ('00000000-0000-7000-8000-000000000001', 'CARE', 'Care', false, 'America/New_York');
insert into hub.organization (id, kind, name, listed, time_zone, claimed_at, email)
  select ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, 'AGENCY', 'Agency ' || n, true,
    (array['America/New_York', 'America/Chicago', 'America/Denver'])[1 + n % 3], now(), 'agency' || n || '@example.org' from generate_series(1, ${AGENCIES}) n;
insert into hub.service (id, organization_id, name, categories, takes_referrals)
  select ('00000000-0000-7000-8002-' || lpad(n::text, 12, '0'))::uuid, ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid,
    'Pantry ' || n, '{food-insecurity}', true from generate_series(1, ${AGENCIES}) n;
insert into hub.user_account (id, email, name) values ('00000000-0000-7000-8003-000000000001', 'nurse@example.org', 'Nurse');
insert into hub.patient (id, care_org_id, given_name, family_name, birth_date) values
  ('00000000-0000-7000-8004-000000000001', '00000000-0000-7000-8000-000000000001', 'Given', 'Family', '1970-01-01');
insert into hub.consent (id, care_org_id, patient_id, grantor, grantee_class, categories, purpose, method, starts_at, recorded_by, expires_at) values
  ('00000000-0000-7000-8005-000000000001', '00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8004-000000000001', 'PATIENT',
   'COMMUNITY_AGENCIES', '{food-insecurity}', 'REFERRAL', 'SIGNATURE', now(), '00000000-0000-7000-8003-000000000001', '2030-01-01');`;
const REFERRAL_ROWS = `
insert into hub.referral (id, from_org_id, to_org_id, patient_id, service_id, status, categories, consent_id, shared, patient_label, sent_by,
  sent_by_name, sent_at, see_due_at, answer_due_at, next_clock_at)
select ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid, '00000000-0000-7000-8000-000000000001',
  ('00000000-0000-7000-8001-' || lpad((1 + n % ${AGENCIES})::text, 12, '0'))::uuid, '00000000-0000-7000-8004-000000000001',
  ('00000000-0000-7000-8002-' || lpad((1 + n % ${AGENCIES})::text, 12, '0'))::uuid, 'REQUESTED', '{food-insecurity}',
  '00000000-0000-7000-8005-000000000001', '[]', 'Given F.', '00000000-0000-7000-8003-000000000001', 'Nurse',
  '2026-11-16T15:00:00Z'::timestamptz + n * interval '10 milliseconds', '2026-11-17T22:00:00Z', '2026-11-18T22:00:00Z', '2026-11-17T22:00:00Z'
from generate_series(1, ${REFERRALS}) n;`;

const context = () => ({
  db: asTask(app.orm),
  platform: app.platform,
  job: { id: '1', attempt: 1, last: false, signal: new AbortController().signal },
});
async function timed(work) {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
async function again() {
  await owner.query('truncate hub.referral_clock_step, hub.referral cascade');
  await owner.query('delete from graphile_worker._private_jobs');
  await owner.query(REFERRAL_ROWS);
  await owner.query('vacuum analyze hub.referral');
}
/** The same rows as the tick writes, with the next look at a fixed distance. */
const HAND = `
with due as (select id from hub.referral where next_clock_at <= $1 order by next_clock_at, id limit ${BATCH} for update skip locked),
taken as (insert into hub.referral_clock_step (referral_id, step, from_org_id, to_org_id, at)
  select r.id, 'REMIND_SEE', r.from_org_id, r.to_org_id, $1 from due d join hub.referral r on r.id = d.id on conflict do nothing returning referral_id)
update hub.referral r set next_clock_at = $1 + interval '18 hours', reminded_at = $1 from due d where r.id = d.id`;

await owner.query(SETUP);
const results = [];
for (let round = 1; round <= 3; round += 1) {
  await again();
  const hub = await timed(() => tickClocks.run({}, context()));
  const { rows } = await owner.query(
    `select count(*)::int as steps, (select count(*)::int from graphile_worker._private_jobs) as letters,
       (select count(*)::int from hub.referral where next_clock_at > $1) as planned from hub.referral_clock_step`,
    [NOW],
  );
  const [{ steps, letters, planned }] = rows;
  if (steps !== REFERRALS || planned !== REFERRALS || letters !== AGENCIES) {
    throw new Error(`Wrong: ${steps} steps, ${planned} planned, ${letters} letters`);
  }
  const idle = await timed(() => tickClocks.run({}, context()));
  await again();
  const hand = await timed(async () => {
    for (let changed = BATCH; changed === BATCH;) {
      await owner.query('begin');
      changed = (await owner.query(HAND, [NOW])).rowCount;
      await owner.query('commit');
    }
  });
  results.push({ hub, hand, idle });
  say(
    `round ${round}: ${hub.toFixed(1)} s for ${REFERRALS.toLocaleString('en')} due, by hand ${hand.toFixed(1)} s (${(hub / hand).toFixed(1)}x), ` +
      `${(idle * 1000).toFixed(0)} ms with nothing due; load ${loadavg()[0].toFixed(1)}`,
  );
}
await owner.end();
await app.close();
await server.close();
process.exit(0);

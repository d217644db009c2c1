// npm run bench:referrals -- [--sizes 100000,1000000] [--rounds 3] [--seconds 2] [--data FOLDER]
// An agency's inbox of 20 and an answer by link, beside the same by hand, as referrals grow tenfold: is it flat? Rows are
// made by SQL (a tenth of them lies with one agency), every answer is compared, and what an answer wrote is counted.
import 'reflect-metadata';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { loadavg } from 'node:os';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { join, resolve } from 'node:path';
import { build, install, root, SECRET, startCluster, stopCluster } from './cluster.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    warm: { type: 'string', default: '1000' },
    data: { type: 'string' },
  },
});
const [ROUNDS, SECONDS, WARM] = ['rounds', 'seconds', 'warm'].map((name) => Number(options[name]));
const SIZES = options.sizes.split(',').map(Number);
const AGENCIES = 400;
const READERS = 12;
const LINKS = 4000;
const CONNECTIONS = 4;
const say = (line) => process.stdout.write(`${line}\n`);
install(say);
build(say);
const { Client: Postgres } = await import('pg');
const { v7: newId } = await import('uuid');
const { inbox, link } = await import('./scenarios.mjs');
const { startServers } = await import('./servers.mjs');
const { drive, quantile } = await import('./load.mjs');
const { clusterCpuMs, cpuMs } = await import('./processes.mjs');
const { countStatements } = await import('./statements.mjs');
const { summarize, tables } = await import('./report.mjs');
const { tokenOf } = await import('../dist/referral/link/token.js');
const { hashToken } = await import('../dist/identity/index.js');

const dataDir = options.data ? resolve(options.data) : join(root, 'bench/.data/referrals');
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
mkdirSync(join(root, 'bench/results'), { recursive: true });
const cluster = { ...(await startCluster(dataDir)), dataDir };
const owner = new Postgres({ connectionString: cluster.url });
await owner.connect();
let servers;
const stop = async () => {
  await servers?.stop();
  await owner.end().catch(() => undefined);
  await stopCluster(dataDir);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));

const id = (kind, n) => `00000000-0000-7000-${kind}-${String(n).padStart(12, '0')}`;
const ids = (kind, n) => `('00000000-0000-7000-${kind}-' || lpad((${n})::text, 12, '0'))::uuid`;
const SETUP = `
insert into hub.organization (id, kind, name, listed, time_zone) select ${ids('8000', 'n')}, 'CARE', 'Care ' || n, false, 'America/New_York' from generate_series(1, 10) n;
insert into hub.organization (id, kind, name, listed, time_zone, claimed_at, email)
  select ${ids('8001', 'n')}, 'AGENCY', 'Agency ' || n, true, 'America/New_York', now(), 'agency' || n || '@example.org' from generate_series(1, ${AGENCIES}) n;
insert into hub.service (id, organization_id, name, categories, takes_referrals)
  select ${ids('8002', 'n')}, ${ids('8001', 'n')}, 'Pantry ' || n, '{food-insecurity}', true from generate_series(1, ${AGENCIES}) n;
insert into hub.user_account (id, email, name) select ${ids('8003', 'n')}, 'user' || n || '@example.org', 'User ' || n from generate_series(1, ${READERS}) n;
insert into hub.membership (id, user_id, organization_id, roles)
  select ${ids('8006', 'n')}, ${ids('8003', 'n')}, ${ids('8001', 'n')}, '{AGENCY_STAFF}' from generate_series(1, ${READERS}) n;`;
/** People and their referrals from one number to another; what ended has a day on which it did. */
const rowsSql = (from, to) => `
insert into hub.patient (id, care_org_id, given_name, family_name, birth_date)
  select ${ids('8004', 'n')}, ${ids('8000', '1 + n % 10')}, 'Given', 'Family', '1970-01-01' from generate_series(${from} / 10 + 1, ${to} / 10) n;
insert into hub.consent (id, care_org_id, patient_id, grantor, grantee_class, categories, purpose, method, starts_at, recorded_by, expires_at)
  select ${ids('8005', 'n')}, ${ids('8000', '1 + n % 10')}, ${ids('8004', 'n')}, 'PATIENT', 'COMMUNITY_AGENCIES', '{food-insecurity}', 'REFERRAL',
    'SIGNATURE', now() - interval '2 years', '${id('8003', 1)}', now() + interval '2 years' from generate_series(${from} / 10 + 1, ${to} / 10) n;
with sent as materialized (
  select n, 1 + (n / 10) % (${to} / 10) as patient, case when n % 10 = 0 then 1 else 1 + n % ${AGENCIES} end as agency,
    case when n % 20 < 3 then 'REQUESTED' when n % 20 < 6 then 'ACCEPTED' when n % 20 < 17 then 'COMPLETED' else 'REJECTED' end as status,
    now() - (n || ' seconds')::interval * 20 as at
  from generate_series(${from} + 1, ${to}) n
)
insert into hub.referral (id, from_org_id, to_org_id, patient_id, service_id, status, categories, consent_id, shared, patient_label, sent_by,
  sent_by_name, sent_at, seen_at, answered_at, closed_at, answer_due_at, created_at, updated_at)
select ${ids('9000', 'n')}, ${ids('8000', '1 + patient % 10')}, ${ids('8001', 'agency')}, ${ids('8004', 'patient')}, ${ids('8002', 'agency')}, status,
  '{food-insecurity}', ${ids('8005', 'patient')}, '[{"key": "name", "value": "Given Family"}]', 'Given F.', '${id('8003', 1)}', 'Nurse', at,
  case when status <> 'REQUESTED' then at end, case when status <> 'REQUESTED' then at end, case when status in ('COMPLETED', 'REJECTED') then at end,
  at + interval '2 days', at, at from sent;
insert into hub.referral_transition (id, referral_id, from_org_id, to_org_id, to_status, side, by_user_id, by_name, at)
  select ${ids('9001', 'n')}, r.id, r.from_org_id, r.to_org_id, 'REQUESTED', 'REQUESTER', r.sent_by, r.sent_by_name, r.sent_at
  from generate_series(${from} + 1, ${to}) n join hub.referral r on r.id = ${ids('9000', 'n')};`;

async function grow(from, to) {
  say(`${(to - from).toLocaleString('en')} referrals more …`);
  const STEP = 100_000;
  // What refers to something does so by its making: to look each up would take most of the time.
  await owner.query('set session_replication_role = replica');
  for (let at = from; at < to; at += STEP) await owner.query(rowsSql(at, Math.min(at + STEP, to)));
  await owner.query('set session_replication_role = origin');
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint');
}

/** Links of referrals that wait for an answer, spread over all; made anew for each size. */
async function makeLinks() {
  const { rows } = await owner.query(
    `select id, from_org_id, to_org_id from hub.referral where status = 'REQUESTED' order by md5(id::text) limit $1`,
    [LINKS],
  );
  const links = rows.map((row) => ({ ...row, link: newId() }));
  // Those of the size before are put back first.
  await again();
  await owner.query('truncate hub.referral_link cascade');
  for (const one of links) {
    one.token = tokenOf(SECRET, one.link);
    await owner.query(
      `insert into hub.referral_link (id, referral_id, from_org_id, to_org_id, token_hash, reply_hash, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, now(), now() + interval '30 days')`,
      [one.link, one.id, one.from_org_id, one.to_org_id, hashToken(one.token), randomBytes(32)],
    );
  }
  return links;
}

/** Puts the referrals of the links back to where they waited. */
async function again() {
  await owner.query(`
    begin;
    set local session_replication_role = replica;
    update hub.referral r set status = 'REQUESTED', seen_at = null, answered_at = null, contact_due_at = null, outcome_due_at = null,
      next_clock_at = null, version = 1 from hub.referral_link l where l.referral_id = r.id and r.status <> 'REQUESTED';
    delete from hub.referral_transition t using hub.referral_link l where t.referral_id = l.referral_id and t.to_status <> 'REQUESTED';
    update hub.referral_link set answered_at = null, opened_at = null where answered_at is not null or opened_at is not null;
    delete from hub.rate_limit;
    delete from graphile_worker._private_jobs;
    commit`);
  await owner.query('vacuum (analyze) hub.referral, hub.referral_transition, hub.referral_link');
}

/** What answers by link have written since the last time everything was put back. */
async function written() {
  const { rows } = await owner.query(`
    select (select count(*)::int from hub.referral r join hub.referral_link l on l.referral_id = r.id where r.status = 'ACCEPTED' and r.contact_due_at is not null
        and r.outcome_due_at is not null and r.version = 2) as accepted,
      (select count(*)::int from hub.referral_transition where via = 'LINK') as steps,
      (select count(*)::int from hub.referral_link where answered_at is not null) as used,
      (select count(*)::int from graphile_worker._private_jobs) as jobs`);
  return rows[0];
}

/** Asks one server once; the answer must be the one by hand. */
async function ask(scenario, name, variables, expected) {
  const { client } = servers.of(name);
  const { ask: request, says } = scenario.servers[name];
  const { status, body } = await client.send(request({ ...variables, key: newId() }));
  if (status !== 200) throw new Error(`${scenario.name}: ${name} answers ${status} ${body.slice(0, 1000)}`);
  const said = says(JSON.parse(body));
  if (expected && !isDeepStrictEqual(said, expected)) {
    throw new Error(`${name} says ${JSON.stringify(said)} instead of ${JSON.stringify(expected)}`);
  }
  return said;
}

/** Each call takes the next link; what one server answers to a link the other must answer too. */
function answers(links) {
  const shown = new Map();
  let used = 0;
  return (name) => async () => {
    const n = used % links.length;
    used += 1;
    const said = await ask(link, name, { ...links[n], tasks }, shown.get(n));
    shown.set(n, said);
  };
}

async function measured(name, calls, work) {
  const { pid } = servers.of(name);
  const before = [cpuMs(pid), clusterCpuMs(cluster.pid)];
  const taken = await drive(CONNECTIONS, calls, work);
  const after = [cpuMs(pid), clusterCpuMs(cluster.pid)];
  const [server, database] = after.map((now, n) => (now - before[n]) / taken.length);
  return { requests: taken.length, server, database, p50: quantile(taken, 0.5), p95: quantile(taken, 0.95) };
}

async function signIn(n) {
  const token = randomBytes(32).toString('base64url');
  await owner.query(
    `insert into hub.session (token_hash, id, user_id, membership_id, mfa, idle, expires_at)
     values ($1, $2, $3, $4, true, interval '1 day', now() + interval '1 day')`,
    [createHash('sha256').update(token).digest(), newId(), id('8003', n), id('8006', n)],
  );
  return token;
}

/** The rounds of one scenario, interleaved: `each(name)` gives what one call asks and what it must hear. */
async function rounds(scenario, title, each, between) {
  const all = { hub: { rounds: [] }, hand: { rounds: [] } };
  for (const name of Object.keys(all)) {
    await between();
    await drive(CONNECTIONS, { calls: WARM, ms: 10_000 }, each(name));
    await between();
    const counted = await countStatements(owner, () => drive(1, { calls: 40 }, each(name)));
    all[name].statements = Math.round(counted.statements / 40);
    all[name].control = Math.round(counted.control / 40);
    all[name].texts = counted.texts.map(({ times, query }) => ({ perRequest: times / 40, query }));
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of round % 2 ? ['hand', 'hub'] : ['hub', 'hand']) {
      await between();
      all[name].rounds.push(await measured(name, { ms: SECONDS * 1000, calls: LINKS }, each(name)));
      if (scenario === link) await checkWritten(name, all[name].rounds.at(-1).requests);
    }
  }
  return { name: title, title, servers: all };
}

async function checkWritten(name, requests) {
  const found = await written();
  const wanted = { accepted: requests, steps: requests, used: requests, jobs: requests * tasks.length };
  if (!isDeepStrictEqual(found, wanted)) {
    throw new Error(`${name} wrote ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
  }
}

let tasks = [];
try {
  // The hub brings the database up to date before anything is put into it.
  await (await startServers(['hub'], cluster, { connections: 1 })).stop();
  await owner.query('create extension if not exists pg_stat_statements');
  await owner.query(SETUP);
  servers = await startServers(['hub', 'hand'], cluster, { connections: CONNECTIONS });
  const tokens = [];
  for (let n = 1; n <= READERS; n += 1) tokens.push(await signIn(n));
  const results = [];
  let have = 0;
  for (const size of SIZES) {
    await grow(have, size);
    have = size;
    const label = size.toLocaleString('en');
    const expected = [];
    for (const token of tokens) expected.push(await ask(inbox, 'hand', { token }));
    const read = (name) => (n) => ask(inbox, name, { token: tokens[n % READERS] }, expected[n % READERS]);
    results.push(await rounds(inbox, `Inbox of 20, ${label} referrals`, read, async () => undefined));
    const links = await makeLinks();
    await again();
    await ask(link, 'hub', links[0]);
    tasks = (await owner.query('select task_identifier as task from graphile_worker.jobs order by id')).rows.map(
      ({ task }) => task,
    );
    results.push(await rounds(link, `Answering by link, ${label} referrals`, answers(links), again));
  }
  const summary = summarize(results);
  say(`\n${tables(summary)}\n`);
  const at = new Date().toISOString();
  const file = join(root, `bench/results/${at.replaceAll(':', '-').slice(0, 19)}-referrals.json`);
  writeFileSync(file, JSON.stringify({ at, sizes: SIZES, load: loadavg(), summary, results }, null, 2));
  say(`load ${loadavg()[0].toFixed(1)}; written to ${file}`);
} catch (error) {
  say(error.stack);
  process.exitCode = 1;
} finally {
  await stop();
}
process.exit();

// npm run bench:inbox-load -- [--rate 10000] [--seconds 20] [--readers 10] [--flight 200]
// A storm of referrals into the inbox of one agency, sent through the API as care managers send them, with people of the
// agency following live and reading their inbox: does the hub stay up, what do they hear, and what does it say of itself.
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, openSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, hubEnvironment, root } from './cluster.mjs';

const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '20' },
    readers: { type: 'string', default: '10' },
    // Requests under way at most: what the hub does not take in time waits outside, as it would.
    flight: { type: 'string', default: '200' },
  },
});
const [RATE, SECONDS, READERS, FLIGHT] = ['rate', 'seconds', 'readers', 'flight'].map((name) => Number(options[name]));
const TOTAL = Math.round((RATE / 60) * SECONDS);
const PATIENTS = 500;
const say = (line) => process.stdout.write(`${line}\n`);
if (Number(process.versions.node.split('.')[0]) < 22) {
  throw new Error('Start it with "npm run bench:inbox-load": this Node is too old.');
}
build(say);
const { startEmbedded } = await import('../dist/platform/database/embedded.js');
const { Client, quantile } = await import('./load.mjs');
const { cpuMs, freePort, startNode } = await import('./processes.mjs');
const { createClient } = await import('graphql-ws');
const { WebSocket } = await import('ws');
const pg = await import('pg');

const dataDir = join(root, 'bench/.data/inbox-load');
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
mkdirSync(join(root, 'bench/results'), { recursive: true });
const server = await startEmbedded({ dataDir });
const port = await freePort();
const metricsToken = randomBytes(16).toString('hex');
const settings = {
  ...hubEnvironment(server.url, dataDir),
  PORT: String(port),
  TRUST_PROXY: '127.0.0.1',
  METRICS_TOKEN: metricsToken,
  LOG_LEVEL: 'error',
};
const log = openSync(join(root, 'bench/results/inbox-load.log'), 'w');
const hub = await startNode('The hub', [join(root, 'dist/main.js')], settings, log);
const owner = new pg.default.Client({ connectionString: server.url });
await owner.connect();

const id = (kind, n) => `00000000-0000-7000-${kind}-${String(n).padStart(12, '0')}`;
const [CARE, AGENCY, SERVICE] = [id('8000', 1), id('8001', 1), id('8002', 1)];
await owner.query(`
insert into hub.organization (id, kind, name, listed, time_zone) values ('${CARE}', 'CARE', 'Care', false, 'America/New_York');
insert into hub.organization (id, kind, name, listed, time_zone, claimed_at, email) values ('${AGENCY}', 'AGENCY', 'Pantry', true, 'America/New_York', now(), 'desk@example.org');
insert into hub.service (id, organization_id, name, categories, takes_referrals) values ('${SERVICE}', '${AGENCY}', 'Groceries', '{food-insecurity}', true);
insert into hub.user_account (id, email, name) select ('00000000-0000-7000-8003-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@example.org', 'User ' || n from generate_series(1, 2) n;
insert into hub.membership (id, user_id, organization_id, roles) values ('${id('8006', 1)}', '${id('8003', 1)}', '${CARE}', '{CARE_MANAGER}'), ('${id('8006', 2)}', '${id('8003', 2)}', '${AGENCY}', '{AGENCY_STAFF}');
insert into hub.patient (id, care_org_id, given_name, family_name, birth_date, phone)
  select ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid, '${CARE}', 'Given', 'Family', '1970-01-01', '+14105550123' from generate_series(1, ${PATIENTS}) n;
insert into hub.consent (id, care_org_id, patient_id, grantor, grantee_class, categories, purpose, method, starts_at, recorded_by, expires_at)
  select ('00000000-0000-7000-8005-' || lpad(n::text, 12, '0'))::uuid, '${CARE}', ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid, 'PATIENT',
   'COMMUNITY_AGENCIES', '{food-insecurity}', 'REFERRAL', 'SIGNATURE', now() - interval '1 day', '${id('8003', 1)}', now() + interval '300 days' from generate_series(1, ${PATIENTS}) n;`);
const NEED = `insert into hub.need (id, care_org_id, patient_id, category, label, status, wants_help, identified_at, confirmed_at) select
  ('00000000-0000-7000-8007-' || lpad(n::text, 12, '0'))::uuid, '${CARE}', ('00000000-0000-7000-8004-' || lpad(n::text, 12, '0'))::uuid,
  'food-insecurity', 'Not enough food', 'CONFIRMED', true, now(), now() from generate_series(1, ${PATIENTS}) n`;
await owner.query(NEED);
async function signIn(n) {
  const token = randomBytes(32).toString('base64url');
  await owner.query(
    `insert into hub.session (token_hash, id, user_id, membership_id, mfa, idle, expires_at)
     values ($1, $2, $3, $4, true, interval '1 day', now() + interval '1 day')`,
    [createHash('sha256').update(token).digest(), id('8008', n), id('8003', n), id('8006', n)],
  );
  return token;
}
const [sender, staff] = [await signIn(1), await signIn(2)];
const client = new Client(port, FLIGHT + 20);
const ask = async (token, query, variables) => {
  const { status, body } = await client.send({
    method: 'POST',
    path: '/graphql',
    token,
    body: JSON.stringify({ query, variables }),
  });
  const answer = JSON.parse(body);
  const code = answer.errors?.[0]?.extensions?.code;
  if (status !== 200 || answer.errors) throw Object.assign(new Error(`${status} ${body.slice(0, 300)}`), { code });
  return answer.data;
};

/** Somebody who follows the inbox: what they heard, and how often. */
function follow(n) {
  class Socket extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, {
        headers: { authorization: `Bearer ${staff}`, 'x-forwarded-for': `10.1.0.${n + 1}` },
      });
    }
  }
  const heard = { news: 0, arrived: 0, behind: 0, ended: 0, gaps: [] };
  const socket = createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: Socket,
    lazy: false,
    retryAttempts: 0,
  });
  let last = performance.now();
  socket.subscribe(
    { query: 'subscription { inboxNews { arrived changed behind } }' },
    {
      next: ({ data }) => {
        heard.news += 1;
        heard.arrived += data.inboxNews.arrived;
        heard.behind += data.inboxNews.behind ? 1 : 0;
        heard.gaps.push(performance.now() - last);
        last = performance.now();
      },
      error: () => (heard.ended += 1),
      complete: () => (heard.ended += 1),
    },
  );
  return { heard, end: () => socket.dispose() };
}

const SEND =
  'mutation ($input: SendReferralInput!) { sendReferral(input: $input) { referral { id } userErrors { code message } } }';
const INBOX =
  '{ inboxCounts { new } inbox(filter: { queue: NEW }, first: 25) { edges { node { id patientLabel answerDueAt from { name } service { name } } } } }';
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const metric = (text, name) =>
  Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)`, 'm').exec(text)?.[1] ?? NaN);
const metrics = async () => (await client.send({ path: '/metrics', token: metricsToken })).body;
async function timed(list, work) {
  const began = performance.now();
  await work();
  list.push(performance.now() - began);
}

/** Who is turned away comes again a little later, with the same key. */
async function patiently(work, tries = 5) {
  for (let n = 1; ; n += 1) {
    try {
      return await work();
    } catch (error) {
      if (error.code !== 'BUSY') throw error;
      turnedAway += 1;
      if (n === tries) throw new Error('turned away for good', { cause: error });
      await pause(2000 * (0.5 + Math.random()));
    }
  }
}

const readers = Array.from({ length: READERS }, (_, n) => follow(n));
await ask(staff, INBOX, {});
await pause(1000);
const times = { send: [], inbox: [], health: [] };
const lags = [];
let [sent, failed, turnedAway] = [0, 0, 0];
const accepted = new Set();
const failures = new Map();
const refused = (error) => {
  failed += 1;
  failures.set(error.message, (failures.get(error.message) ?? 0) + 1);
};
const end = { now: false };
const every = async (ms, work) => {
  while (!end.now) {
    await work();
    await pause(ms);
  }
};
const beside = [
  every(250, () =>
    timed(
      times.health,
      async () => (await client.send({ path: '/healthz', token: '' })).status === 200 || (failed += 1),
    ),
  ),
  every(500, () => timed(times.inbox, () => patiently(() => ask(staff, INBOX, {}))).catch((error) => refused(error))),
  every(1000, async () => lags.push(metric(await metrics(), 'hub_live_lag_seconds'))),
];
const before = cpuMs(hub.pid);
const began = performance.now();
const flying = new Set();
for (let n = 0; n < TOTAL; n += 1) {
  const at = began + (n * 60_000) / RATE;
  if (at > performance.now()) await pause(at - performance.now());
  while (flying.size >= FLIGHT) await Promise.race(flying);
  const who = 1 + (n % PATIENTS);
  const input = {
    patientId: id('8004', who),
    serviceId: SERVICE,
    needIds: [id('8007', who)],
    idempotencyKey: crypto.randomUUID(),
    priority: n % 20 === 0 ? 'URGENT' : 'ROUTINE',
  };
  const one = timed(times.send, async () => {
    const { referral, userErrors } = (await patiently(() => ask(sender, SEND, { input }))).sendReferral;
    if (!referral) throw new Error(userErrors[0].code);
    sent += 1;
    accepted.add(referral.id);
  })
    .catch(refused)
    .finally(() => flying.delete(one));
  flying.add(one);
}
await Promise.all(flying);
const took = (performance.now() - began) / 1000;
const after = cpuMs(hub.pid);
await pause(2500);
end.now = true;
await Promise.all(beside);
const told = await metrics();
const jobs = metric(told, 'hub_jobs{state="waiting"}');
const waited = metric(told, 'hub_job_wait_seconds');
const drained = performance.now();
while (metric(await metrics(), 'hub_jobs{state="waiting"}') > 0 && performance.now() - drained < 300_000) {
  await pause(1000);
}
const drain = (performance.now() - drained) / 1000;
const heard = readers.map((one) => one.heard);
const { rows: kept } = await owner.query('select id from hub.referral where to_org_id = $1', [AGENCY]);
const rows = kept.length;
const lost = rows !== accepted.size || kept.some(({ id: one }) => !accepted.has(one));
const ms = (list, share) => `${quantile(list, share).toFixed(0)} ms`;
say(
  `${sent} of ${TOTAL} referrals in ${took.toFixed(1)} s: ${Math.round((sent / took) * 60).toLocaleString('en')} a minute of ${RATE.toLocaleString('en')} asked for; ${failed} failed, ${turnedAway} times somebody was told to come again`,
);
for (const [why, n] of failures) say(`  ${n} × ${why}`);
say(
  `send p50 ${ms(times.send, 0.5)}, p95 ${ms(times.send, 0.95)}; inbox of 25 p50 ${ms(times.inbox, 0.5)}, p95 ${ms(times.inbox, 0.95)}; health p95 ${ms(times.health, 0.95)}, worst ${ms(times.health, 1)}`,
);
say(`CPU: hub ${((after - before) / Math.max(sent, 1)).toFixed(1)} ms a referral; load ${loadavg()[0].toFixed(1)}`);
say(
  `${READERS} readers: ${quantile(
    heard.map((one) => one.news),
    0.5,
  )} pieces of news each for ${quantile(
    heard.map((one) => one.arrived),
    0.5,
  )} referrals, ${heard.filter((one) => one.ended).length} let go of, ${quantile(
    heard.map((one) => one.behind),
    0.5,
  )} said that the hub is behind`,
);
say(
  `hears itself after ${quantile(lags, 0.5).toFixed(2)} s, at worst ${quantile(lags, 1).toFixed(2)} s; ${jobs} jobs waited at the end, the oldest since ${waited.toFixed(0)} s; all done ${drain.toFixed(0)} s later`,
);
const wrong = heard.some((one) => one.arrived !== sent || one.ended > 0) || rows !== sent || lost;
if (wrong) say(`WRONG: ${rows} rows; heard ${heard.map((one) => one.arrived).join(', ')}`);
readers.forEach((one) => one.end());
client.close();
await owner.end();
await hub.stop();
await server.close();
process.exit(wrong || sent === 0 ? 1 : 0);

// npm run bench -- [--patients 100000] [--services 100000] [--only inbox,search] [--servers hub,hand] [--plans] [--profile]
// What the hub's pages cost beside the same answers by hand, Mercurius and PostGraphile. See docs/benchmarks.md.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, install, openCluster, root } from './cluster.mjs';

const { values: options } = parseArgs({
  options: {
    patients: { type: 'string', default: '100000' },
    services: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    // How often each page is asked of each server before anything counts: a server is measured when it is warm.
    warm: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '4' },
    only: { type: 'string' },
    servers: { type: 'string' },
    // Makes the data anew, or takes what is there although it would be made otherwise today.
    fresh: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    // A data folder somewhere else, instead of bench/.data.
    data: { type: 'string' },
    plans: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const number = (name) => Number(options[name]);
/** Slow pages are warm before they were asked for as often as that. */
const WARM_MS = 10_000;
const say = (line) => process.stdout.write(`${line}\n`);
const results = join(root, 'bench/results');
mkdirSync(results, { recursive: true });

if (Number(process.versions.node.split('.')[0]) < 22) {
  throw new Error('Start it with "npm run bench": this Node is too old.');
}
install(say);
build(say);
// What follows needs the packages that were just installed.
const { openCast, clear } = await import('./cast.mjs');
const { Comparison } = await import('./compare.mjs');
const { drive, quantile } = await import('./load.mjs');
const { clusterCpuMs, cpuMs } = await import('./processes.mjs');
const { summarize, tables } = await import('./report.mjs');
const { scenarios } = await import('./scenarios.mjs');
const { SERVERS, startServers } = await import('./servers.mjs');
const { countStatements } = await import('./statements.mjs');

const size = { patients: number('patients'), services: number('services'), seed: number('seed') };
const cluster = await openCluster(size, { ...options, say });
/** Lets PostgreSQL log the plans of the hub's own statements as they ran, row-level security and all. */
const PLANS = ['hub_login', 'hub_auth'].flatMap((role) =>
  ['log_min_duration = 0', 'log_analyze = on', 'log_buffers = on'].map((setting) => [
    `alter role ${role} set auto_explain.${setting}`,
    `alter role ${role} reset auto_explain.${setting.split(' ')[0]}`,
  ]),
);
let plansFrom;
let servers;
let failed = false;
const stop = async () => {
  await servers?.stop();
  await cluster.owner.query(PLANS.map(([, off]) => off).join(';')).catch(() => undefined);
  await clear(cluster.owner).catch((error) => say(`What the run wrote could not be taken back: ${error.message}`));
  await cluster.close();
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));
try {
  await main();
} catch (error) {
  failed = true;
  say(error.stack);
} finally {
  await stop();
}
process.exit(failed ? 1 : 0);

async function main() {
  const cast = await openCast(cluster.owner);
  const chosen = scenarios.filter(({ name }) => !options.only || options.only.split(',').includes(name));
  const names = Object.keys(SERVERS).filter((name) => !options.servers || options.servers.split(',').includes(name));
  if (!names.includes('hand')) names.push('hand');
  if (options.plans) await cluster.owner.query(PLANS.map(([on]) => on).join(';'));
  servers = await startServers(names, cluster, { connections: number('connections'), profile: options.profile });
  const comparisons = chosen.map((scenario) => new Comparison(scenario, cast[scenario.name], servers));
  for (const comparison of comparisons) await prepare(comparison, names);
  if (options.plans) return;
  say(`Every answer was the same as by hand. Measuring ${options.rounds} rounds, interleaved …`);
  await cluster.owner.query('checkpoint');
  const measured = comparisons.map(({ scenario, counts }) => ({
    name: scenario.name,
    title: scenario.title,
    servers: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, { ...count, rounds: [] }])),
  }));
  for (let round = 0; round < number('rounds'); round += 1) {
    for (const [at, comparison] of comparisons.entries()) {
      // Another one begins each time, so that no server is always the one after the same other.
      const order = comparison.takesPart.map((_, n, all) => all[(n + round) % all.length]);
      for (const name of order) measured[at].servers[name].rounds.push(await measure(comparison, name));
    }
    say(`Round ${round + 1} done`);
  }
  report(summarize(measured), measured);
}

/** Asks everything once of everyone: caches are warm, answers are right, statements are counted. */
async function prepare(comparison, names) {
  const { scenario, variables } = comparison;
  comparison.takesPart = Object.keys(scenario.servers).filter((name) => names.includes(name) || name === 'audited');
  if (options.servers) comparison.takesPart = comparison.takesPart.filter((name) => names.includes(name));
  if (scenario.writes) await learnTasks(comparison);
  await comparison.expect();
  comparison.counts = {};
  for (const name of comparison.takesPart) {
    for (let n = 0; n < variables.length; n += 1) await comparison.check(name, n);
    const { client } = servers.of(name);
    const warm = { calls: number('warm'), ms: WARM_MS };
    if (!options.plans) await drive(client.connections, warm, (n) => comparison.check(name, n));
    const counted = 40;
    const count = await countStatements(cluster.owner, async () => {
      for (let n = 0; n < counted; n += 1) await comparison.check(name, n);
    });
    const texts = count.texts.map(({ times, query }) => ({ perRequest: times / counted, query }));
    comparison.counts[name] = {
      statements: round(count.statements / counted),
      control: round(count.control / counted),
      texts: texts.toSorted((a, b) => b.perRequest - a.perRequest),
    };
  }
  if (options.plans) keepPlans(scenario.name);
}

/** Which jobs follow a referral: the one by hand queues the same. */
async function learnTasks(comparison) {
  const tasks = [];
  for (const variables of comparison.variables) variables.tasks = tasks;
  comparison.expected = comparison.variables.map(() => undefined);
  await cluster.owner.query('delete from graphile_worker._private_jobs');
  await comparison.check('hub', 0).catch(() => undefined);
  const { rows } = await cluster.owner.query('select task_identifier as task from graphile_worker.jobs order by id');
  tasks.push(...rows.map(({ task }) => task));
}

async function measure(comparison, name) {
  const { pid, client } = servers.of(name);
  const ask = (n) => comparison.check(name, n);
  await drive(client.connections, { ms: 300 }, ask);
  const before = [cpuMs(pid), clusterCpuMs(cluster.postmaster)];
  const taken = await drive(client.connections, { ms: number('seconds') * 1000 }, ask);
  const after = [cpuMs(pid), clusterCpuMs(cluster.postmaster)];
  const each = (n) => (after[n] - before[n]) / taken.length;
  return {
    requests: taken.length,
    server: each(0),
    database: each(1),
    p50: quantile(taken, 0.5),
    p95: quantile(taken, 0.95),
  };
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function report(summary, measured) {
  const at = new Date().toISOString();
  const machine = {
    cpu: cpus()[0]?.model ?? '',
    cores: cpus().length,
    node: process.version,
    load: loadavg().map(round),
  };
  const { seeded } = cluster;
  const { rounds, seconds, connections } = options;
  const file = join(results, `${at.replaceAll(':', '-').slice(0, 19)}-${size.patients}x${size.services}.json`);
  writeFileSync(
    file,
    JSON.stringify({ at, size, seeded, machine, rounds, seconds, connections, summary, measured }, null, 2),
  );
  say(`\n${tables(summary)}\n`);
  say(
    `${machine.cores} cores (${machine.cpu}), Node ${machine.node}, load ${machine.load.join(' ')}; written to ${file}`,
  );
}

function keepPlans(name) {
  const end = statSync(cluster.logFile).size;
  const text = readFileSync(cluster.logFile)
    .subarray(plansFrom ?? 0, end)
    .toString();
  plansFrom = end;
  const file = join(results, `plans-${name}.txt`);
  writeFileSync(file, text);
  say(`Plans of ${name} are in ${file}`);
}

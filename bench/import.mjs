// npm run bench:import -- [--sizes 100000,300000] [--again] [--heap 192]
// Time, CPU and memory of `npm run hsds:import` on generated packages of so many services, into a new database.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, hubEnvironment, root, SECRET } from './cluster.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,300000' },
    // Imports the same package a second time, which changes nothing.
    again: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    // Megabytes that the importer may keep: what is not let go does not fit.
    heap: { type: 'string' },
  },
});
const say = (line) => process.stdout.write(`${line}\n`);
build(say);
const { startEmbedded } = await import('../dist/platform/database/embedded.js');
const { writePackage } = await import('./hsds-package.mjs');
const { clusterCpuMs } = await import('./processes.mjs');

const folder = join(root, 'bench/.data');
mkdirSync(folder, { recursive: true });
for (const services of options.sizes.split(',').map(Number)) {
  const path = join(folder, `hsds-${services}`);
  if (!existsSync(join(path, 'datapackage.json'))) {
    say(`Writing a package of ${services.toLocaleString('en')} services …`);
    await writePackage(path, services);
  }
  const dataDir = join(folder, 'import');
  rmSync(dataDir, { recursive: true, force: true });
  const server = await startEmbedded({ dataDir });
  try {
    await measure(server, path, dataDir, services, 'first');
    if (options.again) await measure(server, path, dataDir, services, 'again');
  } finally {
    await server.close();
  }
}
process.exit(0);

async function measure(server, path, dataDir, services, what) {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  const heap = options.heap ? [`--max-old-space-size=${options.heap}`] : [];
  const flags = options.profile ? ['--cpu-prof', `--cpu-prof-dir=${join(root, 'bench/results')}`] : [];
  const before = clusterCpuMs(postmaster);
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [...heap, ...flags, join(root, 'dist/hsds-import.js'), path, '--source', 'bench'],
    {
      env: { ...process.env, ...hubEnvironment(server.url, dataDir), HUB_SECRET: SECRET, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let peak = 0;
  let cpu = 0;
  let report = '';
  child.stdout.on('data', (chunk) => (report += chunk));
  const timer = setInterval(() => {
    peak = Math.max(peak, peakOf(child.pid));
    cpu = cpuOf(child.pid) ?? cpu;
  }, 200);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(timer);
  if (code !== 0) throw new Error(`The import ended with ${code}\n${report}`);
  const seconds = (performance.now() - began) / 1000;
  const database = (clusterCpuMs(postmaster) - before) / 1000;
  say(
    `${services.toLocaleString('en')} services, ${what}: ${seconds.toFixed(1)} s, CPU ${cpu.toFixed(1)} s importer + ${database.toFixed(1)} s database, at most ${Math.round(peak / 1024)} MB, load ${loadavg()[0].toFixed(1)}`,
  );
  if (options.profile) say(report);
}

/** The most memory a process has had, in kB. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** User and system time in seconds. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return undefined;
  }
}

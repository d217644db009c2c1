// CPU time of processes, as the kernel counts it, and child processes that never outlive the benchmark.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const TICK_MS = 10; // CLK_TCK is 100 on Linux.

/** User and system time of a process in ms: to the nanosecond from its threads' schedstat, else from its stat. */
export function cpuMs(pid) {
  try {
    let nanoseconds = 0;
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ', 1)[0]);
    }
    return nanoseconds / 1e6;
  } catch {
    return (stat(pid)?.cpu ?? 0) * TICK_MS;
  }
}

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1], cpu: fields[11] + fields[12], reaped: fields[13] + fields[14] };
  } catch {
    return undefined;
  }
}

/** A PostgreSQL server's CPU time in ms: all its backends, those that live and those that ended. */
export function clusterCpuMs(postmaster) {
  const own = stat(postmaster);
  if (!own) return 0;
  let total = own.reaped * TICK_MS;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && stat(name)?.parent === postmaster) total += cpuMs(name);
  }
  return total;
}

const children = new Set();
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/**
 * Starts a Node program and waits for the line that says it listens. `log` is an open file for what it writes.
 * Returns its process id and how to stop it.
 */
export async function startNode(name, args, env, log) {
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', log] });
  children.add(child);
  let output = '';
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${name} did not start within a minute`)), 60_000);
    child.stdout.on('data', (chunk) => {
      // Read on for ever: a full pipe would stop the server.
      if (output.length < 20_000) output += chunk;
      else output = output.slice(-10_000) + chunk;
      if (/listening|is open at/.test(output)) resolve(clearTimeout(timer));
    });
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${output.slice(-2000)}`)));
  });
  child.removeAllListeners('exit');
  return {
    pid: child.pid,
    /** The last of what it wrote. */
    output: () => output.slice(-3000),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
      children.delete(child);
    },
  };
}

/** A port that nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

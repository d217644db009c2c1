// A hub of its own process whose engine is watched.
import { fork } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { hubEnvironment, root } from '../cluster.mjs';
import { Client } from '../load.mjs';
import { freePort } from '../processes.mjs';

/** `meili`: its address and key, or nothing for the engine in PostgreSQL. */
export async function startHub(cluster, connections, meili) {
  const port = await freePort();
  const env = { ...process.env, ...hubEnvironment(cluster.url, cluster.dataDir), PORT: String(port) };
  Object.assign(env, { HUB_WORKER: 'no', TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'warn' });
  delete env.MEILI_URL;
  delete env.MEILI_KEY;
  const child = fork(join(root, 'bench/search/hub.mjs'), {
    env: { ...env, ...meili },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stderr.pipe(createWriteStream(join(root, 'bench/results/servers.log'), { flags: 'a' }));
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The hub did not start within 3 minutes: ${output}`)), 180_000);
    child.stdout.on('data', (chunk) => {
      output = (output + chunk).slice(-5000);
      if (output.includes('listening on')) resolve(clearTimeout(timer));
    });
    child.stderr.on('data', (chunk) => (output = (output + chunk).slice(-5000)));
    child.once('exit', (code) => reject(new Error(`The hub ended with ${code}: ${output}`)));
  });
  const client = new Client(port, connections);
  return {
    pid: child.pid,
    client,
    /** Times of the engine's calls in ms since the last time of asking, and what it sent to Meilisearch. */
    async watched() {
      const answer = once(child, 'message');
      child.send('watched');
      return (await answer)[0];
    },
    async stop() {
      client.close();
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

// The servers that are compared, each a process of its own over the same database.
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { hubEnvironment, root } from './cluster.mjs';
import { Client } from './load.mjs';
import { freePort, startNode } from './processes.mjs';

export const SERVERS = {
  hub: 'the hub',
  hand: 'by hand',
  audited: 'by hand, audited',
  mercurius: 'Mercurius + graphql-jit',
  postgraphile: 'PostGraphile 5',
};

/** What runs a server: by hand and by hand with the audit are one process. */
const programOf = (server) => (server === 'audited' ? 'hand' : server);

/** Starts what `names` need. `profile` lets the hub write a CPU profile into bench/results when it stops. */
export async function startServers(names, cluster, { connections, profile }) {
  const log = openSync(join(root, 'bench/results/servers.log'), 'a');
  const started = new Map();
  for (const program of new Set(names.map(programOf))) {
    const port = await freePort();
    const child = program === 'hub' ? await startHub(port) : await startOther(program, port);
    started.set(program, { ...child, client: new Client(port, connections) });
  }
  return {
    of: (server) => started.get(programOf(server)),
    async stop() {
      for (const { client, stop } of started.values()) {
        client.close();
        await stop();
      }
    },
  };

  function startHub(port) {
    const settings = {
      ...hubEnvironment(cluster.url, cluster.dataDir),
      PORT: String(port),
      // Its jobs stay in the queue: what is measured is the request.
      HUB_WORKER: 'no',
      TRUST_PROXY: '127.0.0.1',
    };
    const flags = profile ? ['--cpu-prof', `--cpu-prof-dir=${join(root, 'bench/results')}`] : [];
    return startNode('The hub', [...flags, join(root, 'dist/main.js')], settings, log);
  }

  function startOther(program, port) {
    const settings = {
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      BENCH_DATABASE_URL: cluster.url,
      BENCH_PORT: String(port),
    };
    return startNode(program, [join(root, `bench/servers/${program}.mjs`)], settings, log);
  }
}

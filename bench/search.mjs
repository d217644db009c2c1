// npm run bench:search -- [--sizes 100000,1000000] [--data folder] [--rounds 5] [--only place,suggest] [--explain]
// What a search costs at the sizes of a state and of the country. See docs/benchmarks.md.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, openCluster, root } from './cluster.mjs';

const { values: options } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100000,1000000' },
    // Patients are needed for their fit alone.
    patients: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    // One folder with data of the (one) size.
    data: { type: 'string' },
    questions: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1' },
    only: { type: 'string' },
    explain: { type: 'boolean', default: false },
  },
});
const say = (line) => process.stdout.write(`${line}\n`);
if (Number(process.versions.node.split('.')[0]) < 22) {
  throw new Error('Start it with "npm run bench:search": this Node is too old.');
}
build(say);
const { benchSize } = await import('./search/bench-size.mjs');
const { searchTable } = await import('./search/table.mjs');

const sizes = options.sizes.split(',').map(Number);
if (options.data && sizes.length > 1) throw new Error('--data holds one size: name it with --sizes.');
mkdirSync(join(root, 'bench/results'), { recursive: true });
const measured = [];
let failed = false;
for (const services of sizes) {
  const size = { patients: Number(options.patients), services, seed: Number(options.seed) };
  const cluster = await openCluster(size, { data: options.data, say });
  const stop = () => cluster.close();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));
  try {
    measured.push(...(await benchSize({ cluster, services, options, say })));
  } catch (error) {
    failed = true;
    say(error.stack);
  } finally {
    await stop();
  }
}
const at = new Date().toISOString();
const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version, load: loadavg() };
const file = join(root, 'bench/results', `${at.replaceAll(':', '-').slice(0, 19)}-search.json`);
writeFileSync(file, JSON.stringify({ at, options, machine, measured }, null, 2));
say(`\n${searchTable(measured)}\n`);
say(`${machine.cores} cores (${machine.cpu}), Node ${machine.node}, load ${machine.load.map((n) => n.toFixed(1)).join(' ')}; written to ${file}`); // prettier-ignore
process.exit(failed ? 1 : 0);

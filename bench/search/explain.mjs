// The plans of the slowest question of each search, as the hub's own statements ran.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../cluster.mjs';
import { startHub } from './start-hub.mjs';

const SETTINGS = ['log_min_duration', 'log_analyze', 'log_buffers', 'log_nested_statements'];
const role = (setting) => `alter role hub_login ${setting}`;

/** Asks each question twice of a hub whose plans are logged, and keeps those of the second time. */
export async function explain(cluster, slowest, services, say) {
  const on = SETTINGS.slice(0, 3).map((name) => role(`set auto_explain.${name} = ${name === 'log_min_duration' ? 0 : 'on'}`)); // prettier-ignore
  await cluster.owner.query(on.join(';'));
  const hub = await startHub(cluster, 1);
  try {
    for (const { name, question, ask } of slowest) {
      await ask(hub, question);
      const from = statSync(cluster.logFile).size;
      await ask(hub, question);
      await new Promise((resolve) => setTimeout(resolve, 200));
      const file = join(root, 'bench/results', `plans-search-${name}-${services}.txt`);
      const plans = readFileSync(cluster.logFile).subarray(from).toString();
      writeFileSync(file, `${JSON.stringify(question.variables)}\n\n${plans}`);
      say(`${services} ${name}: the slowest was ${JSON.stringify(question.variables)}; its plans are in ${file}`);
    }
  } finally {
    await hub.stop();
    await cluster.owner.query(SETTINGS.map((name) => role(`reset auto_explain.${name}`)).join(';'));
  }
}

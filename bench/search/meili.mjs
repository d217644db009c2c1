// Meilisearch beside the hub: the same requests that the hub's engine sent, without the hub.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { hubEnvironment, root } from '../cluster.mjs';

/** Address and key from the environment, or undefined. */
export function meiliSettings() {
  const { MEILI_URL, MEILI_KEY } = process.env;
  return MEILI_URL ? { MEILI_URL, ...(MEILI_KEY && { MEILI_KEY }) } : undefined;
}

/** Builds its index from the directory. */
export function fillMeili(cluster, meili, say) {
  say('Building the index of Meilisearch …');
  const { status } = spawnSync(process.execPath, ['--max-old-space-size=4096', join(root, 'dist/search-rebuild.js')], {
    env: { ...process.env, ...hubEnvironment(cluster.url, cluster.dataDir), ...meili },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) throw new Error('The index could not be built');
}

/** Sends what the hub sent, one after another as it did, and returns the time in ms. */
export async function askDirectly(sent) {
  const began = performance.now();
  for (const { url, method, headers, body } of sent) {
    const answer = await fetch(url, { method, headers, body });
    await answer.text();
    if (!answer.ok) throw new Error(`Meilisearch answers ${answer.status}`);
  }
  return performance.now() - began;
}

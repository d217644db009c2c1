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

async function send({ url, ...init }) {
  const answer = await fetch(url, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Meilisearch answers ${answer.status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

/** Asks what the hub asked, each step of it as one multi-search, which is how one would; reads the answers and returns the time in ms. */
export async function askDirectly(sent) {
  const steps = sent.map((together) => {
    const queries = together.flatMap(({ body }) => JSON.parse(body).queries);
    return { ...together[0], body: JSON.stringify({ queries }) };
  });
  const began = performance.now();
  for (const step of steps) await send(step);
  return performance.now() - began;
}

const COUNTED = ['categories', 'languages', 'costs', 'terms', 'organizationId', 'flags'];

/**
 * Asks as one would who knows nothing of the hub: the words as they were typed, in one search, with the same filters, order and
 * counts, for a page of 20 and whether there are more. Returns the time in ms.
 */
export async function askPlainly(sent, { text = '' }) {
  const first = sent[0][0];
  const [{ indexUid, filter, sort }] = JSON.parse(first.body).queries;
  const body = { q: text, filter, sort, limit: 21, facets: COUNTED, attributesToRetrieve: ['id', 'serviceId'], showRankingScore: true }; // prettier-ignore
  const began = performance.now();
  await send({ ...first, url: first.url.replace(/multi-search$/, `indexes/${indexUid}/search`), body: JSON.stringify(body) }); // prettier-ignore
  return performance.now() - began;
}

// npm run bench:relevance -- [--only demo,baltimore,rules,asked] [--worst]
// How well the search finds: nDCG and recall of the first ten, what misspelling costs, how far synonyms find the same; for PostgreSQL, for
// Meilisearch when MEILI_URL names a server, and for MiniSearch over the same rows. Real directories need HUB_TEST_DATA. See test/relevance.
import 'reflect-metadata';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { build, hubEnvironment, root } from './cluster.mjs';
import { miniSearch } from '../test/relevance/bar.ts';
import { ASKED, judgedByRule, RULED } from '../test/relevance/by-rule.ts';
import { gradesOf, JUDGED, readJudged } from '../test/relevance/judged.ts';
import { measure, ndcg } from '../test/relevance/measure.ts';
import { misspell } from '../test/relevance/misspell.ts';

const { values: options } = parseArgs({
  options: { only: { type: 'string' }, worst: { type: 'boolean', default: false } },
});
const say = (line) => process.stdout.write(`${line}\n`);
const data = process.env.HUB_TEST_DATA;
build(say);
const dist = (path) => import(new URL(`../dist/${path}.js`, import.meta.url).href);
const { startEmbedded } = await dist('platform/database/embedded');
const { openDatabase } = await dist('platform/database/open');
const { asTask } = await dist('platform/database/operation');
const { readConfig } = await dist('platform/config');
const { createLog } = await dist('platform/log');
const { importPackage } = await dist('directory/hsds/index');
const { rebuildSearch, searchEngineFor } = await dist('directory/index');
const { fillReferenceData } = await dist('reference-data');
const { createApp } = await dist('app');
const { fillWhenEmpty } = await dist('demo/index');

const folder = mkdtempSync(join(tmpdir(), 'hub-relevance-'));
chmodSync(folder, 0o711); // The server may run as another user.
const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'shared_buffers=128MB'];
const server = await startEmbedded({ dataDir: folder, settings });
const at = (name) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
const maintenance = new Client({ connectionString: at('postgres') });
await maintenance.connect();
const stop = async () => {
  await maintenance.end();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().finally(() => process.exit(1)));

const percent = (share) => `${(100 * share).toFixed(1)} %`.padStart(7);
const wanted = (name) => !options.only || options.only.split(',').includes(name);
try {
  for (const name of JUDGED.filter(wanted)) await judge(name);
  const spots = JSON.parse(readFileSync(join(root, 'test/relevance/spot-checks.json'), 'utf8')).sets;
  if (data) for (const [set, queries] of Object.entries(spots)) if (wanted(set)) await spot(set, queries);
  if (data) for (const set of Object.keys(RULED)) if (wanted(`rules:${set}`) || wanted('rules')) await ruled(set);
  const newly = wanted('asked') ? Object.values(ASKED).flatMap(({ directories }) => directories) : [];
  for (const set of new Set(newly)) if (data || set === 'demo') await asked(set);
} finally {
  await stop();
}
process.exit(0);

/** A hub on a directory of its own. `use` gets the engines by name and the rows they search. */
async function withDirectory(name, set, use) {
  await maintenance.query(`create database ${name}`);
  const env = { ...process.env, ...hubEnvironment(at(name), folder), HUB_WORKER: 'no', LOG_LEVEL: 'silent' };
  const config = readConfig(env);
  const log = createLog('silent');
  if (set === null) {
    const app = await createApp(config, { shared: true });
    await fillWhenEmpty(app.platform, app.database.ownerUrl, { patients: 12, services: 320, seed: 1 });
    await app.close();
  }
  const database = await openDatabase(config, [], log, true);
  const db = asTask(database.orm, { statement_timeout: 600_000 });
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    if (set !== null) {
      await fillReferenceData(database.ownerUrl);
      await client.query('set role hub_task');
      await importPackage(client, join(data, set), { afterImport: async () => undefined });
      await client.query('reset role');
    }
    await rebuildSearch(db);
    await client.query('analyze');
    const { rows } = await client.query(
      `select distinct on (d.service_id) d.service_id as id, coalesce(s.source_key, '') as key, d.name, d.alternate_name as "alternateName",
         d.organization_name as "organizationName", d.keywords, d.summary, d.city,
         array(select t.name from hub.attribute a join hub.taxonomy_term t on t.id = a.taxonomy_term_id where a.link_id = d.service_id) as terms
       from hub.search_document d join hub.service s on s.id = d.service_id order by d.service_id, d.id`,
    );
    const asking = (engine) => (text, limit) =>
      db.write(async (em) => {
        const question = { text, filter: {}, now: new Date('2026-11-22T15:00:00Z'), limit, facets: false };
        return (await engine.query(em, question)).hits.map((hit) => hit.serviceId);
      });
    const engines = { PostgreSQL: asking(searchEngineFor({ config: { ...config, meili: undefined }, log })) };
    if (config.meili) {
      const engine = searchEngineFor({ config, log });
      await engine.replica.rebuild((work) => db.write(work));
      engines.Meilisearch = asking(engine);
    }
    await use({ ...engines, MiniSearch: miniSearch(rows) }, rows);
  } finally {
    await client.end();
    await database.close();
  }
}

async function judge(name) {
  const judged = readJudged(name);
  if (judged.set !== null && !data) return say(`\n${name}: skipped, HUB_TEST_DATA is not set`);
  await withDirectory(`judged_${name}`, judged.set, async (engines, rows) => {
    const ids = new Map();
    for (const row of rows) {
      const key = judged.set === null ? row.name : row.key;
      ids.set(key, [...(ids.get(key) ?? []), row.id]);
    }
    await print(name, judged, engines, rows, (topic) => gradesOf(judged, topic, ids));
  });
}

/** A directory that nobody judged by reading: rules tell what answers. */
async function ruled(set) {
  await withDirectory(`ruled_${set.replace(/\W+/g, '_')}`, set, async (engines, rows) => {
    const judged = judgedByRule(set, rows);
    const ids = new Map(rows.map(({ id }) => [id, [id]]));
    await print(`${set} by rule`, judged, engines, rows, (topic) => gradesOf(judged, topic, ids));
  });
}

/** What was asked in bunches of new questions. */
async function asked(set) {
  await withDirectory(`asked_${set.replace(/\W+/g, '_')}`, set === 'demo' ? null : set, async (engines, rows) => {
    const ids = new Map(rows.map(({ id }) => [id, [id]]));
    for (const [bunch, rules] of Object.entries(ASKED)) {
      if (!rules.directories.includes(set)) continue;
      const judged = judgedByRule(set, rows, rules);
      await print(`${set}, questions ${bunch}`, judged, engines, rows, (topic) => gradesOf(judged, topic, ids));
    }
  });
}

async function print(name, judged, engines, rows, grades) {
  const tools = { grades, misspell, variants: 2 };
  say(
    `\n${name}: ${rows.length} services, ${judged.queries.length} queries\n${''.padEnd(22)}nDCG@10  recall@10  1 slip   2 slips  people's  synonyms`,
  );
  for (const [engine, ask] of Object.entries(engines)) {
    const parts = judged.queries.some(({ held }) => held)
      ? [
          ['', undefined],
          [', held out', ({ held }) => held],
        ]
      : [['', undefined]];
    for (const [part, chosen] of parts) {
      const f = await measure(judged, ask, { ...tools, chosen });
      say(
        `${`${engine}${part}`.padEnd(22)}${f.ndcg.toFixed(3)}    ${f.recall.toFixed(3)}     -${percent(f.lossWithOne)} -${percent(f.lossWithTwo)} ${f.misspelled.toFixed(3)}     ${f.overlap.toFixed(2)}`,
      );
      if (part === '') {
        say(
          `${''.padEnd(22)}${Object.entries(f.byKind)
            .map(([kind, score]) => `${kind} ${score.toFixed(2)}`)
            .join(', ')}`,
        );
      }
      for (const { text, ndcg: score } of options.worst && part === '' ? f.worst : []) {
        say(`${''.padEnd(24)}${score.toFixed(2)} ${text}`);
      }
    }
  }
}

async function spot(set, queries) {
  await withDirectory(`spot_${set.replace(/\W+/g, '_')}`, set, async (engines, rows) => {
    const figures = [];
    for (const [engine, ask] of Object.entries(engines)) {
      const scores = [];
      for (const { text, name } of queries) {
        const grades = new Map(rows.filter((row) => new RegExp(name, 'i').test(row.name)).map((row) => [row.id, 3]));
        if (grades.size > 0) scores.push(ndcg(await ask(text, 10), grades));
      }
      figures.push(`${engine} ${(scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(3)}`);
    }
    say(
      `\nspot checks of ${set} (${rows.length} services, ${queries.length} queries), nDCG@10 by name: ${figures.join(', ')}`,
    );
  });
}

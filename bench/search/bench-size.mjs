// Measures all searches at one size, the engines taking turns in each round.
import { clear, openCareManager } from '../cast.mjs';
import { drive, quantile } from '../load.mjs';
import { clusterCpuMs, cpuMs } from '../processes.mjs';
import { countStatements } from '../statements.mjs';
import { explain } from './explain.mjs';
import { askDirectly, askPlainly, fillMeili, meiliSettings } from './meili.mjs';
import { questionsFor } from './questions.mjs';
import { startHub } from './start-hub.mjs';
import { checkSearch, checkSuggestions, sameAnswer } from './truth.mjs';

/** Asks one question; throws unless it was answered. */
async function ask({ client }, { query, variables, token }) {
  const { status, body } = await client.send({ method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }), token }); // prettier-ignore
  const { data, errors } = JSON.parse(body);
  if (status !== 200 || errors) throw new Error(`${status} ${JSON.stringify(errors)} for ${JSON.stringify(variables)}`);
  return data;
}

export async function benchSize({ cluster, services, options, say }) {
  const { owner } = cluster;
  const token = await openCareManager(owner);
  const hubs = [];
  const stop = async () => {
    for (const { hub } of hubs) await hub.stop();
    await clear(owner);
  };
  try {
    const connections = Number(options.connections);
    hubs.push({ hub: await startHub(cluster, connections) });
    const meili = meiliSettings();
    if (meili) {
      fillMeili(cluster, meili, say);
      hubs.push({ hub: await startHub(cluster, connections, meili), meili: true });
    }
    const all = await questionsFor(owner, Number(options.questions), token);
    const names = Object.keys(all).filter((name) => !options.only || options.only.split(',').includes(name));
    const runs = [];
    for (const name of names) {
      for (const one of hubs) runs.push(await prepare({ cluster, name, scenario: all[name], services, ...one }, say));
    }
    await owner.query('checkpoint');
    for (let round = 0; round < Number(options.rounds); round += 1) {
      for (let n = 0; n < runs.length; n += 1) await measure(cluster, runs[(n + round) % runs.length], connections);
      say(`${services} services, round ${round + 1} done`);
    }
    if (options.explain) await explain(cluster, runs.filter((run) => !run.meili).map(slowestOf), services, say);
    return runs.map(figures);
  } finally {
    await stop();
  }
}

const COUNTED = 8;

/** Asks everything once: caches are warm, answers are right, statements and rows are counted. */
async function prepare(run, say) {
  const { cluster, hub, scenario, name, services } = run;
  const { questions } = scenario;
  const answers = [];
  for (const question of questions) answers.push(await ask(hub, question));
  // Counting without an index takes seconds: some of the totals stand for all.
  const counted = Math.ceil(questions.length / COUNTED);
  for (const [n, answer] of answers.entries()) {
    const { owner } = cluster;
    if (answer.suggestServices) await checkSuggestions(owner, questions[n], answer.suggestServices);
    else await checkSearch(owner, questions[n], answer.searchServices, n % counted === 0);
  }
  await hub.watched();
  const count = await countStatements(cluster.owner, async () => {
    for (const question of questions) await ask(hub, question);
  });
  const { engine } = await hub.watched();
  const sent = [];
  if (run.meili) {
    for (const question of questions) {
      await ask(hub, question);
      sent.push((await hub.watched()).sent);
    }
  }
  const rows = answers.map((answer) => (answer.searchServices?.edges ?? answer.suggestServices).length);
  say(`${services} services, ${scenario.title}, ${engine}: ${questions.length} answers are right`);
  return {
    ...run, name, engine, answers,
    sent,
    statements: count.statements / questions.length,
    rows: rows.reduce((sum, one) => sum + one, 0) / rows.length,
    times: [], engineTimes: [], beside: questions.map(() => ({ engine: [], direct: [], plain: [] })), hubCpu: 0, databaseCpu: 0, slow: new Map(),
  }; // prettier-ignore
}

async function measure({ postmaster }, run, connections) {
  const { hub, scenario, answers } = run;
  const { questions } = scenario;
  const before = [cpuMs(hub.pid), clusterCpuMs(postmaster)];
  await hub.watched();
  const times = await drive(connections, { calls: questions.length }, async (n) => {
    const began = performance.now();
    const answer = await ask(hub, questions[n]);
    run.slow.set(n, Math.min(run.slow.get(n) ?? Infinity, performance.now() - began));
    if (sameAnswer(answer, answers[n])) return;
    throw new Error(`Another answer for ${JSON.stringify(questions[n].variables)}`);
  });
  run.hubCpu += cpuMs(hub.pid) - before[0];
  run.databaseCpu += clusterCpuMs(postmaster) - before[1];
  run.times.push(...times);
  const { calls } = await hub.watched();
  run.engineTimes.push(...calls);
  if (run.sent.some((requests) => requests.length > 0)) await besideMeili(run);
}

/**
 * The engine, its own requests alone and a plain search, question by question and in turns: what else the machine does meets both alike. Times
 * are compared as medians of each question.
 */
async function besideMeili({ hub, scenario, sent, beside }) {
  for (const [n, question] of scenario.questions.entries()) {
    if (sent[n].length === 0) throw new Error(`Meilisearch was not asked: ${JSON.stringify(question.variables)}`);
    const byHub = async () => {
      await hub.watched();
      await ask(hub, question);
      const { calls } = await hub.watched();
      beside[n].engine.push(calls.reduce((sum, one) => sum + one, 0));
    };
    const alone = async () => beside[n].direct.push(await askDirectly(sent[n]));
    const plainly = async () => beside[n].plain.push(await askPlainly(sent[n], question.variables.input));
    const turns = [byHub, alone, plainly];
    const first = beside[n].engine.length % turns.length;
    for (const turn of [...turns.slice(first), ...turns.slice(0, first)]) await turn();
  }
}

/** How many times what Meilisearch takes `alone` the engine takes: of each question, then of all. */
function ratioOf(beside, alone) {
  const of = beside.map((times) => quantile(times.engine, 0.5) / quantile(times[alone], 0.5));
  return quantile(of, 0.5);
}

function slowestOf({ name, scenario, slow }) {
  const [n] = [...slow].toSorted((a, b) => b[1] - a[1])[0];
  return { name, question: scenario.questions[n], ask };
}

function figures({
  name,
  services,
  scenario,
  engine,
  statements,
  rows,
  times,
  engineTimes,
  beside,
  hubCpu,
  databaseCpu,
}) {
  return {
    name, services, engine, statements, rows,
    title: scenario.title,
    aim: scenario.aim,
    requests: times.length,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    engineP50: quantile(engineTimes, 0.5),
    engineP95: quantile(engineTimes, 0.95),
    hubCpu: hubCpu / times.length,
    databaseCpu: databaseCpu / times.length,
    ...(beside[0]?.direct.length > 0 && { ratio: ratioOf(beside, 'direct'), plain: ratioOf(beside, 'plain') }),
  }; // prettier-ignore
}

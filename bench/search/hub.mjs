// The hub as it is, with a watch on its search engine: how long each call of it takes, and what it asks Meilisearch.
import '../../node_modules/reflect-metadata/Reflect.js';
import { createApp } from '../../dist/app.js';
import { readConfig } from '../../dist/platform/config.js';

let calls = [];
let sent = [];
let open = 0;
const meili = process.env['MEILI_URL'];
const ask = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const url = String(input instanceof Request ? input.url : input);
  if (!meili || !url.startsWith(meili)) return ask(input, init);
  // What is under way together is one step.
  if (open === 0) sent.push([]);
  open += 1;
  sent.at(-1)?.push({ url, method: init?.method ?? 'GET', headers: Object.fromEntries(new Headers(init?.headers)), body: init?.body }); // prettier-ignore
  return ask(input, init).finally(() => (open -= 1));
};

const app = await createApp(readConfig(process.env));
const engine = app.platform.search;
/** Calls of the engine while a watch is on, with their time in ms. */
const watched = (name) =>
  async function watch(...args) {
    const began = performance.now();
    try {
      return await engine[name](...args);
    } finally {
      calls.push(performance.now() - began);
    }
  };
app.platform.search = new Proxy(engine, {
  get: (target, name) => (name === 'query' || name === 'suggest' ? watched(name) : Reflect.get(target, name)),
});
process.on('message', () => {
  process.send({ calls, sent, engine: engine.name });
  calls = [];
  sent = [];
});
process.stdout.write(`listening on ${await app.listen()}\n`);
process.on('SIGTERM', () => app.close().finally(() => process.exit(0)));

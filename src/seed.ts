import { parseArgs } from 'node:util';
import { createApp } from './app.js';
import { DEMO_SIZE, fillWhenEmpty } from './demo/index.js';
import { readConfig } from './platform/config.js';
import { StartError } from './platform/start-error.js';
import { runProcess } from './process.js';

function whole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new StartError(`--${name} takes a whole number, such as --${name} 100000.`);
}

/**
 * `npm run seed -- --patients 100000 --services 100000 --seed 1`: fills an empty hub with a fictional network. Stopped
 * while rows are written it leaves nothing; stopped later, the same command makes what is missing.
 */
await runProcess(async (say) => {
  const { values } = parseArgs({
    options: { patients: { type: 'string' }, services: { type: 'string' }, seed: { type: 'string' } },
  });
  const size = {
    patients: whole('patients', values.patients, DEMO_SIZE.patients),
    services: Math.max(40, whole('services', values.services, DEMO_SIZE.services)),
    seed: whole('seed', values.seed, DEMO_SIZE.seed),
  };
  const app = await createApp(readConfig(process.env), { shared: true });
  try {
    let [started, written, derived] = [performance.now(), 0, false];
    const seconds = (): number => (performance.now() - started) / 1000;
    const pace = (): string => `${Math.round(written / seconds()).toLocaleString('en')} a second`;
    const progress = (rows: number): void => {
      written = rows;
      say(`${rows.toLocaleString('en')} rows, ${pace()}`);
    };
    const parts = {
      rows: 'rows written, indexes made and references checked',
      search: 'search documents made',
      figures: 'figures of the plans made',
    };
    const done = (part: keyof typeof parts): void => {
      say(`${parts[part]} in ${seconds().toFixed(1)} s${part === 'rows' ? `: ${pace()}` : ''}`);
      derived ||= part === 'figures';
      started = performance.now();
    };
    const rows = await fillWhenEmpty(app.platform, app.database.ownerUrl, { ...size, progress, done });
    if (rows === null && !derived) throw new StartError('This database has data already: seed an empty one.');
    say(rows === null ? 'A seed that was stopped is finished' : `${rows.toLocaleString('en')} rows in all`);
  } finally {
    await app.close();
  }
  process.exit(0);
});

import 'reflect-metadata';
import { rebuildSearch } from './directory/index.js';
import { createLog } from './platform/log.js';
import { openDatabase } from './platform/database/open.js';
import { asTask } from './platform/database/operation.js';
import { readConfig } from './platform/config.js';
import { runProcess } from './process.js';

/** A page of 5,000 services takes seconds; this is the limit of one statement. */
const STATEMENT_MS = 600_000;

/** `npm run search:rebuild`: builds the search anew from the directory, beside a hub that runs or alone. */
await runProcess(async (say) => {
  const config = readConfig(process.env);
  const database = await openDatabase(config, [], createLog(config.logLevel), true);
  try {
    const started = performance.now();
    const services = await rebuildSearch(asTask(database.orm, { statement_timeout: STATEMENT_MS }));
    say(`${services.toLocaleString('en')} services read in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  } finally {
    await database.close();
  }
  process.exit(0);
});

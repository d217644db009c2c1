import 'reflect-metadata';
import { rebuildSearch, searchEngineFor } from './directory/index.js';
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
  const log = createLog(config.logLevel);
  const database = await openDatabase(config, [], log, true);
  try {
    const started = performance.now();
    const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1);
    const db = asTask(database.orm, { statement_timeout: STATEMENT_MS });
    const services = await rebuildSearch(db);
    say(`${services.toLocaleString('en')} services read in ${seconds()} s`);
    const { replica } = searchEngineFor({ config, log });
    await replica?.rebuild((work) => db.write(work));
    if (replica) say(`${replica.name} built anew and put in its place after ${seconds()} s`);
  } finally {
    await database.close();
  }
  process.exit(0);
});

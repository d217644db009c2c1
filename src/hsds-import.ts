import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { importPackage, printReport, readMapping, UnreadablePackage } from './directory/hsds/index.js';
import { readConfig } from './platform/config.js';
import { openDatabase } from './platform/database/open.js';
import { createLog } from './platform/log.js';
import { StartError } from './platform/start-error.js';
import { fillReferenceData } from './reference-data.js';

const usage = `npm run hsds:import -- PATH [--source NAME] [--mapping FILE] [--dry-run] [--report FILE] [--restore]

  PATH       folder, zip, .csv, .json or .ndjson: HSDS 3.x or 1.x, Ohana, or plain tables with a column mapping
  --source   what the source is called; rows are found again by it (default: the package's own name)
  --mapping  a column mapping (JSON) for tables in a shape of their own
  --dry-run  says what would change and changes nothing
  --restore  takes over what a full backup (hsds:export --all) says beside HSDS, such as what must stay secret
  --report   where all problems are written as CSV (default: imports/ in the data folder)
`;

/** Imports one package and prints the report. Ends with code 1 when the package could not be imported. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      mapping: { type: 'string' },
      report: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      restore: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  if (!path || values.help) {
    process.stdout.write(usage);
    return values.help ? 0 : 1;
  }
  const mapping = values.mapping ? readMapping(JSON.parse(await readFile(values.mapping, 'utf8'))) : undefined;
  const config = readConfig(process.env);
  const database = await openDatabase(config, [], createLog(config.logLevel), true);
  const client = new Client({ connectionString: database.loginUrl, application_name: 'hub import' });
  try {
    await fillReferenceData(database.ownerUrl);
    await client.connect();
    await client.query('set role hub_task');
    const stamp = new Date().toISOString().replace(/[:.]/g, '-');
    const reportPath = values.report ?? join(config.dataDir, 'imports', `${stamp}.csv`);
    const report = await importPackage(client, path, {
      ...(values.source && { source: values.source }),
      ...(mapping && { mapping }),
      dryRun: values['dry-run'],
      restore: values.restore,
      reportPath,
    });
    process.stdout.write(printReport(report, reportPath));
    return 0;
  } finally {
    await client.end();
    await database.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  const known = error instanceof UnreadablePackage || error instanceof StartError;
  const text = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The import failed. ${text}\n`);
  return 1;
});

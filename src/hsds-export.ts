import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { type ExportForm, exportForms, exportPackage, PathTaken } from './directory/hsds/index.js';
import { readConfig } from './platform/config.js';
import { openDatabase } from './platform/database/open.js';
import { createLog } from './platform/log.js';
import { StartError } from './platform/start-error.js';

const usage = `npm run hsds:export -- PATH [--format tabular|json|ndjson] [--zip] [--all]

  PATH      folder (or zip) that is to be written; it must not be there yet
  --format  tabular: an HSDS 3.1.3 data package of CSV files (default); json or ndjson: HSDS 3.1.3 JSON
  --zip     one zip in place of a folder
  --all     a full backup for operators: confidential places, closed listings and the hub's own columns too.
            Keep it where patient records are kept. hsds:import --restore takes it back.
`;

/** Writes the directory to a file or folder. Ends with code 1 when it could not be written. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'tabular' },
      zip: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [path] = positionals;
  const form = exportForms.find((known): known is ExportForm => known === values.format);
  if (!path || !form || values.help) {
    process.stdout.write(usage);
    return values.help ? 0 : 1;
  }
  const config = readConfig(process.env);
  const database = await openDatabase(config, [], createLog(config.logLevel), true);
  const client = new Client({ connectionString: database.loginUrl, application_name: 'hub export' });
  try {
    await client.connect();
    await client.query('set role hub_task');
    const zip = values.zip || path.endsWith('.zip');
    const counts = await exportPackage(client, resolve(path), { form, zip, extent: values.all ? 'all' : 'public' });
    const lines = Object.entries(counts).map(
      ([entity, count]) => `${entity.padEnd(24)}${count.toLocaleString('en-US').padStart(11)}`,
    );
    process.stdout.write(`${lines.join('\n')}\n\nWritten to ${resolve(path)}\n`);
    if (values.all) process.stdout.write('It holds confidential places: keep it as you keep patient records.\n');
    return 0;
  } finally {
    await client.end();
    await database.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  const known = error instanceof PathTaken || error instanceof StartError;
  const text = known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The export failed. ${text}\n`);
  return 1;
});

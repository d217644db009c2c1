import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { appointAdministrator, OrganizationKind } from './identity/index.js';
import { readConfig } from './platform/config.js';
import { openDatabase } from './platform/database/open.js';
import { createLog } from './platform/log.js';
import { StartError } from './platform/start-error.js';

const kinds = Object.values(OrganizationKind);
const usage = `npm run administrator -- --email ADDRESS --name "NAME" --organization "NAME" [--kind KIND]

  Makes somebody the administrator of an organization: the first person of a hub, and of each organization that joins.
  They choose a password by the link that is printed, within an hour, and invite everybody else.

  --kind  ${kinds.join(', ')}: what the organization is; STEWARD (who runs the hub) unless you say so
`;

/** Ends with code 1 when nothing was done. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      organization: { type: 'string', default: '' },
      kind: { type: 'string', default: 'STEWARD' },
      help: { type: 'boolean', default: false },
    },
  });
  const kind = kinds.find((known) => known === values.kind.toUpperCase());
  if (values.help || !kind || !values.email) {
    process.stdout.write(usage);
    return values.help ? 0 : 1;
  }
  const config = readConfig(process.env);
  const database = await openDatabase(config, [], createLog(config.logLevel), true);
  const owner = new Client({ connectionString: database.ownerUrl, application_name: 'hub administrator' });
  try {
    await owner.connect();
    const { email, name, organization } = values;
    const { roles, founded, link } = await appointAdministrator(
      owner,
      config,
      { email, name, organization, kind },
      new Date(),
    );
    process.stdout.write(
      `${founded ? 'New' : 'Known'} organization: ${organization}\n${name} is ${roles.join(', ')} there.\n` +
        (link ? `Choose a password within an hour: ${link}\n` : 'The account has a password: sign in with it.\n'),
    );
    return 0;
  } finally {
    await owner.end();
    await database.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  const text = error instanceof StartError ? error.message : 'Unexpected: LOG_LEVEL=debug says more.';
  process.stderr.write(`Nothing was done. ${text}\n`);
  return 1;
});

import { tmpdir } from 'node:os';
import { Client } from 'pg';
import { createApp, type App, type Overrides } from '../src/app.js';
import { readConfig } from '../src/platform/config.js';
import { cloneDatabase } from './database.js';
import { FakeClock } from './fake-clock.js';
import { Mailbox } from './mailbox.js';
import { testSecret } from './secret.js';

export interface TestHubOptions {
  /** Where the hub's clock stands at first. */
  now?: Date | string;
  /** Settings beside those of a test, as environment variables. */
  env?: Record<string, string>;
  features?: Overrides['features'];
  /** Puts something between the hub and its database: takes the database's address, returns the one to use. */
  between?: (url: string) => Promise<string>;
  /** Sends letters by the settings, not into memory. */
  realMail?: boolean;
  log?: Overrides['log'];
}

export type TestHub = Awaited<ReturnType<typeof testHub>>;

/** A whole hub on a database of its own, with a clock that is moved by hand and mail that stays in memory. */
export async function testHub(options: TestHubOptions = {}) {
  const clone = await cloneDatabase();
  const clock = new FakeClock(options.now);
  const mail = new Mailbox();
  const config = readConfig({
    NODE_ENV: 'test',
    DATABASE_URL: (await options.between?.(clone.url)) ?? clone.url,
    HUB_SECRET: testSecret,
    HUB_DATA_DIR: tmpdir(),
    HUB_DEMO: 'no',
    PORT: '0',
    POOL_SIZE: '4',
    ...options.env,
  });
  const owner = new Client({ connectionString: clone.url });
  owner.on('error', () => undefined);
  await owner.connect();
  const overrides: Overrides = options.realMail ? { clock } : { clock, mail };
  if (options.features) overrides.features = options.features;
  if (options.log) overrides.log = options.log;
  let app: App | undefined;
  const stop = async (): Promise<void> => {
    await app?.close();
    await owner.end();
    await clone.drop();
  };
  try {
    app = await createApp(config, overrides);
  } catch (error) {
    await stop();
    throw error;
  }
  const { jobs, listen } = app;
  let url: Promise<string> | undefined;
  return {
    app,
    /** Where it listens, such as http://127.0.0.1:40123; it begins to when first asked. */
    url: (): Promise<string> => (url ??= listen()),
    config,
    orm: app.orm,
    platform: app.platform,
    clock,
    mail,
    /** A connection as the owner of the schema: sees and may do everything. */
    owner,
    /** Rows as the owner sees them. */
    sql: async <Row extends object = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<Row[]> =>
      (await owner.query<Row>(text, params)).rows,
    /** Runs the jobs that are due by the hub's clock, and those they lead to. Throws the first failure. */
    runJobs: async (): Promise<void> => {
      const [first] = await jobs.runDue(clock.now());
      if (first) throw first;
    },
    stop,
  };
}

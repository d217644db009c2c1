import 'reflect-metadata';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { features as allFeatures, openOperation } from './features.js';
import { Load } from './platform/busy.js';
import { systemClock, type Clock } from './platform/clock.js';
import type { Config } from './platform/config.js';
import { openDatabase } from './platform/database/open.js';
import { asTask } from './platform/database/operation.js';
import { registerSubscriptions } from './platform/events.js';
import type { Feature } from './platform/feature.js';
import { Door } from './platform/http/door.js';
import { countJobs, jobWait } from './platform/jobs/dead.js';
import { folderFiles } from './platform/files/folder.js';
import { s3Files } from './platform/files/s3.js';
import { createJobs } from './platform/jobs/worker.js';
import { createLive } from './platform/live/live.js';
import { createLog, logLostRejections, type Logger } from './platform/log.js';
import type { Mail } from './platform/mail/mail.js';
import { once } from './platform/mail/once.js';
import { outboxMail } from './platform/mail/outbox.js';
import { smtpMail } from './platform/mail/smtp.js';
import { createMetrics } from './platform/metrics.js';
import type { Platform } from './platform/platform.js';
import { postgresSearch } from './platform/search/postgres/engine.js';
import { learnSentences } from './platform/sentences.js';
import { PLATFORM_SPANISH } from './platform/spanish.js';
import { cannotListen } from './platform/http/port.js';
import { outboxTexts } from './platform/text/outbox.js';
import type { Texts } from './platform/text/text.js';
import { webhookTexts } from './platform/text/webhook.js';
import { fillReferenceData } from './reference-data.js';
import { schemaOf, serve } from './serve.js';

/** What a test puts in place of the real thing. */
export interface Overrides {
  clock?: Clock;
  mail?: Mail;
  texts?: Texts;
  log?: Logger;
  features?: Feature[];
  /** Joins the embedded database of a hub that runs already: for a worker or a tool beside it. */
  shared?: boolean;
}

export type App = Awaited<ReturnType<typeof createApp>>;

/** Builds the hub from its settings, in order. Nothing listens and no job runs before it is told to. */
export async function createApp(config: Config, overrides: Overrides = {}) {
  const { clock = systemClock, log = createLog(config.logLevel), features = allFeatures } = overrides;
  const closers: (() => unknown)[] = [logLostRejections(log)];
  const close = async (): Promise<void> => {
    for (const end of closers.splice(0).toReversed()) await end();
  };
  try {
    const entities = features.flatMap((feature) => feature.entities ?? []);
    const database = await openDatabase(config, entities, log, overrides.shared);
    closers.push(database.close);
    await fillReferenceData(database.ownerUrl);
    const { orm, authPool, jobPool } = database;
    const mail =
      overrides.mail ?? (config.mail.smtpUrl ? smtpMail(config.mail.smtpUrl, config.mail.from) : outboxMail(jobPool));
    closers.push(() => mail.close());
    const texts =
      overrides.texts ?? (config.texts ? webhookTexts(config.texts.url, config.texts.token) : outboxTexts(jobPool));
    const live = await createLive(database.loginUrl, log);
    closers.push(() => live.close());
    const replicas = await database.replicas();
    if (replicas) {
      closers.push(() => replicas.close());
      // Whoever hears of a change reads it at once, so from where it was written.
      live.onEach((_, key) => replicas.changed(key));
    }
    const load = new Load(() => jobWait(jobPool), log);
    // Twice as many as connections: between its statements a request leaves its own to others.
    const door = new Door({ inside: 2 * config.poolSize });
    const platform: Platform = {
      replicas,
      config,
      orm,
      authPool,
      jobPool,
      clock,
      log,
      mail: once(jobPool, 'MAIL', mail),
      texts: once(jobPool, 'TEXT', texts),
      files: config.s3 ? s3Files(config.s3) : folderFiles(join(config.dataDir, 'files')),
      live,
      load,
      door,
      search: postgresSearch,
    };
    for (const feature of features) {
      const end = await feature.open?.(platform);
      if (end) closers.push(end);
    }
    learnSentences([PLATFORM_SPANISH, ...features.map(({ spanish }) => spanish ?? {})]);
    registerSubscriptions(features.flatMap((feature) => feature.subscriptions ?? []));
    const metrics = createMetrics({
      pools: { requests: await database.requestPool(), auth: authPool, jobs: jobPool, ...(await replicas?.pools()) },
      jobs: () => countJobs(jobPool),
      jobWait: () => jobWait(jobPool),
      live,
      load,
      door,
      search: () => searchState(platform),
      process: config.mode !== 'test',
    });
    const jobs = createJobs({
      workerUrl: database.workerUrl,
      tasks: features.flatMap((feature) => feature.tasks ?? []),
      crons: features.flatMap((feature) => feature.crons ?? []),
      platform,
      onRun: metrics.job,
    });
    closers.push(() => jobs.stop());
    let schema: GraphQLSchema | undefined;
    const app = {
      config,
      database,
      orm,
      platform,
      jobs,
      metrics,
      log,
      /** Where it listens; empty before. */
      url: '',
      /** The GraphQL schema, built when first asked for: a worker needs none. */
      schema: () => (schema ??= schemaOf(features)),
      /** Takes requests from now on. Returns the address. */
      async listen(): Promise<string> {
        const server = await serve({
          platform,
          features,
          schema: app.schema(),
          open: openOperation(platform),
          metrics,
        });
        closers.push(() => server.close());
        app.url = await server.listen(config.port, config.host).catch((error: unknown) => {
          throw cannotListen(error, config);
        });
        return app.url;
      },
      /** What the features have to say to the person who started the hub. */
      welcome: async (): Promise<string[]> =>
        (await Promise.all(features.map((feature) => feature.welcome?.(platform) ?? []))).flat(),
      /** Settles when there is nothing left to work with; says why. */
      lost: database.lost,
      /** Finishes requests, then jobs, then gives everything back. */
      close,
    };
    return app;
  } catch (error) {
    await close();
    throw error;
  }
}

/** How the second search engine does, if there is one. */
async function searchState({ search, orm }: Platform) {
  const { replica } = search;
  return replica && { ...replica.status(), waiting: await asTask(orm).write(replica.waiting) };
}

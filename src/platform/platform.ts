import type { MikroORM } from '@mikro-orm/postgresql';
import type { Pool } from 'pg';
import type { Clock } from './clock.js';
import type { Load } from './busy.js';
import type { Config } from './config.js';
import type { Door } from './http/door.js';
import type { Replicas } from './database/replicas.js';
import type { Live } from './live/live.js';
import type { Logger } from './log.js';
import type { Mail } from './mail/mail.js';
import type { Files } from './files/files.js';
import type { Texts } from './text/text.js';

/**
 * What outlives a request or a job. A root that brings a part of its own adds it:
 * `declare module '../platform/platform.js' { interface Platform { search: SearchEngine } }`.
 */
export interface Platform {
  config: Config;
  orm: MikroORM;
  /** Connections of role hub_auth: the tables of sign-in and nothing else. */
  authPool: Pool;
  /** Connections of role hub_worker: the queue and nothing else. */
  jobPool: Pool;
  clock: Clock;
  log: Logger;
  /** Ways out, which send what has an id once. */
  mail: Pick<Mail, 'send'>;
  texts: Texts;
  files: Files;
  live: Live;
  /** Whether the hub keeps up with what is asked of it. */
  load: Load;
  /** Where requests wait when there are many. */
  door: Door;
  /** Where read-only operations may read instead; undefined when there is only the one database. */
  replicas?: Replicas | undefined;
}

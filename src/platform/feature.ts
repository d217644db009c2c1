import type { FastifyInstance } from 'fastify';
import type { Entity } from './database/open.js';
import type { Subscription } from './events.js';
import type { Cron, Task } from './jobs/task.js';
import type { Platform } from './platform.js';
import type { Catalogue } from './sentences.js';

/** What one root brings to the hub. All of it is optional; the list stands in features.ts. */
export interface Feature {
  name: string;
  entities?: Entity[];
  /** Resolver classes of type-graphql. */
  // oxlint-disable-next-line typescript/ban-types, typescript/no-unsafe-function-type -- type-graphql's own type for them
  resolvers?: Function[];
  tasks?: Task<never>[];
  crons?: Cron[];
  subscriptions?: Subscription[];
  /** Adds parts to the platform once the database is open (a search engine, reference data). Returns how to end them. */
  open?(platform: Platform): Promise<void | (() => Promise<void>)>;
  /** Lines for the person who started the hub, such as the accounts of the demo. */
  welcome?(platform: Platform): string[] | Promise<string[]>;
  /** What it says to people, in Spanish by the English sentence. */
  spanish?: Catalogue;
  /** HTTP routes beside /graphql. */
  routes?(server: FastifyInstance, platform: Platform): void | Promise<void>;
}

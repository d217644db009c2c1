import type { EntityManager } from '@mikro-orm/postgresql';
import { directory } from '../../src/directory/index.js';
import { identity } from '../../src/identity/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { rebuildSearch } from '../../src/directory/search/rebuild.js';
import type { SearchEngine } from '../../src/platform/search/port.js';
import { testHub } from '../hub.js';
import { listing } from '../listings.js';

/** How a suite gets at an engine: each piece of work in a transaction of its own. */
export interface Bench {
  write<T>(work: (em: EntityManager) => Promise<T>): Promise<T>;
  /** Waits until what was written can be found; for an engine that learns of it later. */
  settle?(): Promise<void>;
  /** A service of the directory, which the engine does not know yet. */
  listed(name: string): Promise<string>;
  /** Builds everything anew from the directory. */
  rebuild(engine: SearchEngine): Promise<number>;
  /** Has PostgreSQL look at a table. */
  analyze(table: string): Promise<void>;
  close(): Promise<void>;
}

/** A bench on a hub with nothing in it. */
export async function openBench(): Promise<Bench> {
  const hub = await testHub({ features: [identity, directory] });
  return {
    write: (work) => asTask(hub.orm).write(work),
    listed: async (name) => (await listing(hub, { name, site: true })).id,
    rebuild: (engine) => rebuildSearch(asTask(hub.orm), engine),
    analyze: async (table) => void (await hub.sql(`analyze ${table}`)),
    close: hub.stop,
  };
}

import { asTask } from '../../platform/database/operation.js';
import type { Platform } from '../../platform/platform.js';
import type { SearchEngine } from '../../platform/search/port.js';
import { postgresSearch } from '../../platform/search/postgres/engine.js';
import { seededSynonyms } from './rebuild.js';

declare module '../../platform/platform.js' {
  interface Platform {
    search: SearchEngine;
  }
}

/** Gives the hub its search engine, with its settings as this release has them. */
export async function openSearch(platform: Platform): Promise<void> {
  platform.search = postgresSearch;
  await asTask(platform.orm).write((em) => platform.search.ensure(em, { synonyms: seededSynonyms() }));
}

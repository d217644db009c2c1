import { asTask } from '../../platform/database/operation.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import type { Platform } from '../../platform/platform.js';
import { searchWithFallback } from '../../platform/search/failover.js';
import { MeiliIndex } from '../../platform/search/meilisearch/meili-index.js';
import type { SearchEngine } from '../../platform/search/port.js';
import { weigh } from '../../platform/search/ranking.js';
import { postgresSearch } from '../../platform/search/postgres/engine.js';
import { seededSynonyms } from './rebuild.js';
import { renewLayout } from './renew-layout.js';
import { watchSearch } from './sync.js';

declare module '../../platform/platform.js' {
  interface Platform {
    search: SearchEngine;
  }
}

/** The engine that the settings ask for. */
export function searchEngineFor({ config, log }: Pick<Platform, 'config' | 'log'>): SearchEngine {
  return config.meili ? searchWithFallback(new MeiliIndex(config.meili), log) : postgresSearch;
}

/**
 * Gives the hub its search engine, with its settings as this release has them. Nothing waits for Meilisearch: what is to
 * be done there is a job.
 */
export async function openSearch(platform: Platform): Promise<void> {
  weigh(platform.config.searchWeights);
  platform.search = searchEngineFor(platform);
  await asTask(platform.orm).write(async (em) => {
    await platform.search.ensure(em, { synonyms: seededSynonyms() });
    await renewLayout(em);
    if (platform.search.replica) await enqueue(em, watchSearch, {}, { jobKey: watchSearch.name });
  });
}

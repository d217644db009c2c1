import type { EntityManager } from '@mikro-orm/postgresql';
import { enqueue } from '../jobs/enqueue.js';
import type { Logger } from '../log.js';
import { Breaker, type BreakerOptions } from './breaker.js';
import { build, prepare, reconcile } from './meilisearch/build.js';
import { meiliSearch } from './meilisearch/engine.js';
import { isUnreachable, MeiliSilent, type MeiliIndex } from './meilisearch/meili-index.js';
import { push, waiting } from './meilisearch/push.js';
import type { SearchAnswer, SearchEngine, SearchQuestion } from './port.js';
import { postgresSearch } from './postgres/engine.js';

/** The job that tells Meilisearch what changed. */
export const PUSH_TASK = 'search.push';
/** The job that builds its index anew. */
export const REBUILD_TASK = 'search.rebuild';

class Resting extends Error {
  override readonly name = 'Resting';
}

/**
 * Meilisearch with PostgreSQL behind it: when it is away, fails or takes too long, the same question is answered by
 * PostgreSQL, whose documents are always kept up. After some failures it is left alone for a while. What it must learn
 * waits in PostgreSQL meanwhile.
 */
export function searchWithFallback(index: MeiliIndex, log: Logger, options?: BreakerOptions): SearchEngine {
  const first = meiliSearch(index);
  const breaker = new Breaker(options);
  const answered = { meilisearch: 0, postgresql: 0 };
  const failed = (error: unknown): void => {
    const before = breaker.state;
    breaker.failed();
    // Not every one of a thousand failures: one word when it begins.
    if (before === 'closed') log.warn({ err: error, state: breaker.state }, 'Meilisearch does not answer');
  };

  const query = async (em: EntityManager, question: SearchQuestion): Promise<SearchAnswer> => {
    if (breaker.allows()) {
      try {
        const answer = await first.query(em, question);
        breaker.succeeded();
        answered.meilisearch += 1;
        return answer;
      } catch (error) {
        if (!(error instanceof MeiliSilent)) {
          breaker.abandoned();
          throw error;
        }
        failed(error);
      }
    }
    answered.postgresql += 1;
    return postgresSearch.query(em, question);
  };

  /** Runs background work with the server, unless it is resting. Work that is refused says nothing of searching. */
  const tried = async <T>(work: () => Promise<T>): Promise<T> => {
    if (breaker.state === 'open') throw new Resting('Meilisearch is left alone for a while');
    try {
      return await work();
    } catch (error) {
      if (isUnreachable(error)) failed(error);
      throw error;
    }
  };

  return {
    ...first,
    name: 'meilisearch',
    query,
    async upsert(em, documents) {
      await first.upsert(em, documents);
      if (documents.length > 0) await enqueue(em, PUSH_TASK, {}, { jobKey: PUSH_TASK });
    },
    async remove(em, serviceIds) {
      await first.remove(em, serviceIds);
      if (serviceIds.length > 0) await enqueue(em, PUSH_TASK, {}, { jobKey: PUSH_TASK });
    },
    count: postgresSearch.count,
    async swap(write, source) {
      const services = await postgresSearch.swap(write, source);
      // Not here: a caller may be in a transaction, and none is open while Meilisearch works.
      await write((em) => enqueue(em, REBUILD_TASK, {}, { jobKey: REBUILD_TASK }));
      return services;
    },
    replica: {
      name: 'meilisearch',
      status: () => ({ up: breaker.state === 'closed', answered: { ...answered } }),
      waiting,
      push: (write) => tried(() => push(index, write, log)),
      rebuild: (write) => tried(() => build(index, write)),
      prepare: (write) => tried(() => prepare(index, write)),
      reconcile: (write, waitMs) => tried(() => reconcile(index, write, waitMs)),
    },
  };
}

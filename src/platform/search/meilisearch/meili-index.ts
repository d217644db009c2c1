import {
  Meilisearch,
  MeilisearchApiError,
  MeilisearchRequestError,
  MeilisearchRequestTimeOutError,
  type EnqueuedTaskPromise,
  type MultiSearchParams,
  type Settings,
} from 'meilisearch';
import type { MeiliDocument } from './document.js';
import { differing, MOST_SERVICES } from './settings.js';

export interface MeiliAddress {
  url: string;
  key?: string | undefined;
  /** The index searched; others beside it, with this name in front, are being built. */
  uid?: string;
  /** A search that takes longer has failed. */
  searchMs?: number;
}

/** One question for the index. */
export interface MeiliQuery {
  q: string;
  filter: string[];
  sort: string[];
}

/** A service met, by its document that meets the question best. */
export interface Met {
  id: string;
  serviceId: string;
  /** 0 to 1. */
  score: number;
}

const SEARCH_MS = 1000;
const REQUEST_MS = 30_000;
/** Until a batch is indexed. A settings change on a large index takes minutes and is waited for longer. */
const TASK_MS = 120_000;
const SETTINGS_MS = 3_600_000;
/** How often a task is asked after; long ones are many at a time. */
const LOOK_MS = 25;
const LONG_LOOK_MS = 500;
const FETCHED = 10_000;
/** Requests of one search at once: most have two questions. */
const ABREAST = 4;

type Row = Record<string, unknown> & Partial<MeiliDocument>;

/** A task that Meilisearch did not finish; the message holds its code and no document. */
export class MeiliTaskError extends Error {
  override readonly name = 'MeiliTaskError';
}

/** A question that Meilisearch did not answer: it is away, too slow, has no index or refuses. */
export class MeiliSilent extends Error {
  override readonly name = 'MeiliSilent';
}

/** Whether a request did not reach the server or its answer did not come in time. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof MeilisearchRequestError || error instanceof MeilisearchRequestTimeOutError;

export const isMissing = (error: unknown): boolean =>
  error instanceof MeilisearchApiError && error.cause?.code === 'index_not_found';

/** One index of a Meilisearch server: what the hub does with it, and nothing more. */
export class MeiliIndex {
  readonly uid: string;
  readonly #client: Meilisearch;
  readonly #searchMs: number;

  constructor({ url, key, uid = 'hub_services', searchMs = SEARCH_MS }: MeiliAddress) {
    this.uid = uid;
    this.#searchMs = searchMs;
    this.#client = new Meilisearch({ host: url, timeout: REQUEST_MS, ...(key !== undefined && { apiKey: key }) });
  }

  #index(uid = this.uid) {
    return this.#client.index<Row>(uid);
  }

  /** Waits for a task and throws unless it succeeded. */
  async #done(task: EnqueuedTaskPromise, timeout = TASK_MS): Promise<void> {
    const interval = timeout > TASK_MS ? LONG_LOOK_MS : LOOK_MS;
    const { status, error, type } = await task.waitTask({ timeout, interval });
    if (status !== 'succeeded') throw new MeiliTaskError(`${type} ${status}: ${error?.code ?? 'no reason given'}`);
  }

  /**
   * The services that meet each question, best first. Meilisearch answers the questions of a request one after another, each on
   * one core: they go as several requests at once.
   */
  async search(queries: readonly MeiliQuery[], limit = MOST_SERVICES): Promise<Met[][]> {
    const lanes = Math.min(queries.length, ABREAST);
    const answers = await Promise.all(
      Array.from({ length: lanes }, (_, lane) =>
        this.#searchTogether(
          queries.filter((_, n) => n % lanes === lane),
          limit,
        ),
      ),
    );
    return queries.map((_, n) => answers[n % lanes]?.[Math.floor(n / lanes)] ?? []);
  }

  async #searchTogether(queries: readonly MeiliQuery[], limit: number): Promise<Met[][]> {
    const asked: MultiSearchParams = {
      queries: queries.map((query) => ({
        indexUid: this.uid,
        ...query,
        limit,
        matchingStrategy: 'all',
        attributesToRetrieve: ['id', 'serviceId'],
        showRankingScore: true,
      })),
    };
    const { results } = await this.#client
      .multiSearch<MultiSearchParams, Row>(asked, { signal: AbortSignal.timeout(this.#searchMs) })
      .catch((error: unknown) => {
        throw new MeiliSilent('Meilisearch does not answer', { cause: error });
      });
    return results.map(({ hits }) =>
      hits.map(({ id = '', serviceId = '', _rankingScore = 0 }) => ({ id, serviceId, score: _rankingScore })),
    );
  }

  /** Makes the index if there is none, and brings its settings to what is wanted. Returns what was changed. */
  async ensure(settings: Settings, uid = this.uid): Promise<string[]> {
    const index = this.#index(uid);
    const current = await index.getSettings().catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await this.#done(this.#client.createIndex(uid, { primaryKey: 'id' }));
      return index.getSettings();
    });
    const changes = differing(current, settings);
    if (Object.keys(changes).length > 0) await this.#done(index.updateSettings(changes), SETTINGS_MS);
    return Object.keys(changes);
  }

  /** Documents there are; null when there is no index. */
  async count(uid = this.uid): Promise<number | null> {
    try {
      return (await this.#index(uid).getStats()).numberOfDocuments;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** Adds documents or puts them in the place of their elders. */
  async add(documents: readonly MeiliDocument[], uid = this.uid, timeout = TASK_MS): Promise<void> {
    if (documents.length > 0) await this.#done(this.#index(uid).addDocuments(documents as unknown as Row[]), timeout);
  }

  async delete(ids: readonly string[], uid = this.uid): Promise<void> {
    if (ids.length > 0) await this.#done(this.#index(uid).deleteDocuments([...ids]));
  }

  /** Puts these documents in the place of all that there is of some services. */
  async replace(serviceIds: readonly string[], documents: readonly MeiliDocument[]): Promise<void> {
    if (serviceIds.length === 0) return;
    const known = await this.#index().getDocuments({
      filter: `serviceId IN [${serviceIds.map((id) => `"${id}"`).join(', ')}]`,
      fields: ['id', 'digest'] as never,
      limit: FETCHED,
    });
    const digests = new Map(known.results.map(({ id, digest }) => [id, digest]));
    const now = new Set(documents.map(({ id }) => id));
    await this.add(documents.filter(({ id, digest }) => digests.get(id) !== digest));
    await this.delete([...digests.keys()].filter((id): id is string => id !== undefined && !now.has(id)));
  }

  /** Of these documents, what the index has: digests by id. */
  async digests(ids: readonly string[], uid = this.uid): Promise<Map<string, string>> {
    // The client would put the ids into the address, which has no room for thousands.
    const { results } = await this.#client.httpRequest.post<{ results: Row[] }>({
      path: `indexes/${uid}/documents/fetch`,
      body: { ids, fields: ['id', 'digest'], limit: ids.length },
    });
    return new Map(results.map(({ id = '', digest = '' }) => [id, digest]));
  }

  /** The ids of all documents, in pages. */
  async *ids(uid = this.uid): AsyncGenerator<string[]> {
    for (let offset = 0; ; offset += FETCHED) {
      const { results } = await this.#index(uid).getDocuments({ fields: ['id'] as never, offset, limit: FETCHED });
      if (results.length > 0) yield results.map(({ id = '' }) => id);
      if (results.length < FETCHED) return;
    }
  }

  /** Puts an index that was built beside in the place of the one searched, at once, and drops the old one. */
  async swapIn(uid: string): Promise<void> {
    const first = (await this.count()) === null;
    await this.#done(this.#client.swapIndexes([{ indexes: [uid, this.uid], rename: first }]));
    if (!first) await this.drop(uid);
  }

  async drop(uid = this.uid): Promise<void> {
    const gone = (error: unknown): boolean =>
      isMissing(error) || (error instanceof MeiliTaskError && error.message.includes('index_not_found'));
    await this.#done(this.#client.deleteIndex(uid)).catch((error: unknown) => {
      if (gone(error)) return;
      throw error;
    });
  }

  /** Indexes that a rebuild left behind: those beside this one that are older than some hours. */
  async leftovers(olderThan: Date): Promise<string[]> {
    const { results } = await this.#client.getRawIndexes({ limit: 1000 });
    return results
      .filter(({ uid, createdAt }) => uid.startsWith(`${this.uid}_next_`) && new Date(createdAt) < olderThan)
      .map(({ uid }) => uid);
  }
}

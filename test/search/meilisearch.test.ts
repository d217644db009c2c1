import { describe, it } from 'vitest';
import { pino } from 'pino';
import { prepare } from '../../src/platform/search/meilisearch/build.js';
import { meiliSearch } from '../../src/platform/search/meilisearch/engine.js';
import { MeiliIndex } from '../../src/platform/search/meilisearch/meili-index.js';
import { push } from '../../src/platform/search/meilisearch/push.js';
import { searchContract } from './contract.js';
import { filterContract } from './filter-contract.js';
import { meiliAddress } from './meili-server.js';
import { openBench, type Bench } from './open-bench.js';
import { wordsContract } from './words-contract.js';

const address = meiliAddress();
if (address) {
  // Nothing stands in for it here: a question that it does not answer fails the suite.
  const index = new MeiliIndex({ ...address, searchMs: 30_000 });
  const open = async (): Promise<Bench> => {
    const bench = await openBench();
    await prepare(index, bench.write);
    return {
      ...bench,
      settle: async () => void (await push(index, bench.write, pino({ level: 'silent' }))),
      close: async () => {
        await index.drop();
        await bench.close();
      },
    };
  };
  searchContract(meiliSearch(index), open);
  filterContract(meiliSearch(index), open);
  wordsContract(meiliSearch(index), open);
} else {
  describe('search engine meilisearch', () => {
    it.skip('is skipped: MEILI_URL names no server', () => undefined);
  });
}

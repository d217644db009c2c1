import type { EntityManager } from '@mikro-orm/postgresql';
import { describe, it } from 'vitest';
import { directory } from '../../src/directory/index.js';
import { identity } from '../../src/identity/index.js';
import { asTask } from '../../src/platform/database/operation.js';
import { prepare } from '../../src/platform/search/meilisearch/build.js';
import { meiliSearch } from '../../src/platform/search/meilisearch/engine.js';
import { MeiliIndex } from '../../src/platform/search/meilisearch/meili-index.js';
import { push } from '../../src/platform/search/meilisearch/push.js';
import { testHub } from '../hub.js';
import { searchContract } from './contract.js';
import { meiliAddress } from './meili-server.js';

const address = meiliAddress();
if (address) {
  const index = new MeiliIndex({ ...address, searchMs: 20_000 });
  searchContract(meiliSearch(index), async () => {
    const hub = await testHub({ features: [identity, directory] });
    const close = async (): Promise<void> => {
      await index.drop();
      await hub.stop();
    };
    const write = <T>(work: (em: EntityManager) => Promise<T>) => asTask(hub.orm).write(work);
    await prepare(index, write);
    const settle = async (): Promise<void> => void (await push(index, write));
    return { write, settle, close };
  });
} else {
  describe('search engine meilisearch', () => {
    it.skip('is skipped: MEILI_URL names no server', () => undefined);
  });
}

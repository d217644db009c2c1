import { newId } from '../../src/platform/id.js';
import type { MeiliAddress } from '../../src/platform/search/meilisearch/meili-index.js';

/** An index of its own on the server that MEILI_URL names; undefined when it names none, and the tests are skipped. */
export function meiliAddress(): (MeiliAddress & { uid: string }) | undefined {
  const { MEILI_URL: url, MEILI_KEY: key } = process.env;
  return url ? { url, key, uid: `test_${newId().replaceAll('-', '')}` } : undefined;
}

import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Settings } from 'meilisearch';
import { settingsFor, type Widening } from './settings.js';

/** The settings with the synonyms as the curators have them now: phrases of one meaning, such as plurals, together. */
export async function wantedSettings(em: EntityManager): Promise<Settings> {
  const { rows } = await sql<Widening & { stems: string }>`
    select stems, means, near, category from hub.search_synonym order by phrase`.execute(em.getKysely<unknown>());
  const widenings = new Map<string, { means: string[]; near: string[]; category: string | null }>();
  for (const { stems, means, near, category } of rows) {
    const known = widenings.get(stems);
    if (known) {
      known.means.push(...means);
      known.near.push(...near);
      known.category ??= category;
    } else widenings.set(stems, { means: [...means], near: [...near], category });
  }
  return settingsFor([...widenings.values()]);
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Platform } from '../../platform/platform.js';
import { asTask } from '../../platform/database/operation.js';
import { defineTask } from '../../platform/jobs/task.js';
import { readSeed } from '../../platform/seed.js';
import type { SearchFilter } from '../../platform/search/port.js';
import { isFiller, wordsOf } from '../../platform/search/words.js';
import type { FoundPlace } from './find-place.js';

/** Names that people are called by in the United States, in English and Spanish, folded. */
const NAMES = new Set((readSeed('common-names.json') as { names: string[] }).names);
const STOP = new Set(
  'a an and are as at be but by for from has have in is it no not of on or so that the this to was with es un'.split(
    ' ',
  ),
);
const KEPT_DAYS = 400;
const MOST_WORDS = 6;

/**
 * The words of a search that may be kept: no fillers, no numbers, nothing written like an address of mail, a phone or a
 * name. What the directory's listings say is never a name of somebody who searches; a common name is left out even so.
 */
export function wordsToKeep(text: string): string[] {
  const plain = text
    .replace(/\S*@\S*/g, ' ')
    .replace(/https?:\S+|www\.\S+/gi, ' ')
    .replace(/[\d(+][\d\s().+-]{2,}/g, ' ');
  // "Maria Lopez diapers": a capital in the middle of small letters is somebody's, or some place's.
  const mixed = /\p{Ll}/u.test(plain) && /^\s*\S*\p{Ll}/u.test(plain.replace(/\p{Lu}\S*/gu, ''));
  const spoken = mixed ? plain.replace(/(?<![\p{L}])\p{Lu}\p{Ll}+/gu, (word, at) => (at === 0 ? word : ' ')) : plain;
  const words = wordsOf(spoken).filter(
    (word) => /^\p{L}{2,20}$/u.test(word) && !isFiller(word) && !STOP.has(word) && !NAMES.has(word),
  );
  return [...new Set(words)].sort().slice(0, MOST_WORDS);
}

/** Where, coarsely: the first three digits of a ZIP code, else the county, else the state. */
export function areaToKeep(place: FoundPlace | null): string {
  if (!place) return '';
  if (place.zip) return place.zip.slice(0, 3);
  return [place.state, place.county].filter(Boolean).join('/');
}

/** The kinds of filters, and of the need and the language which. Nothing of a person. */
export function filtersToKeep(filter: SearchFilter): string {
  const { categories = [], languages = [], serviceIds: _, organizationIds: __, ...flags } = filter;
  const named = [...categories.map((code) => `category:${code}`), ...languages.map((code) => `language:${code}`)];
  const others = Object.entries(flags).flatMap(([name, value]) =>
    value === undefined || value === false ? [] : [name],
  );
  return [...named, ...others].sort().join(' ');
}

interface Empty {
  text: string;
  place: FoundPlace | null;
  filter: SearchFilter;
}

/** As nobody's transaction sees it: counted inside one that searches while it writes, it would be part of that, and end it when it fails. */
const outside = AsyncLocalStorage.snapshot();

/** Counts a search that found nothing, once the answer is on its way. A failure loses a count, never an answer. */
export function noteEmpty({ orm, clock, log }: Platform, { text, place, filter }: Empty): void {
  const words = wordsToKeep(text).join(' ');
  const filters = filtersToKeep(filter);
  if (words === '' && !filters.includes('category:')) return;
  const day = clock.now().toISOString().slice(0, 10);
  const area = areaToKeep(place);
  const count = async (em: EntityManager): Promise<void> => {
    await sql`insert into hub.empty_search as e (day, words, area, filters) values (${day}::date, ${words}, ${area}, ${filters})
      on conflict (day, words, area, filters) do update set times = e.times + 1`.execute(em.getKysely<unknown>());
  };
  const counted: Promise<void> = outside(() => asTask(orm).write(count))
    .catch((error: unknown) => log.debug({ err: error }, 'an empty search was not counted'))
    .finally(() => underway.delete(counted));
  underway.add(counted);
}

/** What is being counted: a pool that closes meanwhile would wait for ever for the connection it is opening. */
const underway = new Set<Promise<void>>();

/** Waits for the counts that are being written; before the database is closed. */
export async function emptySearchesCounted(): Promise<void> {
  await Promise.all(underway);
}

/** Empty searches go after a little more than a year: this month can be compared with the same one last year. */
export const clearEmptySearches = defineTask<Record<string, never>>(
  'search.clear-empty',
  async (_, { db, platform }) => {
    const before = new Date(platform.clock.now().getTime() - KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
    await db.write(async (em) => {
      await sql`delete from hub.empty_search where day < ${before}::date`.execute(em.getKysely<unknown>());
    });
  },
);

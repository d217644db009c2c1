import { sql, type Kysely } from 'kysely';
import type { SearchQuestion } from '../port.js';
import { all, filters, matches } from './conditions.js';
import { CANDIDATES } from './limits.js';
import type { Group } from './understand.js';

/** With fewer than this many documents the question is widened. */
const ENOUGH = 5;
/** Of what a word less would find, this much is counted. */
const LOOK_AHEAD = 100;

export interface Relaxed {
  /** What every result must meet; the others only add to the ranking. */
  required: Group[];
  dropped: Group[];
  /** The documents found, so that the index is asked once; null where there are more than can be scored. */
  ids: string[] | null;
}

/**
 * Drops words until enough is found: of those whose loss brings something, the one that says least ("center" before
 * "Islamic"), unless another one brings far more. What has all the words still ranks first.
 */
export async function relax(db: Kysely<unknown>, question: SearchQuestion, groups: readonly Group[]): Promise<Relaxed> {
  let required = [...groups];
  const dropped: Group[] = [];
  let found = await find(db, question, required, CANDIDATES + 1);
  while (found.length < ENOUGH && required.length > 1) {
    const options = await Promise.all(
      required.map(async (group) => {
        const rest = required.filter((other) => other !== group);
        return { group, rest, found: await find(db, question, rest, LOOK_AHEAD) };
      }),
    );
    const before = found.length;
    const more = options.filter((option) => option.found.length > before);
    // When dropping brings nothing new, what was found stands as it is.
    if (more.length === 0 && before > 0) break;
    const choice = more.length > 0 ? more : options;
    const best = choice.sort((a, b) => loss(a) - loss(b))[0];
    if (!best) break;
    dropped.push(best.group);
    required = best.rest;
    found = best.found.length >= LOOK_AHEAD ? await find(db, question, required, CANDIDATES + 1) : best.found;
  }
  return { required, dropped, ids: found.length > CANDIDATES ? null : found };
}

/** What bringing e times as much is worth beside saying something. */
const MORE = 0.15;

function loss({ group, found }: { group: Group; found: readonly string[] }): number {
  return meaning(group) - MORE * Math.log(1 + found.length);
}

/** How much a group says: known phrases most, then rare words; a word that is nowhere says nothing. */
export function meaning(group: Group): number {
  if (group.category !== null || group.means.length > 0) return 10;
  return group.documents === 0 ? 0 : group.weight;
}

/** Ids of documents that meet the groups, at most `limit`. */
async function find(
  db: Kysely<unknown>,
  question: SearchQuestion,
  groups: readonly Group[],
  limit: number,
): Promise<string[]> {
  const conditions = [...matches(groups), ...filters(question)];
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(id) as ids from (select d.id from hub.search_document d where ${all(conditions)} limit ${limit}) x`.execute(
    db,
  );
  return rows[0]?.ids ?? [];
}

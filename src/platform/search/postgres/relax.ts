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
  /** More documents than can be scored. */
  many: boolean;
  nothing: boolean;
}

/**
 * Drops words until enough is found: the one first whose loss brings the most, and among equals the one that says
 * least. What has all the words still ranks first.
 */
export async function relax(db: Kysely<unknown>, question: SearchQuestion, groups: readonly Group[]): Promise<Relaxed> {
  let required = [...groups];
  if (groups.length === 0) return { required, dropped: [], many: false, nothing: false };
  const dropped: Group[] = [];
  let found = await count(db, question, required, CANDIDATES + 1);
  while (found < ENOUGH && required.length > 1) {
    const options = await Promise.all(
      required.map(async (group) => {
        const rest = required.filter((other) => other !== group);
        return { group, rest, found: await count(db, question, rest, LOOK_AHEAD) };
      }),
    );
    const best = options.sort((a, b) => b.found - a.found || meaning(a.group) - meaning(b.group))[0];
    // When dropping brings nothing new, what was found stands as it is.
    if (!best || (found > 0 && best.found <= found)) break;
    dropped.push(best.group);
    required = best.rest;
    found = best.found >= LOOK_AHEAD ? await count(db, question, required, CANDIDATES + 1) : best.found;
  }
  return { required, dropped, many: found > CANDIDATES, nothing: found === 0 };
}

/** How much a group says: known phrases most, then rare words; a word that is nowhere says nothing. */
export function meaning(group: Group): number {
  if (group.category !== null || group.means.length > 0) return 10;
  return group.documents === 0 ? 0 : group.weight;
}

async function count(
  db: Kysely<unknown>,
  question: SearchQuestion,
  groups: readonly Group[],
  limit: number,
): Promise<number> {
  const conditions = [...matches(groups), ...filters(question)];
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from hub.search_document d where ${all(conditions)} limit ${limit}) x`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

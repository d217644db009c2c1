import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { OperationDb } from '../../platform/database/operation.js';
import { newId } from '../../platform/id.js';
import { defineTask, type Cron } from '../../platform/jobs/task.js';
import { prepare, scorePair, SHOWN_FROM, type Compared, type Evidence, type Prepared } from './score.js';

/** Listings in one transaction. */
const BATCH = 1000;
/** A key that so many share (a county's hotline, a city hall) tells no pair. */
const MOST_PER_KEY = 40;

const START = '00000000-0000-0000-0000-000000000000';

async function nextIds(em: EntityManager, after: string, since: Date | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from hub.service where id > ${after}::uuid
    and (${since?.toISOString() ?? null}::timestamptz is null or updated_at >= ${since?.toISOString() ?? null}::timestamptz)
    order by id limit ${BATCH}`.execute(em.getKysely<unknown>());
  return rows.map(({ id }) => id);
}

/** Brings the keys of listings up to date; those that are no longer offered lose theirs. */
async function refreshKeys(em: EntityManager, ids: readonly string[]): Promise<void> {
  const db = em.getKysely<unknown>();
  await sql`delete from hub.listing_key where service_id = any (${[...ids]}::uuid[])`.execute(db);
  await sql`insert into hub.listing_key (key, service_id)
    select key, service_id from hub.listing_keys(${[...ids]}::uuid[]) on conflict do nothing`.execute(db);
}

interface Pair {
  a: string;
  b: string;
}

/** Pairs of these listings with any other that share a key, through the index of keys. */
async function pairsOf(em: EntityManager, ids: readonly string[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`with mine as (
      select k.key, k.service_id from hub.listing_key k where k.service_id = any (${[...ids]}::uuid[])),
    small as (select m.key from (select distinct key from mine) m
      where (select count(*) from (select 1 from hub.listing_key o where o.key = m.key limit ${MOST_PER_KEY + 1}) x) between 2 and ${MOST_PER_KEY})
    select distinct least(m.service_id, o.service_id) as a, greatest(m.service_id, o.service_id) as b
    from mine m join small s on s.key = m.key join hub.listing_key o on o.key = m.key and o.service_id <> m.service_id`.execute(
    em.getKysely<unknown>(),
  );
  return rows;
}

async function comparedOf(em: EntityManager, ids: readonly string[]): Promise<Map<string, Prepared>> {
  const { rows } =
    await sql<Compared>`select s.id, s.organization_id as "organizationId", s.name, o.name as organization,
      coalesce(s.description, '') as description, nullif(regexp_replace(lower(coalesce(s.url, '')), '^https?://(www\.)?|/+$', '', 'g'), '') as url,
      s.categories,
      array(select substr(k.key, 3) from hub.listing_key k where k.service_id = s.id and k.key like 'p:%') as phones,
      array(select substr(k.key, 3) from hub.listing_key k where k.service_id = s.id and k.key like 'a:%') as doors,
      coalesce((select json_agg(json_build_object('latitude', l.latitude, 'longitude', l.longitude)) from (
        select l.latitude, l.longitude from hub.service_at_location sal join hub.location l on l.id = sal.location_id
        where sal.service_id = s.id and l.latitude is not null and l.longitude is not null and not hub.is_withheld(l.id) limit 30) l), '[]') as points
    from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any (${[...ids]}::uuid[])`.execute(
      em.getKysely<unknown>(),
    );
  return new Map(rows.map((row) => [row.id, prepare(row)]));
}

interface Found extends Pair {
  score: number;
  evidence: Evidence[];
}

/** Listings that may be the same help as one of these, with what speaks for it. */
async function candidatesOf(em: EntityManager, ids: readonly string[], from: number): Promise<Found[]> {
  const pairs = await pairsOf(em, ids);
  const compared = await comparedOf(em, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))]);
  return pairs.flatMap(({ a, b }) => {
    const [left, right] = [compared.get(a), compared.get(b)];
    if (!left || !right) return [];
    const { score, evidence } = scorePair(left, right);
    return score >= from ? [{ a, b, score, evidence }] : [];
  });
}

/** Keeps what was found. A pair that was decided stays decided; one that is open no more like before goes. */
async function keep(em: EntityManager, ids: readonly string[], found: readonly Found[], now: Date): Promise<void> {
  const rows = found.map((pair) => ({ id: newId(), ...pair }));
  const db = em.getKysely<unknown>();
  await sql`delete from hub.duplicate_candidate d where d.status = 'OPEN'
    and (d.service_a = any (${[...ids]}::uuid[]) or d.service_b = any (${[...ids]}::uuid[]))
    and not exists (select from json_to_recordset(${JSON.stringify(rows)}::json) as x (a uuid, b uuid)
      where x.a = d.service_a and x.b = d.service_b)`.execute(db);
  await sql`insert into hub.duplicate_candidate as d (id, service_a, service_b, score, evidence, found_at)
    select x.id, x.a, x.b, x.score, x.evidence, ${now.toISOString()}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::json) as x (id uuid, a uuid, b uuid, score float8, evidence jsonb)
    on conflict (service_a, service_b) do update set score = excluded.score, evidence = excluded.evidence
    where d.status = 'OPEN'`.execute(db);
}

/**
 * Looks for listings of the same help: among all, or those that changed since a time; keeps pairs that are at least as
 * likely as `from`. Returns how many listings were looked at.
 */
export async function findDuplicates(
  db: OperationDb,
  now: Date,
  { since = null, from = SHOWN_FROM }: { since?: Date | null; from?: number } = {},
): Promise<number> {
  let looked = 0;
  // All keys first: a pair is met from either side.
  for (const step of ['keys', 'pairs'] as const) {
    let after = START;
    for (;;) {
      const ids = await db.write(async (em) => {
        const batch = await nextIds(em, after, since);
        if (batch.length === 0) return batch;
        if (step === 'keys') await refreshKeys(em, batch);
        else await keep(em, batch, await candidatesOf(em, batch, from), now);
        return batch;
      });
      const last = ids.at(-1);
      if (last === undefined) break;
      if (step === 'pairs') looked += ids.length;
      after = last;
    }
  }
  return looked;
}

/** After an import, for what it changed (`sinceMs`, milliseconds of the epoch), and nightly for all. */
export const lookForDuplicates = defineTask<{ sinceMs?: number }>(
  'directory.find-duplicates',
  async ({ sinceMs }, { db, platform }) => {
    await findDuplicates(db, platform.clock.now(), { since: sinceMs === undefined ? null : new Date(sinceMs) });
  },
);

export const duplicateCrons: Cron[] = [{ task: lookForDuplicates as Cron['task'], match: '41 7 * * *' }];

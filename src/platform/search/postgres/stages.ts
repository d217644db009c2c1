import { sql, type Kysely } from 'kysely';

/**
 * Merits from `from` on, of which `tags` are listed one by one; null for all that are left. Stages are walked from the top
 * until enough is found, so that a word of the whole country costs no more than its best listings.
 */
export interface Stage {
  merits: number[] | null;
  /** Of documents in this stage alone; true when it is all there is. */
  below: number | null;
  above: number | null;
}

/** Everything at once. */
export const WHOLE: readonly Stage[] = [{ merits: null, below: null, above: null }];

/** Fewer documents than this are read without stages. */
const MANY = 20_000;
/** How much of all documents is in the stages down to each. */
const SHARES = [1 / 64, 1 / 16, 1 / 4];
/** A listing that was confirmed since PostgreSQL looked last may have a higher merit than any had: one a month. */
const GROWTH = 3;
const KEPT_MS = 60_000;

let kept: { stages: readonly Stage[]; until: number } | undefined;

/** The stages, by what PostgreSQL knows of its documents. They decide what is read first and never what is found. */
export async function stagesOf(db: Kysely<unknown>): Promise<readonly Stage[]> {
  if (kept && kept.until > performance.now()) return kept.stages;
  const { rows } = await sql<{ documents: number; merits: number[] | null; shares: number[] | null }>`
    select c.reltuples as documents, s.most_common_vals::text::int[] as merits, s.most_common_freqs as shares
    from pg_class c left join pg_stats s on s.schemaname = 'hub' and s.tablename = 'search_document' and s.attname = 'merit'
    where c.oid = 'hub.search_document'::regclass`.execute(db);
  const { documents = 0, merits, shares } = rows[0] ?? {};
  const stages = documents < MANY || !merits || !shares ? WHOLE : staged(merits, shares);
  kept = { stages, until: performance.now() + KEPT_MS };
  return stages;
}

/** Cuts merits into stages, the best first. */
export function staged(merits: readonly number[], shares: readonly number[]): readonly Stage[] {
  const known = merits.map((merit, n) => ({ merit, share: shares[n] ?? 0 })).sort((a, b) => b.merit - a.merit);
  const top = (known[0]?.merit ?? 0) + GROWTH;
  const ends: number[] = [];
  let sum = 0;
  for (const { merit, share } of known) {
    sum += share;
    if (sum >= (SHARES[ends.length] ?? Infinity)) {
      ends.push(merit);
      while (sum >= (SHARES[ends.length] ?? Infinity)) ends.push(merit);
    }
  }
  const stages: Stage[] = [];
  let before = top + 1;
  for (const end of new Set(ends)) {
    stages.push({ merits: Array.from({ length: before - end }, (_, n) => end + n), below: null, above: null });
    before = end;
  }
  return [...stages, { merits: null, below: before, above: top }];
}

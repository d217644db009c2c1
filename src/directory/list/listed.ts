import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { Service } from '../service/service.entity.js';
import { serviceById } from '../service/service.loaders.js';
import { digestOf, MOST_LISTED } from './short-key.js';

/** The ids behind keys, in their order; a listing that was merged is the one that it went into. */
async function idsOf(ctx: HubContext, keys: readonly string[]): Promise<string[]> {
  const digests = keys.map(digestOf).filter((digest) => digest !== null);
  if (digests.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select coalesce(s.merged_into, s.id) as id from unnest(${digests}::text[]) with ordinality k (digest, n)
    join hub.service s on hub.short_key(s.id) = k.digest order by k.n`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return rows.map(({ id }) => id);
}

/** The listings of a list by ids or keys, each once, in order; those that are gone are left out. */
export async function listedServices(
  ctx: HubContext,
  { ids = [], keys = [] }: { ids?: readonly string[]; keys?: readonly string[] },
): Promise<Service[]> {
  const wanted = [...new Set([...ids, ...(await idsOf(ctx, keys))])].slice(0, MOST_LISTED);
  const found = await Promise.all(wanted.map((id) => serviceById(ctx, id)));
  return found.filter((service) => service !== null);
}

import { LockMode } from '@mikro-orm/postgresql';
import { where, type HubContext } from '../access/index.js';
import { emit } from '../platform/events.js';
import { Need, resolveNeedAs } from '../screening/index.js';
import { needsUnderWay } from './needs-under-way.js';

interface Settling {
  met: boolean;
  /** The referral whose patient was asked: it counts no more as under way. */
  besides: string;
  note: string | null;
}

/** Met needs end. The others wait for help again, unless something else for them is still under way. */
export async function settleNeedsAs(
  ctx: HubContext,
  ids: readonly string[],
  { met, besides, note }: Settling,
): Promise<void> {
  const em = await ctx.db.em();
  const needs = await em.find(
    Need,
    { $and: [{ id: { $in: [...ids] } }, where(ctx, Need, 'update')] },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const elsewhere = met ? new Set<string>() : await needsUnderWay(em, ids, besides);
  for (const need of needs) {
    if (elsewhere.has(need.id)) continue;
    resolveNeedAs(need, met ? 'MET' : 'OPEN', ctx.clock.now(), note);
    await em.flush();
    await emit(em, 'need.changed', { needId: need.id, patientId: need.patientId });
  }
}

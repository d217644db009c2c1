import type { EntityManager } from '@mikro-orm/postgresql';
import { untilFree } from '../platform/database/locked-out.js';
import type { HubContext } from './context.js';

/**
 * Does something in one transaction, with its audit in it; what was tried and refused stands there too. Where others were in
 * its way (a deadlock, which undoes all of it) it begins anew, so `work` leaves nothing outside the transaction.
 */
export async function writeAudited<T>(
  ctx: Pick<HubContext, 'db' | 'audit' | 'loaders'>,
  work: (em: EntityManager) => Promise<T>,
): Promise<T> {
  const { db, audit, loaders } = ctx;
  const before = audit.waiting;
  const once = (): Promise<T> =>
    db.write(async (em) => {
      const done = await work(em);
      await em.flush();
      await audit.flush(em);
      return done;
    });
  try {
    return await untilFree(once, () => {
      audit.undone(before);
      loaders.clear();
    });
  } catch (error) {
    audit.refused(before);
    throw error;
  }
}

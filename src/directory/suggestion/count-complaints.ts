import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';

/** Counts the open reports of a listing anew: it stands in the queue by them. */
export async function countComplaints(em: EntityManager, serviceId: string): Promise<void> {
  await sql`update hub.service s set complaints = coalesce((select sum(g.evidence) from hub.suggestion g
      where g.service_id = s.id and g.status = 'OPEN' and g.signal is not null), 0)
    where s.id = ${serviceId}::uuid`.execute(em.getKysely<unknown>());
}

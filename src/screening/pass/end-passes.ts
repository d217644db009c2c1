import type { EntityManager } from '@mikro-orm/postgresql';
import type { Screening } from '../screening.entity.js';
import { ScreeningPass } from './screening-pass.entity.js';

/** A screening that ended needs no pass any more. */
export async function endPasses(em: EntityManager, screening: Screening, now: Date): Promise<void> {
  const { id: screeningId, careOrgId } = screening;
  await em.nativeUpdate(ScreeningPass, { screeningId, careOrgId, endedAt: null, revokedAt: null }, { endedAt: now });
}

import { LockMode } from '@mikro-orm/postgresql';
import type { HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { fail } from '../../platform/graphql/errors.js';
import { Consent } from '../consent/consent.entity.js';
import { auditPage, readerOf } from './reader.js';

/** The patient stops sharing, one consent or all. At once; what was told before stays told. Returns how many ended. */
export async function stopSharing(ctx: HubContext, consentId: string | null): Promise<number> {
  const { patientId, careOrgId } = readerOf(ctx);
  const linkId = ctx.caller?.credentialId ?? fail.forbidden();
  const em = await ctx.db.em();
  const wanted = { patientId, careOrgId, ...(consentId && { id: consentId }) };
  const found = await em.find(Consent, wanted, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } });
  if (consentId && found.length === 0) fail.notFound('Consent');
  const active = found.filter((consent) => consent.status === 'ACTIVE');
  const now = ctx.clock.now();
  for (const consent of active) consent.revoke({ linkId }, now, null);
  await em.flush();
  for (const { id } of active) await emit(em, 'consent.ended', { consentId: id, patientId });
  auditPage(ctx, 'help.stop-sharing', { count: active.length });
  return active.length;
}

import { LockMode } from '@mikro-orm/postgresql';
import { load, type HubContext } from '../../access/index.js';
import { emit } from '../../platform/events.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { personOf } from '../patient/scope.js';
import { recordAccess } from '../record-access.js';
import { Consent } from './consent.entity.js';
import type { RevokeConsentInput } from './consent.inputs.js';

/** Writes the end of a consent. A trigger stops its open referrals in the same moment; the rest follows by event. */
async function written(ctx: HubContext, { id, patientId }: Consent, action: string): Promise<void> {
  const em = await ctx.db.em();
  await em.flush();
  await emit(em, 'consent.ended', { consentId: id, patientId });
  recordAccess(ctx, { action, patientId, entity: 'consent', entityId: id, consentId: id });
}

/** The care team notes that the patient takes it back. */
export async function revokeConsent(ctx: HubContext, input: RevokeConsentInput): Promise<Consent> {
  const reason = input.reason?.trim() || null;
  if (reason && reason.length > 500) refuse('TOO_LONG', 'Use at most 500 characters.', 'reason');
  const consent = await load(ctx, Consent, input.id, 'revoke', { lock: LockMode.PESSIMISTIC_WRITE });
  consent.revoke({ userId: personOf(ctx) }, ctx.clock.now(), reason);
  await written(ctx, consent, 'consent.revoke');
  return consent;
}

/** The care team notes that the event which ends it has happened. */
export async function noteConsentEvent(ctx: HubContext, id: string): Promise<Consent> {
  const consent = await load(ctx, Consent, id, 'revoke', { lock: LockMode.PESSIMISTIC_WRITE });
  if (!consent.expiryEvent) refuse('NO_EVENT', 'This consent names no event that ends it.', 'id');
  consent.end(personOf(ctx), ctx.clock.now());
  await written(ctx, consent, 'consent.event');
  return consent;
}

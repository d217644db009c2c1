import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../../identity/index.js';
import { isWriting } from '../../platform/database/operation.js';
import type { Words } from '../../platform/words.js';
import { firstCovering, type DisclosureScope } from '../consent-scope.js';
import { Consent } from './consent.entity.js';
import { classOf } from './words.js';

/** A disclosure to one organization; whether it is a community agency is looked up. */
export interface Disclosing extends Omit<DisclosureScope, 'granteeClass'> {
  /** What kind of organization it is, where that is known already. */
  granteeKind?: Organization['kind'];
}

/** The consent to rely on, or what is missing, in words. */
export interface CoverageAnswer {
  consent: Consent | null;
  missing: Words[];
}

const NO_CONSENT: Words = {
  en: 'There is no consent yet: ask the patient first.',
  es: 'Todavía no hay consentimiento: pregunte primero a la persona.',
};

/** Whether rows can be locked; a transaction that others began is asked. */
async function mayLock(em: EntityManager): Promise<boolean> {
  if (isWriting(em)) return true;
  const [mode] = await em.execute<{ reading: string }[]>(`select current_setting('transaction_read_only') as reading`);
  return mode?.reading === 'off';
}

/** The consents of a patient, the newest first. Inside a mutation their rows stay locked against revoking until the end. */
export async function consentsOf(em: EntityManager, patientId: string): Promise<Consent[]> {
  return em.find(
    Consent,
    { patientId, status: { $ne: 'ENTERED_IN_ERROR' } },
    {
      orderBy: { createdAt: 'desc', id: 'desc' },
      ...((await mayLock(em)) && { lockMode: LockMode.PESSIMISTIC_READ, refresh: true }),
    },
  );
}

/**
 * The newest consent of a patient that covers a disclosure. Inside a mutation the row stays locked against revoking
 * until the end: what is sent and what is revoked cannot pass each other. `known` are those that were read already.
 */
export async function findCoveringConsent(
  em: EntityManager,
  patientId: string,
  { granteeKind, ...disclosing }: Disclosing,
  known?: readonly Consent[],
): Promise<CoverageAnswer> {
  const kind =
    granteeKind ??
    (await em.findOne(Organization, { id: disclosing.granteeOrganizationId }, { fields: ['kind'] }))?.kind;
  const granteeClass = kind ? classOf(kind) : null;
  const consents = known ?? (await consentsOf(em, patientId));
  if (consents.length === 0) return { consent: null, missing: [NO_CONSENT] };
  const { consent, missing } = firstCovering(consents, { ...disclosing, granteeClass });
  return { consent, missing: missing.map((gap) => gap.words) };
}

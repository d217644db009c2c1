import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import { Organization } from '../../identity/index.js';
import type { Words } from '../../platform/words.js';
import { firstCovering, type DisclosureScope } from '../consent-scope.js';
import { Consent } from './consent.entity.js';
import { classOf } from './words.js';

/** A disclosure to one organization; whether it is a community agency is looked up. */
export type Disclosing = Omit<DisclosureScope, 'granteeClass'>;

/** The consent to rely on, or what is missing, in words. */
export interface CoverageAnswer {
  consent: Consent | null;
  missing: Words[];
}

const NO_CONSENT: Words = {
  en: 'There is no consent yet: ask the patient first.',
  es: 'Todavía no hay consentimiento: pregunte primero a la persona.',
};

/**
 * The newest consent of a patient that covers a disclosure. Inside a mutation the row stays locked against revoking
 * until the end: what is sent and what is revoked cannot pass each other.
 */
export async function findCoveringConsent(
  em: EntityManager,
  patientId: string,
  disclosing: Disclosing,
): Promise<CoverageAnswer> {
  const grantee = await em.findOne(Organization, { id: disclosing.granteeOrganizationId }, { fields: ['kind'] });
  const granteeClass = grantee ? classOf(grantee.kind) : null;
  const [mode] = await em.execute<{ reading: string }[]>(`select current_setting('transaction_read_only') as reading`);
  const consents = await em.find(
    Consent,
    { patientId, status: { $ne: 'ENTERED_IN_ERROR' } },
    {
      orderBy: { createdAt: 'desc', id: 'desc' },
      ...(mode?.reading === 'off' && { lockMode: LockMode.PESSIMISTIC_READ, refresh: true }),
    },
  );
  if (consents.length === 0) return { consent: null, missing: [NO_CONSENT] };
  const { consent, missing } = firstCovering(consents, { ...disclosing, granteeClass });
  return { consent, missing: missing.map((gap) => gap.words) };
}

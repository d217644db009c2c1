import { DateTime } from 'luxon';
import { load, type HubContext } from '../../access/index.js';
import { Organization } from '../../identity/index.js';
import { emit } from '../../platform/events.js';
import { once } from '../../platform/graphql/idempotency.js';
import { newId } from '../../platform/id.js';
import { categoriesOf } from '../categories.js';
import { Patient } from '../patient/patient.entity.js';
import { PersonFields } from '../patient/person-fields.js';
import { personOf } from '../patient/scope.js';
import { Problems } from '../problems.js';
import {
  checkForm,
  checkGrantee,
  checkGrantor,
  checkScope,
  checkSensitive,
  type ConsentCheck,
} from './check-consent.js';
import { Consent } from './consent.entity.js';
import type { RecordConsentInput } from './consent.inputs.js';
import type { Part2Elements } from './part2.js';
import { COMMUNITY_AGENCIES } from './words.js';
import { recordAccess } from '../record-access.js';

/** Records a consent. Returns its id, or everything that is wrong with it. */
export async function recordConsent(ctx: HubContext, input: RecordConsentInput): Promise<string | Problems> {
  const patient = await load(ctx, Patient, input.patientId, 'consent');
  const recordedById = personOf(ctx);
  const em = await ctx.db.em();
  const own = await em.findOneOrFail(Organization, { id: patient.careOrgId });
  const now = ctx.clock.now();
  const today = DateTime.fromJSDate(now, { zone: own.timeZone }).toISODate() ?? '';
  const check = new PersonFields(new Problems());
  const checked: ConsentCheck = { em, patient, input, check, today };
  const person = await checkGrantor(checked);
  const grantee = await checkGrantee(checked);
  const { categories, sensitivities } = checkScope(checked);
  const { expiresOn, ...form } = checkForm(checked);
  const language = check.language('language', input.language ?? undefined) ?? patient.language;
  checkSensitive(sensitivities, checked);
  if (check.problems.found) return check.problems;
  // It holds to the end of its last day, where the care organization is.
  const expiresAt = expiresOn && DateTime.fromISO(expiresOn, { zone: own.timeZone }).plus({ days: 1 }).toJSDate();
  return once(ctx, input.idempotencyKey, 'recordConsent', input, async () => {
    const consent = em.create(Consent, {
      id: newId(),
      careOrgId: patient.careOrgId,
      patientId: patient.id,
      status: 'ACTIVE',
      grantor: input.grantor,
      grantorRelatedPersonId: person?.id ?? null,
      granteeOrganizationId: grantee?.id ?? null,
      granteeClass: grantee ? null : COMMUNITY_AGENCIES,
      categories,
      sensitivities,
      purpose: input.purpose,
      method: input.method,
      ...form,
      language,
      startsAt: now,
      expiresAt: expiresAt || null,
      part2: grantee && sensitivities.includes('SUBSTANCE_USE') ? part2Of(own, grantee, categories, input) : null,
      recordedById,
      createdAt: now,
      version: 1,
    });
    await em.flush();
    await emit(em, 'consent.recorded', { consentId: consent.id, patientId: patient.id });
    recordAccess(ctx, {
      action: 'consent.record',
      patientId: patient.id,
      entity: 'consent',
      entityId: consent.id,
      consentId: consent.id,
      detail: { categories, sensitivities, method: input.method },
    });
    return consent.id;
  });
}

const PURPOSES = { REFERRAL: 'Asking for help and hearing what became of it', CARE_COORDINATION: 'Coordinating care' };

/** The elements of 42 CFR 2.31 as the signed form says them. */
function part2Of(
  own: Organization,
  grantee: Organization,
  categories: string[],
  input: RecordConsentInput,
): Part2Elements {
  const labels = categoriesOf(categories).map((category) => category.display);
  return {
    discloser: own.name,
    recipient: grantee.name,
    description: `Needs and referrals about: ${labels.join(', ')}; including what they say about substance use.`,
    purpose: PURPOSES[input.purpose],
    expires: input.expiresOn ?? input.expiryEvent ?? '',
    revocation: `May be revoked at any time, in writing or by telling ${own.name}, except for what was shared before.`,
  };
}

import { agencyStaff, careManager, carePrivacyOfficer, curator, operator, planAnalyst, type Actor } from '../actors.js';
import { consent, coverage, need, relatedPerson } from '../caseload-factories.js';
import { insert } from '../factories.js';
import type { TestHub } from '../hub.js';
import { MESSAGE, pair, send, service, take, type Pair } from '../referral-factories.js';
import { newId } from '../../src/platform/id.js';

export const IPV = { category: 'intimate-partner-violence', sensitivity: 'INTIMATE_PARTNER_VIOLENCE' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A survivor’s record with violence in every place that takes a word, and everybody who must not learn of it. */
export interface Survivor {
  food: Pair;
  shelter: Actor;
  plan: Actor;
  daughter: string;
  consentId: string;
  needId: string;
  serviceId: string;
  outsiders: [string, Actor][];
}

export async function survivor(hub: TestHub): Promise<Survivor> {
  const food = await pair(hub);
  const { owner, patientId, sender } = food;
  await hub.sql(
    `update hub.patient set given_name = 'Zqgiven', family_name = 'Zqfamily', phone = '+14105550187', address_1 = 'Zqstreet', contact_note = 'Zqnote: violence', what_matters = 'Zqnote',
       county = 'MD/Baltimore City', contact_method = 'TEXT' where id = $1`,
    [patientId],
  );
  const plan = await planAnalyst(hub);
  await coverage(hub, owner, patientId, { plan_org_id: plan.organization.id });
  const needId = await need(hub, owner, patientId, { ...IPV, label: 'Zqlabel violence', note: 'Zqnote' });
  await insert(hub, 'goal', {
    id: newId(),
    care_org_id: owner.organizationId,
    patient_id: patientId,
    need_id: needId,
    category: IPV.category,
    description: 'Zqgoal',
    lifecycle: 'ACTIVE',
    achievement: 'IN_PROGRESS',
    achievement_on: hub.clock.now(),
    started_at: hub.clock.now(),
    updated_at: hub.clock.now(),
  });
  await insert(hub, 'off_platform_referral', {
    id: newId(),
    care_org_id: owner.organizationId,
    patient_id: patientId,
    agency_name: 'Zqshelter by phone',
    how: 'PHONE',
    status: 'ASKED',
    told: 'NOTHING',
    note: 'Zqcall',
    categories: [IPV.category],
    made_by: sender.user.id,
    made_by_name: 'P',
    made_at: hub.clock.now(),
    updated_at: hub.clock.now(),
  });
  const shelter = await agencyStaff(hub);
  await hub.sql(`update hub.organization set referral_email = 'intake@example.org' where id = $1`, [
    shelter.organization.id,
  ]);
  await hub.sql(`update hub.organization set referral_email = 'pantry@example.org' where id = $1`, [
    food.agency.organization.id,
  ]);
  const serviceId = await service(hub, shelter.organization.id, {
    name: 'Zqshelter',
    categories: [IPV.category],
    sensitivity: IPV.sensitivity,
  });
  const consentId = await consent(hub, owner, patientId, {
    recorded_by: sender.user.id,
    grantee_organization_id: shelter.organization.id,
    categories: [IPV.category],
    sensitivities: [IPV.sensitivity],
    evidence: 'Zqevidence',
    witness: 'Zqwitness',
    expires_at: new Date('2027-03-01'),
  });
  const daughter = await relatedPerson(hub, owner, patientId, { name: 'Dora', is_caregiver: true });
  await consent(hub, owner, patientId, {
    kind: 'FAMILY',
    grantee_class: null,
    grantee_related_person_id: daughter,
    purpose: 'FAMILY_INVOLVEMENT',
    recorded_by: sender.user.id,
  });
  const outsiders: [string, Actor][] = [
    ['another agency of the same person', food.agency],
    ['an agency', await agencyStaff(hub)],
    ['a plan', plan],
    ['another care team', await careManager(hub)],
    ['another privacy officer', await carePrivacyOfficer(hub)],
    ['a curator', await curator(hub)],
    ['an operator', await operator(hub)],
  ];
  return { food, shelter, plan, daughter, consentId, needId, serviceId, outsiders };
}

/** The urgent referral to the shelter, with a message, a paper and an answer; a form signed for the consent. */
export async function referToShelter(hub: TestHub, { food, shelter, consentId, needId, serviceId }: Survivor) {
  const { sender } = food;
  const referralId = await send({ ...food, needId, consentId, serviceId }, { request: 'Zqreason', priority: 'URGENT' });
  const fileId = newId();
  const paperId = newId();
  for (const [id, kind, name] of [
    [fileId, 'consent-evidence', 'form.png'],
    [paperId, 'referral-message', 'Zqmessage-violence.png'],
  ] as const) {
    await fetch(`${await hub.url()}/files/${id}?kind=${kind}&name=${name}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${sender.token}`, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(PNG),
    });
  }
  const said = { id: referralId, body: 'Zqmessage about the violence', fileIds: [paperId], idempotencyKey: newId() };
  const { userErrors } = (await sender.gql(MESSAGE, { input: said })).sendReferralMessage;
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  await hub.sql('update hub.stored_file set attached_at = now() where id = $1', [fileId]);
  await hub.sql('update hub.consent set evidence_file_id = $2 where id = $1', [consentId, fileId]);
  await take(shelter, 'acceptReferral', referralId, { note: 'Zqmessage' });
  await shelter.gql(MESSAGE, { input: { id: referralId, body: 'Zqmessage', idempotencyKey: newId() } });
  await hub.runJobs();
  return { referralId, fileId, paperId };
}

/** Clocks, digests and letters of two weeks. */
export async function twoWeeks(hub: TestHub) {
  for (let day = 0; day < 14; day += 1) {
    hub.clock.advance({ days: 1 });
    await hub.sql(`select hub.enqueue('referral.tick'), hub.enqueue('referral.look-for-digests')`);
    await hub.runJobs();
  }
}

import { newId } from '../../src/platform/id.js';
import { assignment, consent, coverage, need, patient, relatedPerson, screening } from '../caseload-factories.js';
import { insert, membership, organization, session, type Ground, type MembershipRow } from '../factories.js';
import { plantOutside, plantReferral } from './plant-referral.js';

/** A care organization with at least one row in every table that holds people. A new fenced table needs a line here. */
export async function plantEverything(hub: Ground): Promise<MembershipRow> {
  const member = await membership(hub, { kind: 'CARE' });
  const organizationId = member.organization.id;
  const own = { organizationId };
  const now = hub.clock.now();
  const userId = member.user.id;
  await session(hub, member);
  const bytes = () => Buffer.from(newId());
  const letter = { organization_id: organizationId, roles: ['CARE_MANAGER'] };
  await insert(hub, 'api_key', {
    ...letter,
    id: newId(),
    name: 'Key',
    token_hash: bytes(),
    hint: 'hub_',
    created_by: userId,
  });
  await insert(hub, 'invitation', {
    ...letter,
    id: newId(),
    email: 'new@example.org',
    token_hash: bytes(),
    invited_by: userId,
    expires_at: now,
  });
  await insert(hub, 'idempotency_key', {
    org_id: organizationId,
    user_id: userId,
    mutation: 'registerPatient',
    key: newId(),
    input_hash: bytes(),
  });
  await insert(hub, 'audit', {
    at: now,
    id: newId(),
    org_id: organizationId,
    actor_id: userId,
    via: 'SESSION',
    action: 'patient.read',
  });
  const patientId = await patient(hub, own);
  await relatedPerson(hub, own, patientId);
  await assignment(hub, own, patientId, userId);
  const plan = await organization(hub, { kind: 'PLAN' });
  await coverage(hub, own, patientId, { plan_org_id: plan.id });
  const consentId = await consent(hub, own, patientId, { recorded_by: userId });
  const helpLinkId = newId();
  const relation = { care_org_id: organizationId, patient_id: patientId };
  await insert(hub, 'help_link', {
    ...relation,
    id: helpLinkId,
    token_hash: bytes(),
    way: 'PAPER',
    asks_birth_year: true,
    created_by: userId,
    created_at: now,
    expires_at: now,
  });
  await insert(hub, 'help_session', {
    token_hash: bytes(),
    id: newId(),
    link_id: helpLinkId,
    created_at: now,
    seen_at: now,
    expires_at: now,
  });
  await insert(hub, 'care_team_member', { ...relation, id: newId(), user_id: userId, added_by: userId, added_at: now });
  await insert(hub, 'emergency_access', {
    ...relation,
    id: newId(),
    user_id: userId,
    user_name: 'Person',
    reason: 'DANGER',
    words: 'Somebody is in danger.',
    opened_at: now,
    ends_at: new Date(now.getTime() + 3_600_000),
  });
  await insert(hub, 'patient_letter', { ...relation, id: newId(), kind: 'HELP_LINK', created_at: now });
  const screeningId = await screening(hub, own, patientId, { started_by: userId });
  await insert(hub, 'screening_answer', {
    screening_id: screeningId,
    link_id: '/88122-7',
    care_org_id: organizationId,
    patient_id: patientId,
    question_loinc: '88122-7',
    answer_codes: ['LA28397-0'],
    answered_at: now,
  });
  await plantScreening(hub, organizationId, patientId, screeningId, userId);
  const needId = await need(hub, own, patientId, { screening_id: screeningId });
  const goal = { need_id: needId, category: 'food-insecurity', description: 'Enough to eat', lifecycle: 'ACTIVE' };
  const times = { achievement: 'IN_PROGRESS', achievement_on: now, started_at: now, updated_at: now };
  await insert(hub, 'goal', { id: newId(), care_org_id: organizationId, patient_id: patientId, ...goal, ...times });
  const sending = { organizationId, userId, patientId, consentId, needId };
  await plantReferral(hub, sending);
  await plantOutside(hub, sending);
  await plantCuration(hub, organizationId);
  await insert(hub, 'population_report', {
    id: newId(),
    plan_org_id: organizationId,
    first_day: '2025-01-01',
    last_day: '2025-06-30',
    published_at: now,
    figures: '{}',
  });
  await insert(hub, 'population_refresh', { plan_org_id: organizationId, refreshed_at: now });
  const facts = { plan_org_id: organizationId, patient_id: patientId };
  for (const name of ['member', 'span', 'screening', 'need', 'referral']) {
    await insertWhole(hub, `population_${name}`, facts);
  }
  return member;
}

/** What stands around a screening: answers that were replaced, what happened, what is put off, the rules. */
async function plantScreening(
  hub: Ground,
  organizationId: string,
  patientId: string,
  screeningId: string,
  userId: string,
): Promise<void> {
  const now = hub.clock.now();
  const whose = { care_org_id: organizationId, patient_id: patientId };
  const answer = { screening_id: screeningId, link_id: '/x', answer_codes: [], answered_at: now, via: 'LINK' };
  await insert(hub, 'screening_answer_past', { id: newId(), ...whose, ...answer, replaced_at: now });
  await insert(hub, 'patient_event', { id: newId(), ...whose, kind: 'MOVED', on_day: '2026-06-01', created_at: now });
  const pause = { kind: 'SNOOZED', reason: 'OTHER', until: now, created_at: now };
  await insert(hub, 'screening_pause', { id: newId(), ...whose, ...pause });
  const pass = { kind: 'LINK', token_hash: Buffer.from(newId()), created_by: userId, created_at: now, expires_at: now };
  await insert(hub, 'screening_pass', { id: newId(), screening_id: screeningId, ...whose, ...pass });
  const rule = { trigger: 'NEED', days: 30, changed_at: now };
  await insert(hub, 'screening_rule', { id: newId(), care_org_id: organizationId, ...rule });
}

/** What is kept of those who look after listings: suggestions with who said so, letters, claims. */
async function plantCuration(hub: Ground, organizationId: string): Promise<void> {
  const agency = await organization(hub);
  const [serviceId, suggestionId] = [newId(), newId()];
  await insert(hub, 'service', { id: serviceId, organization_id: agency.id, name: 'Clothes closet' });
  const about = { service_id: serviceId, organization_id: agency.id };
  await insert(hub, 'suggestion', {
    ...about,
    id: suggestionId,
    proposer_org_id: organizationId,
    source: 'CARE',
    base_version: 1,
  });
  await insert(hub, 'suggestion_evidence', {
    id: newId(),
    suggestion_id: suggestionId,
    source: 'CARE',
    source_key: Buffer.from('key'),
    on_day: '2026-01-01',
  });
  await insert(hub, 'verification_request', {
    id: newId(),
    service_id: serviceId,
    organization_id: organizationId,
    email: 'desk@example.org',
    token_hash: Buffer.from(newId()),
    expires_at: hub.clock.now(),
  });
  await insert(hub, 'listing_claim', {
    ...about,
    id: newId(),
    claimant_org_id: organizationId,
    name: 'Person',
    email: 'person@example.org',
  });
  await insert(hub, 'list_letter', {
    id: newId(),
    email: 'person@example.org',
    service_ids: [serviceId],
    language: 'en',
    created_at: hub.clock.now(),
  });
}

const ANY: Record<string, unknown> = { uuid: newId(), boolean: false, date: '2026-01-01', text: 'any' };

/** A row of a flat table of facts: columns that must be there and were not given get any value of their type. */
async function insertWhole(hub: Ground, table: string, given: Record<string, unknown>): Promise<void> {
  const columns = await hub.sql<{ name: string; type: string; required: boolean }>(
    `select column_name as name, data_type as type, is_nullable = 'NO' and column_default is null as required
       from information_schema.columns where table_schema = 'hub' and table_name = $1`,
    [table],
  );
  const wanted = columns.filter(({ name, required }) => required || name in given);
  await insert(hub, table, Object.fromEntries(wanted.map(({ name, type }) => [name, given[name] ?? ANY[type]])));
}

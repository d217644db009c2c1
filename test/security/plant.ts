import { newId } from '../../src/platform/id.js';
import { assignment, consent, coverage, need, patient, relatedPerson, screening } from '../caseload-factories.js';
import { insert, membership, organization, session, type Ground, type MembershipRow } from '../factories.js';

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

interface Sending {
  organizationId: string;
  userId: string;
  patientId: string;
  consentId: string;
  needId: string;
}

async function plantReferral(hub: Ground, sending: Sending): Promise<void> {
  const { organizationId, userId, patientId, consentId, needId } = sending;
  const agency = await organization(hub);
  const now = hub.clock.now();
  const [serviceId, referralId] = [newId(), newId()];
  await insert(hub, 'service', { id: serviceId, organization_id: agency.id, name: 'Food pantry' });
  const sides = { from_org_id: organizationId, to_org_id: agency.id };
  await insert(hub, 'referral', {
    id: referralId,
    ...sides,
    patient_id: patientId,
    service_id: serviceId,
    status: 'REQUESTED',
    categories: ['food-insecurity'],
    consent_id: consentId,
    shared: JSON.stringify([]),
    patient_label: 'Given F.',
    sent_by: userId,
    sent_by_name: 'Person',
    sent_at: now,
    answer_due_at: now,
  });
  await insert(hub, 'referral_need', { referral_id: referralId, need_id: needId, from_org_id: organizationId });
  await insert(hub, 'site_link', { site_id: newId(), kept_in: 'referral', row_id: referralId });
  await insert(hub, 'referral_transition', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    to_status: 'REQUESTED',
    side: 'REQUESTER',
    by_name: 'Person',
    at: now,
  });
  await insert(hub, 'referral_watcher', {
    referral_id: referralId,
    user_id: userId,
    from_org_id: organizationId,
    added_at: now,
  });
  await insert(hub, 'referral_person', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    position: 1,
    relation: 'CHILD',
  });
  await insert(hub, 'referral_draft', {
    id: newId(),
    from_org_id: organizationId,
    patient_id: patientId,
    service_id: serviceId,
    need_ids: [needId],
    household: '[]',
    kind: 'SERVICE',
    priority: 'ROUTINE',
    made_by: userId,
    made_by_name: 'Person',
    made_at: now,
    updated_at: now,
  });
  await insert(hub, 'self_request', {
    id: newId(),
    org_id: organizationId,
    service_id: serviceId,
    way: 'EMAIL',
    address: 'person@example.org',
    language: 'en',
    created_at: now,
    expires_at: now,
  });
  await insert(hub, 'referral_transfer', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    service_id: serviceId,
    proposed_by_name: 'Person',
    proposed_at: now,
  });
  const offerId = newId();
  await insert(hub, 'referral_offer', {
    id: offerId,
    from_org_id: organizationId,
    patient_id: patientId,
    kind: 'CASCADE',
    status: 'OPEN',
    need_ids: [needId],
    share: [],
    priority: 'ROUTINE',
    sent_by: userId,
    sent_by_name: 'Person',
    created_at: now,
  });
  const target = { offer_id: offerId, position: 1, service_id: serviceId, state: 'WAITING', chosen_by: 'SENDER' };
  await insert(hub, 'offer_target', { ...target, ...sides });
  await insert(hub, 'referral_clock_step', { referral_id: referralId, step: 'REMIND_SEE', ...sides, at: now });
  const messageId = newId();
  await insert(hub, 'referral_message', {
    id: messageId,
    referral_id: referralId,
    ...sides,
    author_org_id: organizationId,
    author_name: 'Person',
    body: 'Hello',
    at: now,
  });
  const fileId = newId();
  await insert(hub, 'stored_file', {
    id: fileId,
    org_id: organizationId,
    kind: 'referral-message',
    name: 'form.pdf',
    type: 'application/pdf',
    bytes: 10,
    sha256: Buffer.from(newId()),
    created_at: now,
  });
  const paper = { name: 'form.pdf', type: 'application/pdf', bytes: 10, position: 0 };
  const belongs = { message_id: messageId, referral_id: referralId, author_org_id: organizationId };
  await insert(hub, 'referral_file', { file_id: fileId, ...belongs, ...sides, ...paper });
  await insert(hub, 'referral_contact', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    how: 'PHONE',
    reached: false,
    by_name: 'Person',
    at: now,
  });
  await insert(hub, 'agency_notices', { organization_id: organizationId, updated_at: now });
  await insert(hub, 'digest_item', {
    organization_id: organizationId,
    referral_id: referralId,
    news: 'NEW',
    at: now,
    due_at: now,
  });
  await insert(hub, 'inbound_mail', { id: Buffer.from(newId()), outcome: 'UNCLEAR', at: now });
  await insert(hub, 'letter_left', { id: newId(), way: 'MAIL' });
  await insert(hub, 'referral_link', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    token_hash: Buffer.from(newId()),
    reply_hash: Buffer.from(newId()),
    created_at: now,
    expires_at: now,
  });
  await insert(hub, 'disclosure', {
    id: newId(),
    care_org_id: organizationId,
    patient_id: patientId,
    recipient_org_id: agency.id,
    referral_id: referralId,
    consent_id: consentId,
    categories: ['food-insecurity'],
    fields: ['name'],
    purpose: 'REFERRAL',
    at: now,
  });
}

/** A call to an agency, what is to be done about it, and a form that was attached to nothing yet. */
async function plantOutside(hub: Ground, sending: Sending): Promise<void> {
  const { organizationId, userId, patientId, needId } = sending;
  const now = hub.clock.now();
  const own = { care_org_id: organizationId };
  const id = newId();
  await insert(hub, 'off_platform_referral', {
    id,
    ...own,
    patient_id: patientId,
    agency_name: 'Corner church',
    how: 'PHONE',
    status: 'ASKED',
    told: 'NOTHING',
    categories: ['food-insecurity'],
    made_by: userId,
    made_by_name: 'Person',
    made_at: now,
    updated_at: now,
  });
  await insert(hub, 'off_platform_need', { referral_id: id, need_id: needId, ...own });
  const step = { status: 'ASKED', by_name: 'Person', at: now };
  await insert(hub, 'off_platform_step', { id: newId(), referral_id: id, ...own, ...step });
  await insert(hub, 'follow_up', {
    id: newId(),
    ...own,
    patient_id: patientId,
    off_platform_id: id,
    kind: 'CALL_AGENCY',
    due_on: '2026-06-22',
    assigned_to: userId,
    made_by: userId,
    made_at: now,
  });
  await insert(hub, 'text_outbox', { id: newId(), recipient: '+14105550123', body: 'Words', purpose: 'test' });
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

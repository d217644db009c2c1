import { newId } from '../../src/platform/id.js';
import { insert, organization, type Ground } from '../factories.js';

interface Sending {
  organizationId: string;
  userId: string;
  patientId: string;
  consentId: string;
  needId: string;
}

/** A referral, and at least one row in every table around it. */
export async function plantReferral(hub: Ground, sending: Sending): Promise<void> {
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
  await insert(hub, 'person_paper', {
    file_id: fileId,
    care_org_id: organizationId,
    patient_id: patientId,
    what: 'FORM',
    private: false,
    name: 'form.pdf',
    type: 'application/pdf',
    bytes: 10,
    sent_at: now,
  });
  await insert(hub, 'referral_contact', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    how: 'PHONE',
    reached: false,
    by_name: 'Person',
    at: now,
  });
  await insert(hub, 'phone_answer', {
    id: newId(),
    referral_id: referralId,
    ...sides,
    answer: 'ACCEPT',
    said_by: 'Somebody',
    said_at: now,
    recorded_by: userId,
    recorded_by_name: 'Person',
    recorded_at: now,
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
export async function plantOutside(hub: Ground, sending: Sending): Promise<void> {
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

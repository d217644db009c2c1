-- The queues that the index by status cannot walk in their order, each with an index of its own rows alone: what was
-- finished and followed up, nearly everything in time, is in none of them. Included: what the fence and the counts read.
create index referral_in_work on hub.referral (to_org_id, answer_due_at, id) include (from_org_id, status)
  where status in ('ACCEPTED', 'IN_PROGRESS');
create index referral_open on hub.referral (from_org_id, (status <> 'REQUESTED'), answer_due_at, id) include (to_org_id, status, patient_id, sent_by)
  where status in ('REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD');
create index referral_to_confirm on hub.referral (from_org_id, sent_at desc, id desc) include (to_org_id, status, patient_id, sent_by)
  where status = 'COMPLETED' and patient_confirmation is null;
create index referral_declined on hub.referral (from_org_id, sent_at desc, id desc) include (to_org_id, status, patient_id, sent_by)
  where status in ('REJECTED', 'FAILED') and patient_confirmation is null;

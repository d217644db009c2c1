-- What an agency has not answered: urgent ones first, each by the clock. The index is walked in this order.
create index referral_urgent_first on hub.referral (to_org_id, (priority <> 'URGENT'), answer_due_at, id) include (from_org_id, status)
  where status = 'REQUESTED' and clock_paused_at is null;

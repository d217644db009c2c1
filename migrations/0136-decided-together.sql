-- What was decided of several listings together: shown as one, and taken back as one.
alter table hub.retire_proposal add column batch_id uuid;
create index retire_proposal_batch on hub.retire_proposal (batch_id, entity, id) where batch_id is not null;
-- The latest of them, and what waits by kind.
create index retire_proposal_decided on hub.retire_proposal (decided_at desc) where batch_id is not null;
create index retire_proposal_kind on hub.retire_proposal (entity, id) where decision is null;

-- What a source's value was put in place of, and what stood there then: to be taken back.
alter table hub.import_conflict add column taken jsonb;

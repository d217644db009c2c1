-- What was decided of several differences together: shown as one, and taken back as one.
alter table hub.import_conflict add column batch_id uuid;
create index import_conflict_batch on hub.import_conflict (batch_id, id) where batch_id is not null;
create index import_conflict_decided on hub.import_conflict (decided_at desc) where batch_id is not null;

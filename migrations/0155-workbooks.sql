-- Workbooks of Excel come in as they are.
alter table hub.import_upload drop constraint import_upload_kind_check;
alter table hub.import_upload add constraint import_upload_kind_check check (kind in ('zip', 'xlsx', 'csv', 'json', 'ndjson', 'xml'));

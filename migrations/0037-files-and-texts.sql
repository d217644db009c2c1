-- Text messages waiting to leave, beside mail_outbox. Written and read by tasks only: it holds numbers.
create table hub.text_outbox (
  id uuid primary key,
  recipient text not null check (recipient ~ '^\+[1-9][0-9]{6,14}$'),
  body text not null check (length(body) between 1 and 1000),
  purpose text not null,
  created_at timestamptz not null default now()
);
create index text_outbox_created on hub.text_outbox (created_at desc);
alter table hub.text_outbox enable row level security;
create policy text_outbox_task on hub.text_outbox to hub_task using (true) with check (true);
grant select, insert, update, delete on hub.text_outbox to hub_task;

-- A file that somebody sent. Its bytes lie outside the database under its id; what it belongs to says who else may open
-- it. Without attached_at it belongs to nothing yet, and goes after a day.
create table hub.stored_file (
  id uuid primary key,
  org_id uuid not null references hub.organization,
  kind text not null check (kind ~ '^[a-z][a-z-]{1,39}$'),
  name text not null check (length(name) between 1 and 200),
  type text not null check (length(type) between 3 and 100),
  bytes integer not null check (bytes > 0),
  sha256 bytea not null,
  -- null for a file that came by a link, whose id stands beside it.
  created_by uuid references hub.user_account,
  link_id uuid,
  created_at timestamptz not null,
  attached_at timestamptz
);
create index stored_file_owner on hub.stored_file (org_id, created_at);
create index stored_file_waiting on hub.stored_file (created_at) where attached_at is null;
create index stored_file_creator on hub.stored_file (created_by);
call hub.fence('stored_file', 'org_id = hub.org()', 'select, insert, update');
revoke update on hub.stored_file from hub_app;
grant update (attached_at) on hub.stored_file to hub_app;

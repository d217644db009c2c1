-- That a letter or a text message left, by its id and nothing else: a job that failed or was killed half way sends, when it
-- runs again, only what did not leave.
create table hub.letter_left (
  id uuid not null,
  way text not null check (way in ('MAIL', 'TEXT')),
  at timestamptz not null default now(),
  primary key (id, way)
);
alter table hub.letter_left enable row level security;
create policy letter_left_task on hub.letter_left to hub_task using (true) with check (true);
grant select, insert, delete on hub.letter_left to hub_task;

-- Mail that came in as an answer to a letter: that it was dealt with, and nothing of what it says. A mail server that
-- delivers twice is told the same twice.
create table hub.inbound_mail (
  id bytea primary key,
  link_id uuid references hub.referral_link on delete set null,
  outcome text not null,
  at timestamptz not null
);
create index inbound_mail_at on hub.inbound_mail (at);
create index inbound_mail_link on hub.inbound_mail (link_id);
alter table hub.inbound_mail enable row level security;
create policy inbound_mail_task on hub.inbound_mail to hub_task using (true) with check (true);
grant select, insert, update, delete on hub.inbound_mail to hub_task;

-- How an agency wants to hear of referrals: a letter for each, one a day, or none; urgent ones always at once.
create table hub.agency_notices (
  organization_id uuid primary key references hub.organization,
  letters text not null default 'EACH' check (letters in ('EACH', 'DAILY', 'NONE')),
  digest_hour integer not null default 8 check (digest_hour between 0 and 23),
  text_phone text check (text_phone ~ '^\+[1-9][0-9]{6,14}$'),
  version integer not null default 1,
  updated_at timestamptz not null,
  updated_by uuid references hub.user_account
);
call hub.fence('agency_notices', 'organization_id = hub.org()', 'select, insert, update');

-- What waits for the letter of the day.
create table hub.digest_item (
  organization_id uuid not null references hub.organization,
  referral_id uuid not null references hub.referral,
  news text not null check (news in ('NEW', 'MESSAGE', 'WITHDRAWN')),
  at timestamptz not null,
  -- When the letter that tells it leaves.
  due_at timestamptz not null,
  primary key (organization_id, referral_id, news)
);
create index digest_item_due on hub.digest_item (due_at, organization_id);
create index digest_item_referral on hub.digest_item (referral_id);
alter table hub.digest_item enable row level security;
create policy digest_item_task on hub.digest_item to hub_task using (true) with check (true);
grant select, insert, update, delete on hub.digest_item to hub_task;

-- Two curators who change the same synonym: the second is told, and overwrites nothing.
alter table hub.search_synonym add column version integer not null default 1;

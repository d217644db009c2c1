-- The PostgreSQL search engine's one denormalised table: a row per service at location, or per service without a site.
create table hub.search_document (
  id uuid primary key,
  service_id uuid not null,
  location_id uuid,
  organization_id uuid not null,
  name text not null,
  organization_name text not null,
  summary text not null default '',
  keywords text not null default '',
  categories text[] not null default '{}',
  term_ids uuid[] not null default '{}',
  languages text[] not null default '{}',
  city text,
  county text,
  state text,
  zip text,
  latitude double precision,
  longitude double precision,
  covers text[] not null default '{}',
  is_free boolean,
  takes_referrals boolean not null default false,
  capacity_status text,
  capacity_updated_at timestamptz,
  assured_date date,
  has_interpreter boolean not null default false,
  accessible boolean not null default false,
  version bigint not null default 0,
  words tsvector not null default ''::tsvector,
  lexemes text not null default ''
);
create index search_document_words on hub.search_document using gin (words);
create index search_document_lexemes on hub.search_document using gin (lexemes gin_trgm_ops);
create index search_document_name on hub.search_document using gin (hub.fold(name) gin_trgm_ops);
create index search_document_place on hub.search_document using gist (public.ll_to_earth(latitude, longitude)) where latitude is not null;
create index search_document_categories on hub.search_document using gin (categories);
create index search_document_covers on hub.search_document using gin (covers);
create index search_document_service on hub.search_document (service_id);
create index search_document_organization on hub.search_document (organization_id);

-- Every word the documents use, for spelling: a typed word is matched to known words by trigram.
create table hub.search_word (
  word text primary key,
  documents integer not null
);
create index search_word_trgm on hub.search_word using gin (word gin_trgm_ops);

-- Synonyms and colloquial phrases, data that a curator can edit; loaded from seeds/synonyms.json.
create table hub.search_synonym (
  id uuid primary key,
  phrase text not null unique,
  means text[] not null,
  category text,
  language text not null default 'en',
  updated_at timestamptz not null default now()
);
grant select on hub.search_document, hub.search_word, hub.search_synonym to hub_app;
grant insert, update, delete on hub.search_synonym to hub_app;
grant select, insert, update, delete on hub.search_document, hub.search_word, hub.search_synonym to hub_task;

-- Groups of leads that a person made by hand (F048); a list is a tag. Tags are in lower case.
create table lead_tags (
  tenant_id text collate "C" not null,
  tag text collate "C" not null,
  lead_id text collate "C" not null,
  primary key (tenant_id, tag, lead_id)
);
create index lead_tags_lead on lead_tags (tenant_id, lead_id);
select grant_tenant_table('lead_tags');

-- Keyed fingerprints of the words of a title and of the industry, which are sealed: by these a segment finds them.
alter table leads add column words text[] not null default '{}';

-- The same the other way round. A table and not an index over the array: row level security lets an index be asked only
-- by operators that cannot leak, and those of arrays may.
create table lead_words (
  tenant_id text collate "C" not null,
  word text collate "C" not null,
  lead_id text collate "C" not null,
  primary key (tenant_id, word, lead_id)
);
select grant_tenant_table('lead_words');

create index leads_time_zone on leads (tenant_id, time_zone, lead_id) where time_zone <> '';

-- Filters by name. They name companies, roles and tags, never a person.
create table segments (
  tenant_id text collate "C" not null,
  segment_id text collate "C" not null,
  name text not null,
  -- The name as it is compared and sorted: capitals make no other name.
  name_key text collate "C" not null,
  filter jsonb not null,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, segment_id),
  constraint segments_name_key unique (tenant_id, name_key)
);
select grant_tenant_table('segments');

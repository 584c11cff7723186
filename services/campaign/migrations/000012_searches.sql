-- A people search that fills the import of the same id, page by page. The cursor moves in the transaction that keeps the
-- rows of its page, so a process that dies repeats a page at most, and none of its people.
create table searches (
  tenant_id text collate "C" not null,
  search_id text collate "C" not null,
  campaign_id text collate "C" not null,
  identity_id text collate "C" not null,
  search_url text not null,
  name text not null,
  max_leads integer not null,
  -- Leads are made without anybody looking at the verdicts first.
  commits boolean not null,
  status text not null check (status in ('reading', 'ended')),
  -- While it reads: why it waits; at its end: why it ended.
  reason text not null default '',
  next_at timestamptz not null,
  cursor text not null default '',
  -- When the provider gave the cursor: it lives a day.
  cursor_at timestamptz,
  -- Grows with whatever was read, so that of two that read the same page one is kept.
  turns integer not null default 0,
  pages integer not null default 0,
  people integer not null default 0,
  -- Beginnings from the first page since anybody new was found.
  restarts integer not null default 0,
  meta jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, search_id)
);
create index searches_due on searches (next_at) where status = 'reading';
create index searches_of_campaign on searches (tenant_id, campaign_id, search_id);
create index searches_of_identity on searches (tenant_id, identity_id) where status = 'reading';
select grant_tenant_table('searches');

-- Under which names people were found: pages overlap, and each person is one row. Cleared with what the import staged.
create table search_names (
  tenant_id text collate "C" not null,
  search_id text collate "C" not null,
  fingerprint text collate "C" not null,
  primary key (tenant_id, search_id, fingerprint)
);
select grant_tenant_table('search_names');

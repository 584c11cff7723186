create table imports (
  tenant_id text collate "C" not null,
  import_id text collate "C" not null,
  -- Empty: into the workspace only.
  campaign_id text collate "C" not null default '',
  file_name text not null,
  mapping jsonb not null,
  status text not null check (status in ('receiving', 'checked', 'committing', 'committed', 'failed')),
  -- The number the next batch must have.
  next_batch integer not null default 0,
  rows integer not null default 0,
  last_row integer not null default 0,
  importable integer not null default 0,
  imported integer not null default 0,
  duplicates integer not null default 0,
  rejected integer not null default 0,
  -- Who committed it, for the events of its leads.
  meta jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, import_id)
);
create index imports_committing on imports (tenant_id, import_id) where status = 'committing';
select grant_tenant_table('imports');

-- One verdict per row of the file, a batch at a time; names nobody.
create table import_batches (
  tenant_id text collate "C" not null,
  import_id text collate "C" not null,
  batch integer not null,
  last_row integer not null,
  -- [{rowNo, verdict, reason, duplicateOfRow, leadId}, …] in the order of the file. `importable` becomes imported by
  -- the commit of the import.
  verdicts jsonb not null,
  primary key (tenant_id, import_id, batch)
);
select grant_tenant_table('import_batches');

-- The people of an import that are not leads yet, sealed under their own keys. A commit moves rows from here to leads in
-- batches, in the transaction of their events: what is left is what is left to do, after any crash.
create table import_staged (
  tenant_id text collate "C" not null,
  import_id text collate "C" not null,
  row_no integer not null,
  batch integer not null,
  lead_id text collate "C" not null,
  fingerprint text collate "C" not null,
  company text collate "C" not null,
  time_zone text not null,
  -- Absent for a person who is a lead of the workspace already.
  sealed json,
  primary key (tenant_id, import_id, row_no),
  constraint import_staged_fingerprint_key unique (tenant_id, import_id, fingerprint)
);
select grant_tenant_table('import_staged');

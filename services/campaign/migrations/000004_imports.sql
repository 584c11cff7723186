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
  -- The name of the last person a commit has dealt with; whoever comes after it is still to do.
  after_name text collate "C" not null default '',
  importable integer not null default 0,
  imported integer not null default 0,
  duplicates integer not null default 0,
  rejected integer not null default 0,
  -- Nothing of it is staged any more.
  cleared boolean not null default false,
  -- Who committed it, for the events of its leads.
  meta jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, import_id)
);
create index imports_committing on imports (tenant_id, import_id) where status = 'committing';
create index imports_kept on imports (created_at) where not cleared;
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

-- Whom an import brings, by name: the file's duplicates, and whom a commit deals with, in the order of the key, which is
-- also the order in which their names are cheapest to write. Cleared a week after the import began.
create table import_staged (
  tenant_id text collate "C" not null,
  import_id text collate "C" not null,
  fingerprint text collate "C" not null,
  row_no integer not null,
  batch integer not null,
  lead_id text collate "C" not null,
  company text collate "C" not null,
  primary key (tenant_id, import_id, fingerprint)
);
select grant_tenant_table('import_staged');

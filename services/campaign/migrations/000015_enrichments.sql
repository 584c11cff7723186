alter table leads
  -- When its profile was last read (F050); null: never since it came.
  add column enriched_at timestamptz;

-- Profiles to be read again, of one lead or of a campaign, one lead at a time in the order of their ids. Where it is moves
-- in the transaction that keeps what was read.
create table enrichments (
  tenant_id text collate "C" not null,
  enrichment_id text collate "C" not null,
  -- One of the two is empty.
  campaign_id text collate "C" not null,
  lead_id text collate "C" not null,
  identity_id text collate "C" not null,
  -- Whoever was read at this moment or later is fresh.
  fresh_since timestamptz not null,
  status text not null check (status in ('reading', 'ended')),
  -- While it reads: why it waits; at its end: why it ended.
  reason text not null default '',
  next_at timestamptz not null,
  after_lead_id text collate "C" not null default '',
  -- Grows with whatever was asked, so that of two that ask for the same lead one is kept.
  turns integer not null default 0,
  -- As counted when it began.
  to_read integer not null,
  fresh integer not null,
  read integer not null default 0,
  renewed integer not null default 0,
  not_accessible integer not null default 0,
  -- Reads of the identity's day.
  cost integer not null default 0,
  meta jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (tenant_id, enrichment_id)
);
create index enrichments_due on enrichments (next_at) where status = 'reading';
create index enrichments_of_identity on enrichments (tenant_id, identity_id) where status = 'reading';
select grant_tenant_table('enrichments');

-- The read model of the campaign streams; `version` is the stream's.
create table campaigns (
  tenant_id text collate "C" not null,
  campaign_id text collate "C" not null,
  name text not null,
  type text not null check (type in ('connector', 'messenger')),
  status text not null check (status in ('draft', 'launched', 'paused', 'finished', 'archived')),
  identity_ids text[] not null,
  sequence_version integer not null,
  schedule jsonb not null,
  created_at timestamptz not null,
  launched_at timestamptz,
  version integer not null,
  primary key (tenant_id, campaign_id)
);
select grant_tenant_table('campaigns');
-- The worker's look-ups across tenants: which campaigns run.
create index campaigns_launched on campaigns (tenant_id, campaign_id) where status = 'launched';

-- The texts and delays. A version that was launched never changes: what was sent stays provable (I11).
create table sequences (
  tenant_id text collate "C" not null,
  campaign_id text collate "C" not null,
  version integer not null,
  steps jsonb not null,
  accept_within_days integer not null,
  primary key (tenant_id, campaign_id, version)
);
select grant_tenant_table('sequences');

-- Open or closed, one row each; every intent holds its rows in share mode until it commits (P5, P7).
-- kind: workspace, campaign, identity (paused by a person or a breaker), login (of an identity). The epoch of a
-- login is its generation; of the others it counts the changes, so that a resume can name its pause (I8).
create table gates (
  tenant_id text collate "C" not null,
  kind text collate "C" not null check (kind in ('workspace', 'campaign', 'identity', 'login')),
  gate_id text collate "C" not null,
  open boolean not null,
  cause text not null default '',
  epoch integer not null default 0,
  changed_at timestamptz not null,
  primary key (tenant_id, kind, gate_id)
) with (fillfactor = 70);
select grant_tenant_table('gates');

-- What this service needs to know of an identity: how long a text its tier may send.
create table identities (
  tenant_id text collate "C" not null,
  identity_id text collate "C" not null,
  tier text not null,
  primary key (tenant_id, identity_id)
);
select grant_tenant_table('identities');

-- Accounts that act, and when each is looked at next. Names of persons are keyed fingerprints throughout.
create table identities (
  tenant_id text not null,
  identity_id text not null,
  name text not null,
  provider text not null,
  account_ref text not null,
  time_zone text not null,
  tier text not null,
  login text not null default 'valid' check (login in ('valid', 'expired')),
  generation integer not null default 1,
  login_since timestamptz not null,
  paused_because text,
  version integer not null,
  own_names text[] not null default '{}',
  connections_read_at timestamptz,
  conversations_read_at timestamptz,
  next_sweep_at timestamptz not null,
  login_check boolean not null default false,
  created_at timestamptz not null,
  primary key (tenant_id, identity_id),
  unique (tenant_id, provider, account_ref)
);
create index identities_due on identities (next_sweep_at);
create index identities_by_account on identities (provider, account_ref);
select grant_tenant_table('identities', 'select, insert, update');

-- Leads whose replies and acceptances matter, per identity that talks to them.
create table followed_leads (
  tenant_id text not null,
  identity_id text not null,
  lead_id text not null,
  since timestamptz not null,
  connected_at timestamptz,
  replied_at timestamptz,
  primary key (tenant_id, identity_id, lead_id)
);
select grant_tenant_table('followed_leads', 'select, insert, update');

create table lead_names (
  tenant_id text not null,
  fingerprint text not null,
  lead_id text not null,
  primary key (tenant_id, fingerprint, lead_id)
);
create index lead_names_by_lead on lead_names (tenant_id, lead_id);
select grant_tenant_table('lead_names', 'select, insert');

-- What the last sweeps saw. A person has one row for each name they were seen under.
create table connections (
  tenant_id text not null,
  identity_id text not null,
  fingerprint text not null,
  connected_at timestamptz not null,
  primary key (tenant_id, identity_id, fingerprint)
);
select grant_tenant_table('connections', 'select, insert, update');

create table conversations (
  tenant_id text not null,
  identity_id text not null,
  fingerprint text not null,
  thread text not null,
  last_message_id text not null,
  last_message_at timestamptz not null,
  last_from_lead boolean not null,
  primary key (tenant_id, identity_id, fingerprint)
);
select grant_tenant_table('conversations', 'select, insert, update');

-- One row per action that was ever claimed: where its present attempt stands and who works on it.
create table attempts (
  tenant_id text not null,
  action_id text not null,
  identity_id text not null,
  enrollment_id text not null,
  campaign_id text not null,
  lead_id text not null,
  kind text not null,
  epoch integer not null,
  status text not null,
  label text not null default '',
  detail text not null default '',
  -- What a read-back compares with: keyed name of the person, hash of the text, thread if there was one.
  person text not null default '',
  text_sha256 text not null default '',
  thread text not null default '',
  read_backs_at timestamptz[] not null default '{}',
  started_at timestamptz,
  settled_at timestamptz,
  -- When there is something to do; null once settled. Business time.
  due_at timestamptz,
  -- Who works on it, fenced by owner_epoch; database time, never virtual.
  owner bigint,
  owner_epoch integer not null default 0,
  held_until timestamptz,
  primary key (tenant_id, action_id)
);
create index attempts_due on attempts (due_at) where due_at is not null;
create index attempts_held on attempts (identity_id) where held_until is not null;
select grant_tenant_table('attempts', 'select, insert, update');

-- Who may call: workspaces and their keys. Only hashes of keys are kept.
create table workspaces (
  tenant_id text not null primary key,
  name text not null,
  created_at timestamptz not null,
  -- The end of the audit log's chain; its row lock keeps the numbers without holes.
  audit_number bigint not null default 0,
  audit_hash text not null default ''
);
select grant_tenant_table('workspaces', 'select, insert, update');

create table api_keys (
  tenant_id text not null,
  key_id text not null,
  name text not null,
  secret_sha256 text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, key_id),
  foreign key (tenant_id) references workspaces
);
-- A request names only its key; which workspace it belongs to is what we look up.
create unique index api_keys_by_id on api_keys (key_id);
select grant_tenant_table('api_keys', 'select, insert, update');

-- Answers to writes that carried an Idempotency-Key, so that a repeat gets the same one. Sealed: they may name people.
create table idempotency_records (
  tenant_id text not null,
  key_sha256 text not null,
  request_sha256 text not null,
  -- in_flight, answered
  status text not null,
  locked_until timestamptz not null,
  expires_at timestamptz not null,
  response_status integer,
  response_sealed_by text,
  response_box bytea,
  primary key (tenant_id, key_sha256)
);
create index idempotency_records_by_expiry on idempotency_records (expires_at);
select grant_tenant_table('idempotency_records');

-- Append-only, each entry hashed over the one before it.
create table audit_entries (
  tenant_id text not null,
  number bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  status integer not null,
  address text not null,
  request_id text not null,
  hash text not null,
  primary key (tenant_id, number)
);
select grant_tenant_table('audit_entries', 'select, insert');

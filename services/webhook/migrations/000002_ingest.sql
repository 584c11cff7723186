-- Addresses for providers' callbacks. The token is in the path, so only its hash is kept.
create table hooks (
  tenant_id text not null,
  provider text not null,
  token_sha256 text not null,
  secret_sha256 text not null,
  created_at timestamptz not null,
  primary key (tenant_id, token_sha256)
);
create unique index hooks_by_token on hooks (token_sha256);
select grant_tenant_table('hooks', 'select, insert');

-- What came in, as it came; each notice once.
create table ingest (
  tenant_id text not null,
  ingest_id text not null,
  provider text not null,
  natural_key text not null,
  kind text not null,
  body bytea not null,
  received_at timestamptz not null,
  primary key (tenant_id, ingest_id),
  unique (tenant_id, provider, natural_key)
);
select grant_tenant_table('ingest', 'select, insert');

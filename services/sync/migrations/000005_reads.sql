-- What an identity looks up for somebody else, beside its own sweeps: each read of the last 24 hours. Names nobody.
create table identity_reads (
  tenant_id text not null,
  identity_id text not null,
  read_id text not null,
  kind text not null check (kind in ('search', 'profile')),
  at timestamptz not null,
  primary key (tenant_id, identity_id, read_id)
);
create index identity_reads_window on identity_reads (tenant_id, identity_id, kind, at);
select grant_tenant_table('identity_reads', 'select, insert, delete');

-- When an identity may look up the next: one read at a time, at the pace of a person. While one is under way, when it is
-- given up for lost.
create table identity_pace (
  tenant_id text not null,
  identity_id text not null,
  next_read_at timestamptz not null,
  primary key (tenant_id, identity_id)
);
select grant_tenant_table('identity_pace', 'select, insert, update');

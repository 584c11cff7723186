-- How far a consumer has handled each stream: one row per stream, moved in the handler's own transaction.
create table progress (
  tenant_id text collate "C" not null,
  consumer text collate "C" not null,
  stream_id text collate "C" not null,
  version integer not null,
  -- By how many events the last move went on: a move is made only from the version it was meant for.
  step integer not null,
  primary key (tenant_id, consumer, stream_id)
) with (fillfactor = 80);

-- An event that no try could handle, by reference: the event itself stays with its owner.
create table dead_letters (
  tenant_id text collate "C" not null,
  dead_letter_id text collate "C" not null,
  consumer text collate "C" not null,
  context text collate "C" not null,
  stream_id text collate "C" not null,
  version integer not null,
  event_id text collate "C" not null,
  event_type text collate "C" not null,
  error text not null,
  stack text not null,
  tries integer not null,
  first_failed_at timestamptz not null,
  last_failed_at timestamptz not null,
  status text not null check (status in ('parked', 'released')),
  primary key (tenant_id, dead_letter_id),
  constraint dead_letters_event_key unique (tenant_id, consumer, stream_id, version)
);

-- Streams that wait for the release of a dead letter; all other streams go on.
create table parked_streams (
  tenant_id text collate "C" not null,
  consumer text collate "C" not null,
  stream_id text collate "C" not null,
  dead_letter_id text collate "C" not null,
  parked_at timestamptz not null,
  -- The last version that arrived and was left to the release.
  seen_version integer not null,
  primary key (tenant_id, consumer, stream_id)
);

-- How far each bucket has been published; how far into the event stream that went, and which event went that far.
create table relay_cursors (
  tenant_id text collate "C" not null,
  bucket smallint not null,
  position bigint not null default 0,
  stream_created text collate "C" not null default '',
  stream_sequence bigint not null default 0,
  stream_event_id text collate "C" not null default '',
  primary key (tenant_id, bucket)
) with (fillfactor = 50);

select grant_tenant_table('progress');
select grant_tenant_table('dead_letters');
select grant_tenant_table('parked_streams');
select grant_tenant_table('relay_cursors');

-- Who may work on what, until when, by the database's clock. The epoch grows with each change of owner.
create table leases (
  name text collate "C" primary key,
  owner text collate "C" not null,
  epoch bigint not null,
  expires_at timestamptz not null
) with (fillfactor = 50);

do $$
begin
  execute format('grant select, insert, update, delete on leases to %I, %I',
    current_schema() || '_app', current_schema() || '_worker');
end
$$;

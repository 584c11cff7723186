-- Ids compare by bytes ("C"): faster, and the same order on every server.
create table streams (
  tenant_id text collate "C" not null,
  stream_id text collate "C" not null,
  version integer not null,
  -- The bucket a stream was born in, for ever: more buckets for a tenant touch new streams only.
  bucket smallint not null,
  primary key (tenant_id, stream_id)
) with (fillfactor = 85);

create table bucket_head (
  tenant_id text collate "C" not null,
  bucket smallint not null check (bucket between 0 and 63),
  head bigint not null default 0,
  primary key (tenant_id, bucket)
) with (fillfactor = 20);

create table events (
  tenant_id text collate "C" not null,
  stream_id text collate "C" not null,
  version integer not null,
  bucket smallint not null,
  position bigint not null,
  event_id text collate "C" not null,
  type text not null,
  schema_version smallint not null,
  data jsonb not null,
  meta jsonb not null,
  recorded_at timestamptz not null,
  primary key (tenant_id, stream_id, version),
  constraint events_event_id_key unique (tenant_id, event_id),
  constraint events_position_key unique (tenant_id, bucket, position)
);

select grant_tenant_table('streams', 'select, insert, update (version)');
select grant_tenant_table('bucket_head', 'select, insert, update (head)');
-- No event is ever changed or removed (I16).
select grant_tenant_table('events', 'select, insert');

-- Appends to many streams at once, each request all or nothing by itself; a request whose expected version is not
-- the stream's comes back with appended = false and never fails the others. A stream may occur once per call.
-- Lock order, the same for every caller: births sorted, known streams sorted, then bucket heads sorted and last.
-- The head's row lock makes positions follow the order of commits, and a rollback leaves no hole.
create function append_events(
  tenants text[], stream_ids text[], expected integer[], counts integer[],
  event_ids text[], types text[], schema_versions smallint[], data text[], meta text[],
  recorded timestamptz
)
returns table (appended boolean, version integer, bucket smallint, first_position bigint)
language plpgsql
set search_path from current
as $$
#variable_conflict use_column
declare
  buckets smallint[];
begin
  with asked as (
    select * from unnest(tenants, stream_ids, expected, counts) with ordinality
      as a (tenant_id, stream_id, expected, amount, request)
  ), shares as (
    select t.tenant_id, greatest(1, count(h.bucket))::integer as amount
    from (select distinct tenant_id from asked where expected = 0) t
    left join bucket_head h using (tenant_id) group by t.tenant_id
  ), born as (
    insert into streams (tenant_id, stream_id, version, bucket)
    select a.tenant_id, a.stream_id, a.amount, (hashtext(a.stream_id) & 2147483647) % s.amount
    from asked a join shares s using (tenant_id)
    where a.expected = 0
    order by a.tenant_id, a.stream_id
    on conflict do nothing
    returning tenant_id, stream_id, bucket
  )
  select array_agg(b.bucket order by a.request) into buckets
  from asked a left join born b using (tenant_id, stream_id);

  if exists (select from unnest(expected) e where e > 0) then
    perform from streams s join unnest(tenants, stream_ids, expected) as a (tenant_id, stream_id, expected)
        using (tenant_id, stream_id)
      where a.expected > 0
      order by s.tenant_id, s.stream_id for no key update of s;
    with asked as (
      select * from unnest(tenants, stream_ids, expected, counts, buckets) with ordinality
        as a (tenant_id, stream_id, expected, amount, bucket, request)
    ), grown as (
      update streams s set version = s.version + a.amount from asked a
      where s.tenant_id = a.tenant_id and s.stream_id = a.stream_id
        and a.expected > 0 and s.version = a.expected
      returning s.tenant_id, s.stream_id, s.bucket
    )
    select array_agg(coalesce(g.bucket, a.bucket) order by a.request) into buckets
    from asked a left join grown g using (tenant_id, stream_id);
  end if;

  return query
  with asked as (
    select *, (sum(amount) over (order by request) - amount)::integer as offset_events
    from unnest(tenants, stream_ids, expected, counts, buckets) with ordinality
      as a (tenant_id, stream_id, expected, amount, bucket, request)
  ), totals as (
    select tenant_id, bucket, sum(amount)::bigint as amount from asked
    where bucket is not null group by tenant_id, bucket
  ), heads as (
    insert into bucket_head as h (tenant_id, bucket, head)
    select tenant_id, bucket, amount from totals order by tenant_id, bucket
    on conflict (tenant_id, bucket) do update set head = h.head + excluded.head
    returning h.tenant_id, h.bucket, h.head
  ), placed as (
    select a.*, h.head - t.amount
        + sum(a.amount) over (partition by a.tenant_id, a.bucket order by a.request) - a.amount as before
    from asked a join totals t using (tenant_id, bucket) join heads h using (tenant_id, bucket)
  ), written as (
    insert into events
    select p.tenant_id, p.stream_id, p.expected + (e.ordinal - p.offset_events)::integer, p.bucket,
      p.before + e.ordinal - p.offset_events, e.event_id, e.type, e.schema_version,
      e.data::jsonb, e.meta::jsonb, recorded
    from placed p
    join lateral unnest(event_ids, types, schema_versions, data, meta) with ordinality
      as e (event_id, type, schema_version, data, meta, ordinal)
      on e.ordinal > p.offset_events and e.ordinal <= p.offset_events + p.amount
  )
  select a.bucket is not null,
    case when a.bucket is null then coalesce(s.version, 0) else a.expected + a.amount end,
    a.bucket, p.before + 1
  from asked a
  left join placed p using (request)
  left join streams s on a.bucket is null and s.tenant_id = a.tenant_id and s.stream_id = a.stream_id
  order by a.request;
end
$$;

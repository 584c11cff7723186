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

-- A tenant has as many buckets as it has heads, one at first; this gives a large one more, for its new streams.
create function add_buckets(tenant text, total integer) returns void
language sql
begin atomic
  insert into bucket_head (tenant_id, bucket)
  select tenant, b from generate_series(0, total - 1) b on conflict do nothing;
end;

-- Appends to many streams at once, each request all or nothing by itself; a request whose expected version is not
-- the stream's comes back with appended = false and never fails the others. A stream may occur once per call.
-- Requests and events come as columns; event_requests says which request (from 1) an event belongs to.
--
-- Lock order, the same for every caller: new streams sorted, known streams sorted, bucket heads sorted and last.
-- The head's row lock makes positions follow the order of commits, and a rollback leaves no hole.
--
-- The settings leave one plan, whatever the statistics say: streams are looked up by key, one after another in the
-- sorted order. A plan made while the table was small once read all of it for every append. What belongs together
-- is put together in loops, not by joins; subscripts are O(1) here, because plpgsql unpacks its arrays.
create function append_events(
  tenants text[], stream_ids text[], expected integer[], counts integer[], recorded timestamptz[],
  event_requests integer[], event_versions integer[], event_ids text[], types text[],
  schema_versions smallint[], data jsonb, meta jsonb
)
returns table (appended boolean, version integer, bucket smallint, first_position bigint)
language plpgsql
set search_path from current
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set enable_material = off
set jit = off
as $$
#variable_conflict use_column
declare
  requests constant integer := cardinality(tenants);
  -- By request: the stream's bucket, and the position before the first event; -1 marks a conflict.
  buckets smallint[] := array_fill(-1::smallint, array[requests]);
  befores bigint[] := array_fill(-1::bigint, array[requests]);
  -- By request for a new stream: how many buckets its tenant has.
  totals integer[] := array_fill(0, array[requests]);
  sorted integer[];
  last_tenant text;
  last_bucket smallint;
  total integer;
  done_requests integer[];
  done_tenants text[];
  done_streams text[];
  done_buckets smallint[];
  heads bigint[];
  head bigint;
  next integer;
  r integer;
begin
  if 0 = any (expected) then
    sorted := array(
      select r from generate_series(1, requests) r where expected[r] = 0
      order by tenants[r] collate "C", stream_ids[r] collate "C"
    );
    -- A tenant's first head is born here, so that whoever needs one later finds it.
    foreach r in array sorted loop
      if last_tenant is distinct from tenants[r] then
        last_tenant := tenants[r];
        select 1 + max(h.bucket) into total from bucket_head h where h.tenant_id = last_tenant;
        if total is null then
          insert into bucket_head (tenant_id, bucket) values (last_tenant, 0) on conflict do nothing;
          total := 1;
        end if;
      end if;
      totals[r] := total;
    end loop;
    with born as (
      insert into streams (tenant_id, stream_id, version, bucket)
      select tenants[r], stream_ids[r], counts[r],
        (hashtext(stream_ids[r]) & 2147483647) % totals[r]
      from unnest(sorted) r
      on conflict do nothing
      returning tenant_id, stream_id, bucket
    )
    select array_agg(tenant_id), array_agg(stream_id), array_agg(bucket)
    into done_tenants, done_streams, done_buckets from born;
    -- They come back as they were inserted, in the sorted order, without those that existed.
    next := 1;
    foreach r in array sorted loop
      if tenants[r] = done_tenants[next] and stream_ids[r] = done_streams[next] then
        buckets[r] := done_buckets[next];
        next := next + 1;
      end if;
    end loop;
    if next <= cardinality(done_streams) then
      raise exception 'New streams came back out of order.';
    end if;
  end if;

  if 0 < any (expected) then
    with grown as (
      update streams s set version = s.version + a.amount
      from (
        select r, tenants[r] as tenant_id, stream_ids[r] as stream_id, expected[r] as expected,
          counts[r] as amount
        from generate_series(1, requests) r where expected[r] > 0
        order by tenants[r] collate "C", stream_ids[r] collate "C"
      ) a
      where s.tenant_id = a.tenant_id and s.stream_id = a.stream_id and s.version = a.expected
      returning a.r, s.bucket
    )
    select array_agg(r), array_agg(bucket) into done_requests, done_buckets from grown;
    for i in 1 .. coalesce(cardinality(done_requests), 0) loop
      buckets[done_requests[i]] := done_buckets[i];
    end loop;
  end if;

  sorted := array(
    select r from generate_series(1, requests) r where buckets[r] >= 0
    order by tenants[r] collate "C", buckets[r], r
  );
  -- Those who wait for a head stand in a queue of their own: waiting for the row itself, all would wake at every commit
  -- and look for its newest version. The row's lock is still what makes positions right.
  last_tenant := null;
  foreach r in array sorted loop
    if last_tenant is distinct from tenants[r] or last_bucket is distinct from buckets[r] then
      last_tenant := tenants[r];
      last_bucket := buckets[r];
      perform pg_advisory_xact_lock(
        hashtextextended('head ' || last_bucket || ' ' || last_tenant, 0)
      );
    end if;
  end loop;
  with grown as (
    update bucket_head h set head = h.head + a.amount
    from (
      select tenants[r] collate "C" as tenant_id, buckets[r] as bucket, sum(counts[r]) as amount
      from unnest(sorted) r group by 1, 2 order by 1, 2
    ) a
    where h.tenant_id = a.tenant_id and h.bucket = a.bucket
    returning h.tenant_id, h.bucket, h.head
  )
  select array_agg(g.tenant_id order by g.tenant_id desc, g.bucket desc),
    array_agg(g.bucket order by g.tenant_id desc, g.bucket desc),
    array_agg(g.head order by g.tenant_id desc, g.bucket desc)
  into done_tenants, done_buckets, heads from grown g;
  -- From the last request of the last bucket down: each takes its positions from the top of what is left.
  next := 0;
  for i in reverse cardinality(sorted) .. 1 loop
    r := sorted[i];
    if next = 0 or tenants[r] <> done_tenants[next] or buckets[r] <> done_buckets[next] then
      next := next + 1;
      head := heads[next];
    end if;
    head := head - counts[r];
    befores[r] := head;
  end loop;

  insert into events
  select tenants[e.request], stream_ids[e.request], e.version, buckets[e.request],
    befores[e.request] + e.version - expected[e.request],
    e.event_id, e.type, e.schema_version, e.data, e.meta, recorded[e.request]
  from rows from (
    unnest(event_requests), unnest(event_versions), unnest(event_ids), unnest(types),
    unnest(schema_versions), jsonb_array_elements(data), jsonb_array_elements(meta)
  ) as e (request, version, event_id, type, schema_version, data, meta)
  where befores[e.request] >= 0;

  return query
  select befores[r] >= 0,
    case when befores[r] >= 0 then expected[r] + counts[r] else coalesce((
      select s.version from streams s
      where s.tenant_id = tenants[r] and s.stream_id = stream_ids[r]
    ), 0) end,
    buckets[r], befores[r] + 1
  from generate_series(1, requests) r;
end
$$;

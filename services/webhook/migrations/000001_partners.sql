-- Who hears of it. Order of locks in every transaction: partner_heads, endpoints, deliveries.
create table endpoints (
  tenant_id text not null,
  endpoint_id text not null,
  url text not null,
  event_types text[] not null default '{}',
  campaign_ids text[] not null default '{}',
  ordering text not null default 'lead' check (ordering in ('lead', 'none')),
  description text not null default '',
  -- Sealed: signing secrets (the former one while it still signs) and the partner's own headers.
  wrapped_by text not null,
  secret bytea not null,
  former_wrapped_by text,
  former_secret bytea,
  former_until timestamptz,
  headers_wrapped_by text not null,
  headers bytea not null,
  status text not null default 'enabled' check (status in ('enabled', 'disabled', 'deleted')),
  disabled_because text not null default '',
  -- Since when nothing got through, how often in a row, and until when nothing is tried.
  failing_since timestamptz,
  failures integer not null default 0,
  open_until timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, endpoint_id)
);
select grant_tenant_table('endpoints', 'select, insert, update');

-- Numbers a tenant's partner events in commit order, so that polling and replay miss nothing.
create table partner_heads (
  tenant_id text primary key,
  head bigint not null
);
select grant_tenant_table('partner_heads', 'select, insert, update');

create table partner_events (
  tenant_id text not null,
  position bigint not null,
  event_id text not null,
  type text not null,
  -- Events of one key are delivered in order: the lead's, else the stream's.
  order_key text not null,
  lead_id text not null,
  campaign_id text not null,
  sequence integer not null,
  occurred_at timestamptz not null,
  payload text not null,
  primary key (tenant_id, position),
  unique (tenant_id, event_id)
);
select grant_tenant_table('partner_events', 'select, insert');

create table deliveries (
  tenant_id text not null,
  endpoint_id text not null,
  position bigint not null,
  event_id text not null,
  order_key text not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  -- Database time, never virtual.
  held_until timestamptz,
  last_status_code integer not null default 0,
  last_error text not null default '',
  created_at timestamptz not null,
  delivered_at timestamptz,
  primary key (tenant_id, endpoint_id, position)
) with (fillfactor = 70);
create index deliveries_due on deliveries (tenant_id, endpoint_id, next_attempt_at) where status = 'pending';
create index deliveries_in_order on deliveries (tenant_id, endpoint_id, order_key, position)
  where status = 'pending';
select grant_tenant_table('deliveries', 'select, insert, update');

create table delivery_attempts (
  tenant_id text not null,
  endpoint_id text not null,
  position bigint not null,
  attempt integer not null,
  at timestamptz not null,
  status_code integer not null,
  latency_ms integer not null,
  error_class text not null,
  answer text not null,
  primary key (tenant_id, endpoint_id, position, attempt)
);
select grant_tenant_table('delivery_attempts', 'select, insert');

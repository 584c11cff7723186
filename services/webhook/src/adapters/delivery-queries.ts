/** $1 tenant, $2 events as JSON, $3 now. Numbers the events in commit order and fans them out. */
export const publishSql = `
  with incoming as (
    select * from jsonb_to_recordset($2::jsonb) as event
      ("eventId" text, type text, "orderKey" text, "leadId" text, "campaignId" text, sequence integer,
       "occurredAt" timestamptz, payload text, ordinal integer)
  ), head as (
    insert into partner_heads as heads (tenant_id, head)
    values ($1, (select count(*) from incoming))
    on conflict (tenant_id) do update set head = heads.head + excluded.head
    returning head
  ), stored as (
    insert into partner_events (tenant_id, position, event_id, type, order_key, lead_id, campaign_id, sequence,
      occurred_at, payload)
    select $1, head.head - (select count(*) from incoming) + ordinal, "eventId", type, "orderKey", "leadId",
      "campaignId", sequence, "occurredAt", payload
    from incoming, head
    returning position, event_id, type, order_key, campaign_id
  )
  insert into deliveries (tenant_id, endpoint_id, position, event_id, order_key, next_attempt_at, created_at)
  select $1, endpoint_id, position, event_id, case ordering when 'lead' then order_key else event_id end, $3, $3
  from stored join endpoints on endpoints.tenant_id = $1
  where status = 'enabled'
    and (event_types = '{}' or type = any(event_types))
    and (campaign_ids = '{}' or campaign_id = '' or campaign_id = any(campaign_ids))`;

/**
 * $1 now, $2–$4 tenants, endpoints and how many each has in flight here, $5 in flight at most, $6 seconds held.
 * An event of a lead is not taken while an earlier one to the same endpoint is unsettled.
 */
export const takeDueSql = `
  with room as (
    select e.tenant_id, e.endpoint_id, $5 - coalesce(busy.in_flight, 0) as room
    from endpoints e
    left join unnest($2::text[], $3::text[], $4::integer[]) as busy (tenant_id, endpoint_id, in_flight)
      using (tenant_id, endpoint_id)
    where e.status = 'enabled' and (e.open_until is null or e.open_until <= $1)
  ), due as (
    select d.tenant_id, d.endpoint_id, d.position
    from room cross join lateral (
      select * from deliveries d
      where d.tenant_id = room.tenant_id and d.endpoint_id = room.endpoint_id and d.status = 'pending'
        and d.next_attempt_at <= $1 and (d.held_until is null or d.held_until < now())
        and not exists (
          select from deliveries earlier
          where earlier.tenant_id = d.tenant_id and earlier.endpoint_id = d.endpoint_id
            and earlier.order_key = d.order_key and earlier.status = 'pending'
            and earlier.position < d.position)
      order by d.next_attempt_at, d.position
      limit greatest(room.room, 0)
      for update skip locked
    ) d
  )
  update deliveries d set held_until = now() + make_interval(secs => $6)
  from due, partner_events event
  where d.tenant_id = due.tenant_id and d.endpoint_id = due.endpoint_id and d.position = due.position
    and event.tenant_id = d.tenant_id and event.position = d.position
  returning d.tenant_id as "tenantId", d.endpoint_id as "endpointId", d.position, d.event_id as "eventId",
    d.attempts, event.payload`;

/** $1 now. Deliveries that are due already are taken when room or order allows, so only later ones count. */
export const nextDueSql = `
  select least(
    (select min(next_attempt_at) from deliveries where status = 'pending' and next_attempt_at > $1),
    (select min(open_until) from endpoints where status = 'enabled' and open_until > $1)) as at`;

/** $1 results as JSON. Writes the log and what follows for each delivery. */
export const recordSql = `
  with result as (
    select * from jsonb_to_recordset($1::jsonb) as result
      ("tenantId" text, "endpointId" text, position bigint, attempt integer, at timestamptz, status text,
       "nextAttemptAt" timestamptz, "statusCode" integer, "latencyMs" integer, "errorClass" text, body text)
  ), logged as (
    insert into delivery_attempts
      (tenant_id, endpoint_id, position, attempt, at, status_code, latency_ms, error_class, answer)
    select "tenantId", "endpointId", position, attempt, at, "statusCode", "latencyMs", "errorClass", body
    from result on conflict do nothing
  )
  update deliveries d set
    status = result.status, attempts = result.attempt, held_until = null,
    next_attempt_at = coalesce(result."nextAttemptAt", d.next_attempt_at),
    last_status_code = result."statusCode", last_error = result."errorClass",
    delivered_at = case when result.status = 'delivered' then result.at end
  from result
  where d.tenant_id = result."tenantId" and d.endpoint_id = result."endpointId"
    and d.position = result.position and d.status = 'pending'`;

/** $1 tenant, $2 endpoint, $3 since, $4 event, $5 now. */
export const replaySql = `
  insert into deliveries as d (tenant_id, endpoint_id, position, event_id, order_key, next_attempt_at, created_at)
  select $1, $2, position, event_id, case ordering when 'lead' then order_key else event_id end, $5, $5
  from partner_events event join endpoints endpoint using (tenant_id)
  where tenant_id = $1 and endpoint_id = $2
    and ($3::timestamptz is null or occurred_at >= $3) and ($4 = '' or event_id = $4)
    and (event_types = '{}' or type = any(event_types))
    and (campaign_ids = '{}' or event.campaign_id = '' or event.campaign_id = any(campaign_ids))
  on conflict (tenant_id, endpoint_id, position) do update set
    status = 'pending', attempts = 0, next_attempt_at = $5, delivered_at = null, held_until = null
  where d.status <> 'pending'`;

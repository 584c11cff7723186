/** $1 now, $2 limit, $3 owner, $4 seconds held. Holds run on the database's own time. */
export const takeDueSql = `
  update attempts a set owner = $3, owner_epoch = a.owner_epoch + 1,
    held_until = now() + make_interval(secs => $4)
  from (
    select tenant_id, action_id from attempts
    where due_at <= $1 and (held_until is null or held_until < now())
    order by due_at limit $2 for update skip locked
  ) due
  where a.tenant_id = due.tenant_id and a.action_id = due.action_id
  returning a.tenant_id, a.action_id, a.identity_id, a.enrollment_id, a.campaign_id, a.lead_id, a.kind, a.epoch,
    a.status, a.person, a.text_sha256, a.thread,
    (select coalesce(array_agg(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')), '{}')
     from unnest(a.read_backs_at) at) as read_backs_at,
    a.started_at, a.owner_epoch`;

/**
 * $1 tenant, $2 action, $3–$6 identity, enrollment, campaign, lead, $7 kind, $8 epoch, $9 status, $10 label,
 * $11 detail, $12 since, $13 due at, $14 keep the hold. A new claim begins without the traces of the one before.
 */
export const projectSql = `
  insert into attempts as a (tenant_id, action_id, identity_id, enrollment_id, campaign_id, lead_id, kind, epoch,
    status, label, detail, due_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $13)
  on conflict (tenant_id, action_id) do update set
    epoch = excluded.epoch, status = excluded.status, label = excluded.label, detail = excluded.detail,
    due_at = excluded.due_at,
    held_until = case when $14::boolean then a.held_until end,
    started_at = case when excluded.status = 'reserved' then null
                      when excluded.status = 'started' then $12::timestamptz else a.started_at end,
    settled_at = case when excluded.due_at is null then $12::timestamptz end,
    read_backs_at = case when excluded.status = 'reserved' then '{}' else a.read_backs_at end`;

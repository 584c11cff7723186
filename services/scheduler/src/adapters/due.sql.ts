/** Skips who is locked: another replica looks at them, or an event about them is being written. */
export const lockDue = {
  name: 'scheduler-lock-due',
  text: `
    select i.ctid as row, i.tenant_id, i.identity_id, i.profile, i.zone, i.last_used_at, i.last_first_touch_at,
      coalesce(i.held_until > $1, false) as held
    from identities i
    where i.next_visit_at <= $1 and ($3::text is null or i.tenant_id = $3)
    order by i.next_visit_at limit $2 for no key update skip locked`,
};

/**
 * The queues of the locked identities. Of those whose slot has come, the action at the front and what the ledger says
 * about the lane: how many uses, the newest and, of each cap, the use that fills it (the cap-th newest) with the one
 * that will after one use more. Read from the uses themselves, never from a counter (P08); the time it takes does not
 * grow with them.
 */
export const readQueues = {
  name: 'scheduler-read-queues',
  text: `
    select a.place, q.*, c.*, l.hold_until, l.hold_cause, h.*, u.ordinal as uses, u.used_at as last_of_kind_at,
      case when u.ordinal >= caps.per_24h - 1 then array(
        select (extract(epoch from f.used_at) * 1000)::float8 from uses f
        where f.tenant_id = a.tenant_id and f.identity_id = a.identity_id and f.kind = q.kind
          and f.ordinal > u.ordinal - caps.per_24h
        order by f.ordinal limit 2
      ) end as fill_24h,
      case when u.ordinal >= caps.per_7d - 1 then array(
        select (extract(epoch from f.used_at) * 1000)::float8 from uses f
        where f.tenant_id = a.tenant_id and f.identity_id = a.identity_id and f.kind = q.kind
          and f.ordinal > u.ordinal - caps.per_7d
        order by f.ordinal limit 2
      ) end as fill_7d
    from unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) with ordinality
      as a (tenant_id, identity_id, profile, held, place)
    cross join lateral (
      select q.ctid as queue_row, q.queue_id, q.kind, q.campaign_id, q.zone, q.priority, q.first_touch, q.next_slot_at
      from queues q
      where q.tenant_id = a.tenant_id and q.identity_id = a.identity_id and q.next_slot_at is not null offset 0
    ) q
    cross join lateral (
      select c.launched, c.paused_cause, c.archived from campaigns c
      where c.tenant_id = a.tenant_id and c.campaign_id = q.campaign_id offset 0
    ) c
    left join lateral (
      select l.hold_until, l.hold_cause from lanes l
      where a.held and l.tenant_id = a.tenant_id and l.identity_id = a.identity_id and l.kind = q.kind offset 0
    ) l on true
    left join lateral (
      select p.ctid as row, p.action_id, p.lead_id, p.due_at, p.version,
        lead(p.due_at) over (order by p.due_at, p.action_id) as next_due_at
      from planned_actions p
      where p.queue_id = q.queue_id
        and q.next_slot_at <= $5 and c.launched and c.paused_cause is null and not c.archived
      order by p.due_at, p.action_id limit 1
    ) h on true
    left join lateral (
      select u.ordinal, u.used_at from uses u
      where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = q.kind
        and h.action_id is not null
      order by u.ordinal desc limit 1
    ) u on true
    left join lateral (
      select p.per_24h, p.per_7d from unnest($6::text[], $7::text[], $8::integer[], $9::integer[])
        as p (profile, kind, per_24h, per_7d)
      where p.profile = a.profile and p.kind = q.kind offset 0
    ) caps on true`,
};

/** The schedules of these campaigns, each once. */
export const readSchedules = {
  name: 'scheduler-read-schedules',
  text: `
    select a.place, c.schedule from unnest($1::text[], $2::text[]) with ordinality as a (tenant_id, campaign_id, place)
    cross join lateral (
      select c.schedule::text as schedule from campaigns c
      where c.tenant_id = a.tenant_id and c.campaign_id = a.campaign_id offset 0
    ) c`,
};

/**
 * Nobody else moves a row of a locked identity, so rows are written at the address (`ctid`) where they were read. Only an
 * action may have been taken off the timetable meanwhile: then its identity is looked at again at once.
 */
export const writeDecisions = {
  name: 'scheduler-write-decisions',
  text: `
    with asked as materialized (
      select * from unnest($1::tid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::integer[])
        as a (row, tenant_id, identity_id, campaign_id, kind, first_touch, ordinal)
    ), taken as (
      delete from planned_actions p using asked a where p.ctid = any ($1) and p.ctid = a.row
      returning a.*, p.action_id, p.queue_id, p.lead_id, p.due_at, p.version
    ), offered as (
      insert into claims (tenant_id, action_id, queue_id, identity_id, campaign_id, kind, lead_id, due_at, epoch,
        lease_until)
      select t.tenant_id, t.action_id, t.queue_id, t.identity_id, t.campaign_id, t.kind, t.lead_id, t.due_at,
        t.version + 1, now() + $15 * interval '1 millisecond'
      from taken t
    ), used as (
      insert into uses (tenant_id, identity_id, kind, ordinal, used_at, action_id, first_touch)
      select t.tenant_id, t.identity_id, t.kind, t.ordinal, $14::timestamptz, t.action_id, t.first_touch from taken t
    ), slotted as (
      update queues q set next_slot_at = s.next_slot_at, reason = s.reason
      from unnest($8::tid[], $9::timestamptz[], $10::text[]) as s (row, next_slot_at, reason)
      where q.ctid = any ($8) and q.ctid = s.row
    ), visited as (
      update identities i set busy_with = t.action_id,
        last_used_at = case when t.action_id is null then i.last_used_at else $14 end,
        last_first_touch_at = case when t.first_touch then $14 else i.last_first_touch_at end,
        next_slot_at = case when t.row is null and v.claimed is not null then $14 else v.next_slot_at end
      from unnest($11::tid[], $12::tid[], $13::timestamptz[]) as v (row, claimed, next_slot_at)
      left join taken t on t.row = v.claimed
      where i.ctid = any ($11) and i.ctid = v.row
    )
    select count(*)::integer as taken, now() + $15 * interval '1 millisecond' as lease_until,
      case when count(*) < cardinality($1) then array_agg(t.action_id) end as of_all
    from taken t`,
};

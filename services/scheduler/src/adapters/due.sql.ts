/** Skips who is locked: another replica looks at them, or an event about them is being written. */
export const lockDue = {
  name: 'scheduler-lock-due',
  text: `
    select i.tenant_id, i.identity_id, i.profile, i.zone from identities i
    where i.next_visit_at <= $1 and ($3::text is null or i.tenant_id = $3)
    order by i.next_visit_at limit $2 for no key update skip locked`,
};

/** The queues of the locked identities; of those whose slot has come, the two actions at the front. */
export const readQueues = {
  name: 'scheduler-read-queues',
  text: `
    select a.place, q.queue_id, q.kind, q.campaign_id, q.zone, q.priority, q.first_touch, q.next_slot_at,
      c.launched, c.schedule::text as schedule, c.paused_cause, c.archived, l.hold_until, l.hold_cause,
      h.action_id, h.lead_id, h.due_at, h.version
    from unnest($1::text[], $2::text[]) with ordinality as a (tenant_id, identity_id, place)
    join queues q on q.tenant_id = a.tenant_id and q.identity_id = a.identity_id and q.next_slot_at is not null
    join campaigns c on c.tenant_id = a.tenant_id and c.campaign_id = q.campaign_id
    left join lanes l on l.tenant_id = a.tenant_id and l.identity_id = a.identity_id and l.kind = q.kind
    left join lateral (
      select p.action_id, p.lead_id, p.due_at, p.version from planned_actions p
      where p.queue_id = q.queue_id
      order by p.due_at, p.action_id limit 2
    ) h on q.next_slot_at <= $3 and c.launched and c.paused_cause is null and not c.archived
    order by a.place, q.queue_id, h.due_at, h.action_id`,
};

/**
 * What the ledger says about each lane: its newest use and, of each cap, the use that fills it (the cap-th newest) behind
 * the one that will after one use more. Read from the uses themselves, newest first, never from a counter (P08).
 */
export const readLanes = {
  name: 'scheduler-read-lanes',
  text: `
    select a.place, a.kind, (
        select u.used_at from uses u
        where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = a.kind
        order by u.used_at desc limit 1
      ) as last_at,
      array(
        select (extract(epoch from u.used_at) * 1000)::float8 from uses u
        where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = a.kind
        order by u.used_at desc offset greatest(a.cap_24h - 2, 0) limit least(a.cap_24h, 2)
      ) as fill_24h,
      array(
        select (extract(epoch from u.used_at) * 1000)::float8 from uses u
        where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = a.kind
        order by u.used_at desc offset greatest(a.cap_7d - 2, 0) limit least(a.cap_7d, 2)
      ) as fill_7d
    from unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::integer[], $6::integer[])
      as a (tenant_id, identity_id, place, kind, cap_24h, cap_7d)`,
};

/** Each identity's newest use of any kind, and its newest first contact as far back as that matters. */
export const readLastUses = {
  name: 'scheduler-read-last-uses',
  text: `
    select a.place, (
        select max(n.used_at) from unnest($5::text[]) k (kind) cross join lateral (
          select u.used_at from uses u
          where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = k.kind
          order by u.used_at desc limit 1
        ) n
      ) as last_at, (
        select max(u.used_at) from uses u
        where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = any ($5)
          and u.used_at > a.touched_after and u.first_touch
      ) as last_first_touch_at
    from unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[])
      as a (tenant_id, identity_id, place, touched_after)`,
};

export const writeDecisions = {
  name: 'scheduler-write-decisions',
  text: `
    with asked as (
      select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::boolean[])
        as a (tenant_id, identity_id, action_id, queue_id, kind, first_touch)
    ), taken as (
      delete from planned_actions p using asked a
      where p.tenant_id = a.tenant_id and p.action_id = a.action_id
      returning p.tenant_id, p.action_id, p.queue_id, a.identity_id, p.lead_id, p.due_at, p.version
    ), offered as (
      insert into claims (tenant_id, action_id, queue_id, identity_id, lead_id, due_at, epoch, used_at, lease_until)
      select t.tenant_id, t.action_id, t.queue_id, t.identity_id, t.lead_id, t.due_at, t.version + 1, $15::timestamptz,
        now() + $16 * interval '1 millisecond'
      from taken t
    ), used as (
      insert into uses (tenant_id, identity_id, kind, used_at, action_id, first_touch)
      select a.tenant_id, a.identity_id, a.kind, $15, a.action_id, a.first_touch from asked a
    ), slotted as (
      update queues q set next_slot_at = s.next_slot_at, reason = s.reason
      from unnest($7::text[], $8::bigint[], $9::timestamptz[], $10::text[])
        as s (tenant_id, queue_id, next_slot_at, reason)
      where q.tenant_id = s.tenant_id and q.queue_id = s.queue_id
    ), visited as (
      update identities i set busy_with = v.action_id, next_slot_at = v.next_slot_at
      from unnest($11::text[], $12::text[], $13::text[], $14::timestamptz[])
        as v (tenant_id, identity_id, action_id, next_slot_at)
      where i.tenant_id = v.tenant_id and i.identity_id = v.identity_id
    )
    select count(*)::integer as written, now() + $16 * interval '1 millisecond' as lease_until from taken`,
};

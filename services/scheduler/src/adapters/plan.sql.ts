export const queuesByName = {
  name: 'scheduler-queues-by-name-2',
  text: `
    select a.place, q.queue_id
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::smallint[], $7::boolean[], $8::boolean[])
      with ordinality as a (identity_id, kind, campaign_id, zone, priority, first_touch, has_note, place)
    cross join lateral (
      select q.queue_id from queues q where q.tenant_id = $1 and q.identity_id = a.identity_id and q.kind = a.kind
        and q.campaign_id = a.campaign_id and q.zone = a.zone and q.priority = a.priority
        and q.first_touch = a.first_touch and q.with_note = a.has_note
      offset 0
    ) q`,
};

// Written in the order of the primary key, so that neighbours land on one page. The identities are locked: nobody
// else plans the same action, and looking first is cheaper than `on conflict`. A queue is advanced by an action that
// is due before all that waited (`waited` reads the statement's snapshot), because behind them it changes nothing.
export const planActions = {
  name: 'scheduler-plan-actions-3',
  text: `
    with asked as materialized (
      select a.action_id, a.identity_id, a.lead_id, a.due_at, a.has_note, a.company_key, a.waits, a.version,
        case when a.version > 0 then (
          select true from identities i
          where i.tenant_id = $1 and i.identity_id = a.identity_id and i.busy_with = a.action_id
        ) end as flies,
        case when a.version > 0 then (
          select true from settling_claims c where c.tenant_id = $1 and c.action_id = a.action_id
        ) end as settles,
        case when exists (select from paused_enrollments e where e.tenant_id = $1) and (
            select true from paused_enrollments e
            where e.tenant_id = $1 and e.enrollment_id = split_part(a.action_id, '.', 1) limit 1
          ) then -a.queue_id else a.queue_id
        end as queue_id
      from (
        select a.*,
          (select true from planned_actions p where p.tenant_id = $1 and p.action_id = a.action_id) as waits,
          coalesce((
            select s.version from streams s where s.tenant_id = $1 and s.stream_id = 'claim-' || a.action_id
          ), 0) as version
        from unnest($2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::boolean[], $7::text[], $8::text[])
          as a (action_id, queue_id, lead_id, due_at, has_note, identity_id, company_key)
        offset 0
      ) a
    ), kept as (
      update settling_claims c set dropped = false
      where c.tenant_id = $1 and c.action_id = any (array(select a.action_id from asked a where a.settles))
    ), moved as (
      update planned_actions p set queue_id = a.queue_id, due_at = a.due_at, has_note = a.has_note,
        company_key = a.company_key, wanted_at = null
      from asked a
      where p.tenant_id = $1 and p.action_id = any (array(select w.action_id from asked w where w.waits))
        and p.action_id = a.action_id and (p.queue_id <> a.queue_id or p.due_at <> a.due_at)
      returning p.queue_id, p.due_at
    ), written as (
      insert into planned_actions as p (tenant_id, action_id, queue_id, lead_id, due_at, has_note, company_key, version)
      select $1, a.action_id, a.queue_id, a.lead_id, a.due_at, a.has_note, a.company_key, a.version
      from asked a where a.waits is null and a.flies is null and a.settles is null
      order by a.action_id
      returning p.queue_id, p.due_at
    ), soonest as materialized (
      select t.queue_id, min(t.due_at) as due_at
      from (select * from moved union all select * from written) t group by t.queue_id
    ), first as materialized (
      select s.queue_id, q.identity_id, s.due_at
      from soonest s
      cross join lateral (
        select q.identity_id, q.next_slot_at from queues q
        where q.tenant_id = $1 and q.queue_id = s.queue_id offset 0
      ) q
      left join lateral (
        select p.due_at from planned_actions p where p.queue_id = s.queue_id
        order by p.due_at, p.action_id limit 1
      ) waited on true
      where (q.next_slot_at is null or q.next_slot_at > s.due_at)
        and (waited.due_at is null or waited.due_at > s.due_at)
    ), advanced as (
      update queues q set next_slot_at = f.due_at from first f
      where q.tenant_id = $1 and q.queue_id = any (array(select f.queue_id from first f)) and q.queue_id = f.queue_id
    ), next as materialized (
      select t.identity_id, min(t.slot_at) as slot_at, bool_or(t.flies) as flies
      from (
        select f.identity_id, f.due_at as slot_at, false as flies from first f
        union all
        select a.identity_id, null, true from asked a where a.flies
      ) t group by t.identity_id
    )
    update identities i set next_slot_at = least(i.next_slot_at, n.slot_at),
      flight_dropped = i.flight_dropped and not n.flies
    from next n
    where i.tenant_id = $1 and i.identity_id = any (array(select n.identity_id from next n))
      and i.identity_id = n.identity_id and (n.flies or i.next_slot_at is null or i.next_slot_at > n.slot_at)`,
};

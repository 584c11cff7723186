export const openClaims = {
  name: 'scheduler-open-claims',
  text: `
    select c.action_id, c.epoch, c.queue_id, c.identity_id, c.lead_id, q.campaign_id, q.kind, c.due_at, c.used_at,
      c.state, c.dropped, coalesce((
        select l.strikes from lanes l
        where l.tenant_id = $1 and l.identity_id = c.identity_id and l.kind = q.kind
      ), 0) as strikes
    from unnest($2::text[]) a (action_id)
    join claims c on c.tenant_id = $1 and c.action_id = a.action_id
    join queues q on q.tenant_id = $1 and q.queue_id = c.queue_id`,
};

// From here on the identity may act again, unless it was only now that its attempt began.
export const moveClaims = {
  name: 'scheduler-move-claims',
  text: `
    with asked as (
      select * from unnest($2::text[], $3::text[], $4::text[]) as a (action_id, identity_id, state)
    ), moved as (
      update claims c set state = a.state from asked a
      where c.tenant_id = $1 and c.action_id = a.action_id and a.state <> 'closed'
    )
    update identities i set busy_with = null from asked a
    where i.tenant_id = $1 and i.identity_id = a.identity_id and i.busy_with = a.action_id
      and a.state <> 'taken'`,
};

// What was certainly not sent leaves the ledger and, unless the campaign dropped it, waits in its queue again. That may
// free a slot for everything the identity has waiting, so all its queues are looked at anew.
export const closeClaims = {
  name: 'scheduler-close-claims',
  text: `
    with asked as (
      select * from unnest($2::text[], $3::boolean[], $4::timestamptz[]) as a (action_id, gives_back, back_at)
    ), over as (
      delete from claims c using asked a
      where c.tenant_id = $1 and c.action_id = a.action_id
      returning c.action_id, c.queue_id, c.identity_id, c.lead_id, c.epoch, c.used_at, c.dropped,
        a.gives_back, a.back_at
    ), given_back as (
      delete from uses u using over o, queues q
      where o.gives_back and q.tenant_id = $1 and q.queue_id = o.queue_id
        and u.tenant_id = $1 and u.identity_id = o.identity_id and u.kind = q.kind
        and u.used_at = o.used_at and u.action_id = o.action_id
    ), waiting as (
      insert into planned_actions (tenant_id, action_id, queue_id, lead_id, due_at, version)
      select $1, o.action_id, case
          when (select true from paused_enrollments e where e.tenant_id = $1
            and e.enrollment_id = split_part(o.action_id, '.', 1) limit 1) then -o.queue_id
          else o.queue_id
        end, o.lead_id, o.back_at, o.epoch + 1
      from over o where o.back_at is not null and not o.dropped
      returning queue_id
    ), freed as (
      select distinct o.identity_id from over o where o.gives_back
    ), woken as (
      update queues q set next_slot_at = $5 from freed f
      where q.tenant_id = $1 and q.identity_id = f.identity_id
        and (q.next_slot_at > $5 or q.next_slot_at is null and q.queue_id in (select w.queue_id from waiting w))
    )
    update identities i set next_slot_at = $5 from freed f
    where i.tenant_id = $1 and i.identity_id = f.identity_id
      and (i.next_slot_at is null or i.next_slot_at > $5)`,
};

export const holdLane = `
  insert into lanes as l (tenant_id, identity_id, kind, strikes, hold_until, hold_cause)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (tenant_id, identity_id, kind) do update
    set strikes = excluded.strikes, hold_until = greatest(l.hold_until, excluded.hold_until),
      hold_cause = excluded.hold_cause`;

export const calmLane = `
  update lanes set strikes = $4 where tenant_id = $1 and identity_id = $2 and kind = $3`;

// Unless the ledger has it: an effect that is seen late may belong to a use that was never given back.
export const countLateUse = `
  insert into uses (tenant_id, identity_id, kind, used_at, action_id, first_touch)
  select $1, $2, $3, $4, $5, false
  where not exists (
    select from uses u
    where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.action_id = $5
      and u.used_at > $4::timestamptz - interval '30 days'
  )`;

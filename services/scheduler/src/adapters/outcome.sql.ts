export const openClaims = {
  name: 'scheduler-open-claims',
  text: `
    select c.*, coalesce((
        select l.strikes from lanes l
        where l.tenant_id = $1 and l.identity_id = c.identity_id and l.kind = c.kind
      ), 0) as strikes
    from unnest($2::text[]) a (action_id)
    cross join lateral (
      select c.action_id, c.epoch, c.queue_id, c.identity_id, c.lead_id, c.campaign_id, c.kind, c.due_at, c.state, c.dropped
      from claims c where c.tenant_id = $1 and c.action_id = a.action_id offset 0
    ) c`,
};

// From here on the identity may act again, unless it was only now that its attempt began.
export const moveClaims = {
  name: 'scheduler-move-claims',
  text: `
    with asked as materialized (
      select * from unnest($2::text[], $3::text[], $4::text[]) as a (action_id, identity_id, state)
    ), moved as (
      update claims c set state = a.state from asked a
      where c.tenant_id = $1 and c.action_id = any ($2) and c.action_id = a.action_id and a.state <> 'closed'
    )
    update identities i set busy_with = null from asked a
    where i.tenant_id = $1 and i.identity_id = any ($3)
      and i.identity_id = a.identity_id and i.busy_with = a.action_id and a.state <> 'taken'`,
};

// What was certainly not sent waits in its queue again, unless the campaign dropped it. Its use is given back, which may
// free a slot for everything the identity has waiting, so all its queues are looked at anew.
export const closeClaims = {
  name: 'scheduler-close-claims',
  text: `
    with asked as materialized (
      select * from unnest($2::text[], $3::boolean[], $4::timestamptz[]) as a (action_id, gives_back, back_at)
    ), over as (
      delete from claims c using asked a
      where c.tenant_id = $1 and c.action_id = any ($2) and c.action_id = a.action_id
      returning c.action_id, c.queue_id, c.identity_id, c.lead_id, c.epoch, c.dropped, a.gives_back, a.back_at
    ), returned as materialized (
      select * from over o where o.gives_back
    ), waiting as (
      insert into planned_actions (tenant_id, action_id, queue_id, lead_id, due_at, version)
      select $1, r.action_id, case
          when (select true from paused_enrollments e where e.tenant_id = $1
            and e.enrollment_id = split_part(r.action_id, '.', 1) limit 1) then -r.queue_id
          else r.queue_id
        end, r.lead_id, r.back_at, r.epoch + 1
      from returned r where r.back_at is not null and not r.dropped
    ), woken as (
      update queues q set next_slot_at = $5
      where q.tenant_id = $1 and q.identity_id = any (array(select r.identity_id from returned r))
        and (q.next_slot_at > $5
          or q.next_slot_at is null and q.queue_id = any (array(select r.queue_id from returned r)))
    )
    update identities i set next_slot_at = $5
    where i.tenant_id = $1 and i.identity_id = any (array(select r.identity_id from returned r))
      and (i.next_slot_at is null or i.next_slot_at > $5)`,
};

/** The newest use of this action leaves the ledger; it is among the newest of its lane. */
export const giveBackUse = {
  name: 'scheduler-give-back-use',
  text: `
    with given_back as materialized (
      select u.ordinal from uses u
      where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.action_id = $4
      order by u.ordinal desc limit 1
    )
    delete from uses u
    where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.ordinal = (select g.ordinal from given_back g)
    returning u.ordinal`,
};

// Two steps, because a place is unique at every moment.
export const liftLaterUses = `
  update uses set ordinal = -ordinal where tenant_id = $1 and identity_id = $2 and kind = $3 and ordinal > $4`;
export const lowerLaterUses = `
  update uses set ordinal = -ordinal - 1 where tenant_id = $1 and identity_id = $2 and kind = $3 and ordinal < 0`;

/** Reads the newest uses again after one has left the ledger. */
export const refreshLastUses = {
  name: 'scheduler-refresh-last-uses',
  text: `
    update identities i set
      last_used_at = (
        select max(n.used_at) from unnest($3::text[]) k (kind) cross join lateral (
          select u.used_at from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.kind = k.kind
          order by u.ordinal desc limit 1
        ) n
      ),
      last_first_touch_at = (
        select u.used_at from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.first_touch
        order by u.used_at desc limit 1
      )
    where i.tenant_id = $1 and i.identity_id = $2`,
};

export const holdLane = `
  with held as (
    insert into lanes as l (tenant_id, identity_id, kind, strikes, hold_until, hold_cause)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, identity_id, kind) do update
      set strikes = excluded.strikes, hold_until = greatest(l.hold_until, excluded.hold_until),
        hold_cause = excluded.hold_cause
  )
  update identities set held_until = greatest(held_until, $5) where tenant_id = $1 and identity_id = $2`;

export const calmLane = `
  update lanes set strikes = $4 where tenant_id = $1 and identity_id = $2 and kind = $3`;

// Unless the ledger has it: an effect that is seen late may belong to a use that was never given back. It counts from
// now on, which is later than it happened and so never too short.
export const countLateUse = {
  name: 'scheduler-count-late-use',
  text: `
    with counted as (
      insert into uses (tenant_id, identity_id, kind, ordinal, used_at, action_id, first_touch)
      select $1, $2, $3, coalesce((
          select u.ordinal from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3
          order by u.ordinal desc limit 1
        ), 0) + 1, $4::timestamptz, $5, false
      where not exists (
        select from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.action_id = $5
      )
      returning used_at
    )
    update identities i set last_used_at = c.used_at from counted c where i.tenant_id = $1 and i.identity_id = $2`,
};

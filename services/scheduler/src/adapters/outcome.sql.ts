/** Claims that are in flight, each found by the identity it was reported of. */
export const claimsInFlight = {
  name: 'scheduler-claims-in-flight',
  text: `
    select i.*, q.kind, q.campaign_id, coalesce((
        select l.strikes from lanes l
        where l.tenant_id = $1 and l.identity_id = i.identity_id and l.kind = q.kind
      ), 0) as strikes
    from unnest($2::text[], $3::text[]) a (action_id, identity_id)
    cross join lateral (
      select i.identity_id, i.busy_with as action_id, i.flight_queue_id as queue_id, i.flight_lead_id as lead_id,
        i.flight_due_at as due_at, i.flight_has_note as has_note, i.flight_epoch as epoch, i.flight_state as state,
        i.flight_dropped as dropped, coalesce(i.breaker ? 'trip', false) as tripped
      from identities i where i.tenant_id = $1 and i.identity_id = a.identity_id and i.busy_with = a.action_id offset 0
    ) i
    cross join lateral (
      select q.kind, q.campaign_id from queues q where q.tenant_id = $1 and q.queue_id = i.queue_id offset 0
    ) q`,
};

export const claimsSettling = {
  name: 'scheduler-claims-settling',
  text: `
    select c.*, q.identity_id, q.kind, q.campaign_id, 'settling' as state, coalesce((
        select i.breaker ? 'trip' from identities i where i.tenant_id = $1 and i.identity_id = q.identity_id
      ), false) as tripped, coalesce((
        select l.strikes from lanes l
        where l.tenant_id = $1 and l.identity_id = q.identity_id and l.kind = q.kind
      ), 0) as strikes
    from unnest($2::text[]) a (action_id)
    cross join lateral (
      select c.action_id, c.queue_id, c.lead_id, c.due_at, c.has_note, c.epoch, c.dropped
      from settling_claims c where c.tenant_id = $1 and c.action_id = a.action_id offset 0
    ) c
    cross join lateral (
      select q.identity_id, q.kind, q.campaign_id from queues q
      where q.tenant_id = $1 and q.queue_id = c.queue_id offset 0
    ) q`,
};

export const takeClaims = {
  name: 'scheduler-take-claims',
  text: `
    update identities i set flight_state = 'taken'
    where i.tenant_id = $1 and i.identity_id = any ($2)`,
};

// From here on the identity may act again.
export const landClaims = {
  name: 'scheduler-land-claims',
  text: `
    update identities i set busy_with = null where i.tenant_id = $1 and i.identity_id = any ($2)`,
};

export const keepSettling = {
  name: 'scheduler-keep-settling',
  text: `
    insert into settling_claims (tenant_id, action_id, queue_id, lead_id, due_at, has_note, epoch, dropped)
    select $1, i.busy_with, i.flight_queue_id, i.flight_lead_id, i.flight_due_at, i.flight_has_note, i.flight_epoch,
      i.flight_dropped
    from identities i where i.tenant_id = $1 and i.identity_id = any ($2) and i.busy_with is not null`,
};

export const endSettling = {
  name: 'scheduler-end-settling',
  text: `
    delete from settling_claims c where c.tenant_id = $1 and c.action_id = any ($2)`,
};

// What was certainly not sent waits in its queue again. Its use was given back, which may free a slot for everything the
// identity has waiting, so all its queues are looked at anew.
export const putBack = {
  name: 'scheduler-put-back-2',
  text: `
    with returned as materialized (
      select * from unnest($2::text[], $3::text[], $4::bigint[], $5::text[], $6::timestamptz[], $7::boolean[],
        $8::integer[], $10::text[])
        as r (action_id, identity_id, queue_id, lead_id, back_at, has_note, version, company_key)
    ), waiting as (
      insert into planned_actions (tenant_id, action_id, queue_id, lead_id, due_at, has_note, version, company_key)
      select $1, r.action_id, case
          when (select true from paused_enrollments e where e.tenant_id = $1
            and e.enrollment_id = split_part(r.action_id, '.', 1) limit 1) then -r.queue_id
          else r.queue_id
        end, r.lead_id, r.back_at, r.has_note, r.version, r.company_key
      from returned r where r.back_at is not null
    ), woken as (
      update queues q set next_slot_at = $9
      where q.tenant_id = $1 and q.identity_id = any ($3)
        and (q.next_slot_at > $9 or q.next_slot_at is null and q.queue_id = any ($4))
    )
    update identities i set next_slot_at = $9
    where i.tenant_id = $1 and i.identity_id = any ($3)
      and (i.next_slot_at is null or i.next_slot_at > $9)`,
};

/** The newest use of this action leaves the ledger; it is among the newest of its lane. */
export const giveBackUse = {
  name: 'scheduler-give-back-use-2',
  text: `
    with given_back as materialized (
      select u.ordinal from uses u
      where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.action_id = $4
      order by u.ordinal desc limit 1
    )
    delete from uses u
    where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.ordinal = (select g.ordinal from given_back g)
    returning u.ordinal, u.company_key`,
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
  name: 'scheduler-count-late-use-2',
  text: `
    with counted as (
      insert into uses (tenant_id, identity_id, kind, ordinal, used_at, action_id, first_touch, company_key, lead_id)
      select $1, $2, $3, coalesce((
          select u.ordinal from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3
          order by u.ordinal desc limit 1
        ), 0) + 1, $4::timestamptz, $5, false, w.company_key, w.lead_id
      from (select) always left join (
        -- It waits again, as it was given back.
        select p.company_key, case when p.company_key is not null then p.lead_id end as lead_id
        from planned_actions p where p.tenant_id = $1 and p.action_id = $5
      ) w on true
      where not exists (
        select from uses u where u.tenant_id = $1 and u.identity_id = $2 and u.kind = $3 and u.action_id = $5
      )
      returning used_at
    )
    update identities i set last_used_at = c.used_at from counted c where i.tenant_id = $1 and i.identity_id = $2`,
};

/** What the breakers of these identities know, with the newest uses of the day: most of them were done. */
export const readBreakers = {
  name: 'scheduler-read-breakers',
  text: `
    select i.identity_id, i.breaker, array(
      select (extract(epoch from n.used_at) * 1000)::float8
      from unnest($4::text[]) k (kind) cross join lateral (
        select u.used_at from uses u
        where u.tenant_id = $1 and u.identity_id = i.identity_id and u.kind = k.kind
        order by u.ordinal desc limit 50
      ) n
      where n.used_at > $3
    ) as used_at
    from identities i where i.tenant_id = $1 and i.identity_id = any ($2)`,
};

export const writeBreaker = {
  name: 'scheduler-write-breaker',
  text: `
    update identities set breaker = $3 where tenant_id = $1 and identity_id = $2`,
};

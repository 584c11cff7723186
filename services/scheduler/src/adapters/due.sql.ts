/** What is read of an identity to judge its next action. */
export const standingColumns = `
  i.ctid as row, i.tenant_id, i.identity_id, i.profile, i.tier, i.zone, i.ramp_started_at, i.ramp, i.hours::text as hours,
  i.holiday_region, i.known, i.login_lost, i.paused_cause, i.pending_invitations, i.connects_then, i.inmail_credits,
  i.inmails_then, i.notes_left, i.notes_seen_at, i.breaker, i.last_used_at, i.last_first_touch_at, i.held_until,
  case when i.busy_with is not null then i.flight_lease_until end as flies_until`;

/** Skips who is locked: another replica looks at them, or an event about them is being written. */
export const lockDue = {
  name: 'scheduler-lock-due-3',
  text: `
    select ${standingColumns} from identities i
    where i.next_visit_at <= $1 and ($3::text is null or i.tenant_id = $3)
    order by i.next_visit_at limit $2 for no key update skip locked`,
};

/** The queues of the locked identities; of those whose slot has come, the action at the front and who is behind it. */
export const readQueues = {
  name: 'scheduler-read-queues-3',
  text: `
    select a.place, q.*, l.hold_until, l.hold_cause, h.*
    from unnest($1::text[], $2::text[], $3::boolean[]) with ordinality as a (tenant_id, identity_id, held, place)
    cross join lateral (
      select q.ctid as queue_row, q.queue_id, q.kind, q.campaign_id, q.zone as lead_zone, q.priority, q.first_touch,
        q.next_slot_at
      from queues q
      where q.tenant_id = a.tenant_id and q.identity_id = a.identity_id and q.next_slot_at is not null offset 0
    ) q
    left join lateral (
      select l.hold_until, l.hold_cause from lanes l
      where a.held and l.tenant_id = a.tenant_id and l.identity_id = a.identity_id and l.kind = q.kind offset 0
    ) l on true
    left join lateral (
      select p.ctid as action_row, p.action_id, p.lead_id, coalesce(p.wanted_at, p.due_at) as due_at, p.has_note,
        p.company_key, p.version,
        lead(p.due_at) over (order by p.due_at, p.action_id) as next_due_at
      from planned_actions p
      where p.queue_id = q.queue_id and q.next_slot_at <= $4
      order by p.due_at, p.action_id limit 1
    ) h on true`,
};

/** Each of these campaigns once, however many queues it has. */
export const readCampaigns = {
  name: 'scheduler-read-campaigns-3',
  text: `
    select a.place, c.* from unnest($1::text[], $2::text[]) with ordinality as a (tenant_id, campaign_id, place)
    cross join lateral (
      select c.launched, c.paused_cause, c.archived, c.schedule::text as schedule, c.daily_caps::text as daily_caps,
        c.company_cap::text as company_cap, c.waits_for_note
      from campaigns c
      where c.tenant_id = a.tenant_id and c.campaign_id = a.campaign_id offset 0
    ) c`,
};

/**
 * What the ledger says about some lanes: how many uses, the newest and, of each cap, the use that fills it (the cap-th
 * newest). Read from the uses themselves, never from a counter (P08); the time it takes does not grow with them.
 */
export const readLedgers = {
  name: 'scheduler-read-ledgers',
  text: `
    select a.place, u.ordinal as uses, u.used_at as last_at,
      (select f.used_at from uses f where f.tenant_id = a.tenant_id and f.identity_id = a.identity_id
        and f.kind = a.kind and f.ordinal = u.ordinal + 1 - a.per_24h) as fills_24h,
      (select f.used_at from uses f where f.tenant_id = a.tenant_id and f.identity_id = a.identity_id
        and f.kind = a.kind and f.ordinal = u.ordinal + 1 - a.per_7d) as fills_7d,
      case when a.per_day is not null then (
        select f.used_at from uses f where f.tenant_id = a.tenant_id and f.identity_id = a.identity_id
          and f.kind = a.kind and f.ordinal = u.ordinal + 1 - a.per_day
      ) end as fills_day
    from unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::integer[], $6::integer[]) with ordinality
      as a (tenant_id, identity_id, kind, per_24h, per_7d, per_day, place)
    cross join lateral (
      select u.ordinal, u.used_at from uses u
      where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.kind = a.kind
      order by u.ordinal desc limit 1
    ) u`,
};

/** Invitations with a note, since the month's quota began to count and since LinkedIn last said how many are left. */
export const readNotes = {
  name: 'scheduler-read-notes',
  text: `
    select a.place, count(*)::integer as used, count(*) filter (where u.used_at > a.seen_at)::integer as since_seen,
      (array_agg(u.used_at order by u.used_at desc))[a.quota] as fills
    from unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[]) with ordinality
      as a (tenant_id, identity_id, quota, seen_at, place)
    cross join lateral (
      select u.used_at from uses u
      where u.tenant_id = a.tenant_id and u.identity_id = a.identity_id and u.has_note and u.used_at > $5 offset 0
    ) u
    group by a.place, a.quota`,
};

/**
 * Nobody else moves a row of a locked identity, so rows are written at the address (`ctid`) where they were read. Only an
 * action may have been taken off the timetable meanwhile: then its identity is looked at again at once.
 */
export const writeVisits = {
  name: 'scheduler-write-visits-2',
  text: `
    with asked as materialized (
      select * from unnest($1::tid[], $2::tid[], $3::timestamptz[], $4::text[], $5::boolean[], $6::boolean[],
        $7::integer[]) as a (row, action_row, next_slot_at, kind, first_touch, has_note, ordinal)
    ), taken as (
      delete from planned_actions p using asked a where p.ctid = any ($2) and p.ctid = a.action_row
      returning a.row, p.action_id, p.queue_id, p.lead_id, coalesce(p.wanted_at, p.due_at) as due_at, p.has_note,
        p.company_key, p.version
    ), visited as (
      update identities i set
        busy_with = t.action_id, flight_queue_id = t.queue_id, flight_lead_id = t.lead_id, flight_due_at = t.due_at,
        flight_has_note = coalesce(t.has_note, false), flight_epoch = t.version + 1, flight_state = 'offered',
        flight_lease_until = now() + $9 * interval '1 millisecond', flight_dropped = false,
        last_used_at = case when t.row is null then i.last_used_at else $8 end,
        last_first_touch_at = case when t.row is not null and a.first_touch then $8 else i.last_first_touch_at end,
        next_slot_at = case when t.row is null and a.action_row is not null then $8 else a.next_slot_at end
      from asked a left join taken t on t.row = a.row
      where i.ctid = any ($1) and i.ctid = a.row
      returning i.tenant_id, i.identity_id, a.kind, a.ordinal, t.action_id, a.first_touch, a.has_note, t.company_key,
        case when t.company_key is not null then t.lead_id end as lead_id
    ), used as (
      insert into uses (tenant_id, identity_id, kind, ordinal, used_at, action_id, first_touch, has_note,
        company_key, lead_id)
      select v.tenant_id, v.identity_id, v.kind, v.ordinal, $8::timestamptz, v.action_id, v.first_touch, v.has_note,
        v.company_key, v.lead_id
      from visited v where v.action_id is not null
    )
    select count(*)::integer as taken, now() + $9 * interval '1 millisecond' as lease_until,
      case when count(*) < (select count(a.action_row) from asked a) then array_agg(t.action_id) end as of_all
    from taken t`,
};

export const writeSlots = {
  name: 'scheduler-write-slots',
  text: `
    update queues q set next_slot_at = s.next_slot_at, reason = s.reason
    from unnest($1::tid[], $2::timestamptz[], $3::text[]) as s (row, next_slot_at, reason)
    where q.ctid = any ($1) and q.ctid = s.row`,
};

/** Moves heads to when their company lets them go; what one of them was due at stays known. */
export const writeSetBack = {
  name: 'scheduler-write-set-back',
  text: `
    update planned_actions p set due_at = s.until, wanted_at = coalesce(p.wanted_at, p.due_at)
    from unnest($1::tid[], $2::timestamptz[]) as s (row, until)
    where p.ctid = any ($1) and p.ctid = s.row`,
};

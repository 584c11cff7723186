-- An identity has one action in flight at most, so the claim of it is kept in the identity's own row, which every claim
-- writes anyway. Claims whose call is over and whose outcome is being read back do not hold the identity up any more;
-- they wait in a table of their own.
alter table identities
  add column tier text not null default '',
  -- The first day of its warm-up.
  add column ramp_started_at timestamptz,
  -- Its own working hours; null: those of the campaign alone count.
  add column hours jsonb,
  add column holiday_region text not null default '',
  -- What LinkedIn showed of its allowances, with how many uses its lanes had at that time: what was used since then is
  -- the difference, so nothing has to be counted.
  add column pending_invitations integer,
  add column connects_then integer not null default 0,
  add column inmail_credits integer,
  add column inmails_then integer not null default 0,
  add column notes_left integer,
  add column notes_seen_at timestamptz,
  -- Failures that its breaker looks at, and the trip while it is open.
  add column breaker jsonb,
  -- What is in flight; means nothing while `busy_with` is null.
  add column flight_queue_id bigint,
  add column flight_lead_id text collate "C",
  add column flight_due_at timestamptz,
  add column flight_has_note boolean not null default false,
  -- Also the version of its claim stream: each claim is one event further.
  add column flight_epoch integer,
  -- `offered`: nobody has reserved it yet, and it is offered again when the lease ends; `taken`: an attempt is under way.
  add column flight_state text check (flight_state in ('offered', 'taken')),
  -- By the database's own clock, also where business time is virtual.
  add column flight_lease_until timestamptz,
  -- The campaign wants it no more: it does not come back when nothing was sent.
  add column flight_dropped boolean not null default false;

create table settling_claims (
  tenant_id text collate "C" not null,
  action_id text collate "C" not null,
  queue_id bigint not null,
  lead_id text collate "C" not null,
  due_at timestamptz not null,
  has_note boolean not null,
  epoch integer not null,
  dropped boolean not null,
  primary key (tenant_id, action_id)
);
select grant_tenant_table('settling_claims');

update identities i set
  flight_queue_id = c.queue_id, flight_lead_id = c.lead_id, flight_due_at = c.due_at, flight_epoch = c.epoch,
  flight_state = c.state, flight_lease_until = c.lease_until, flight_dropped = c.dropped
from claims c
where c.tenant_id = i.tenant_id and c.action_id = i.busy_with and c.state <> 'settling';
insert into settling_claims (tenant_id, action_id, queue_id, lead_id, due_at, has_note, epoch, dropped)
select tenant_id, action_id, queue_id, lead_id, due_at, false, epoch, dropped from claims where state = 'settling';
drop table claims;

alter table planned_actions add column has_note boolean not null default false;

-- What a campaign may be told beside its schedule: caps for each identity, by kind of action.
alter table campaigns add column daily_caps jsonb;

-- Invitations with a note have a quota of their own.
alter table uses add column has_note boolean not null default false;
create index uses_with_note on uses (tenant_id, identity_id, used_at) where has_note;

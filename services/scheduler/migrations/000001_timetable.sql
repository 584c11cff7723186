-- The timetable. Ids compare by bytes ("C"), as in the event store. Whoever changes what an identity may do next
-- locks the identity's row first: claims skip a locked row, everybody else waits for it. Order of locks in every
-- transaction: campaigns, identities (sorted), the rest, and the event store's streams and bucket heads last. Taking
-- actions off the timetable alone locks no identity, and waits for nobody.

create table identities (
  tenant_id text collate "C" not null,
  identity_id text collate "C" not null,
  -- Contexts publish in no common order: a plan may come before the identity it is for, and waits for it.
  known boolean not null default false,
  profile text not null default 'conservative',
  zone text not null default '',
  login_generation integer not null default 0,
  login_lost boolean not null default false,
  paused_cause text,
  -- The action in flight, claimed and not yet concluded: at most one for each identity.
  busy_with text collate "C",
  -- Its newest use and its newest first contact, as the ledger has them: written with each use and read again from the
  -- ledger when one is given back.
  last_used_at timestamptz,
  last_first_touch_at timestamptz,
  -- Until then one of its lanes is held.
  held_until timestamptz,
  -- The earliest next_slot_at of its queues.
  next_slot_at timestamptz,
  -- The gate and the action in flight only hide the slot, so closing or opening the gate writes this one row (P7).
  next_visit_at timestamptz generated always as (
    case when known and not login_lost and paused_cause is null and busy_with is null then next_slot_at end
  ) stored,
  primary key (tenant_id, identity_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- A tick reads this index up to now, and nothing else, whatever is waiting.
create index identities_due on identities (next_visit_at) where next_visit_at is not null;

create table campaigns (
  tenant_id text collate "C" not null,
  campaign_id text collate "C" not null,
  launched boolean not null default false,
  -- Null until it has been seen.
  schedule jsonb,
  paused_cause text,
  archived boolean not null default false,
  primary key (tenant_id, campaign_id)
);

-- A lane is one identity's actions of one kind: they share caps, spacing and what the provider asked to wait for.
create table lanes (
  tenant_id text collate "C" not null,
  identity_id text collate "C" not null,
  kind text collate "C" not null,
  hold_until timestamptz not null,
  hold_cause text not null,
  -- Refusals in a row, for the backoff.
  strikes smallint not null,
  primary key (tenant_id, identity_id, kind)
);

-- A lane's waiting actions, parted into queues in which every rule says the same about every action, but for the
-- instant it is due. So one look at a queue's head is enough, and a paused campaign's actions are never read.
create table queues (
  tenant_id text collate "C" not null,
  queue_id bigint generated always as identity,
  identity_id text collate "C" not null,
  kind text collate "C" not null,
  campaign_id text collate "C" not null,
  zone text not null,
  priority smallint not null,
  first_touch boolean not null,
  -- No action of the queue can go before; null: none can until something happens.
  next_slot_at timestamptz,
  -- The rule that said no to its head the last time.
  reason text not null default '',
  -- Here alone the workspace is not first. Three indexes that begin with it look equally good to the planner until the
  -- table has statistics, and it then reads all queues of a workspace to find one.
  primary key (queue_id, tenant_id),
  unique (identity_id, kind, campaign_id, zone, priority, first_touch, tenant_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

create index queues_campaign on queues (campaign_id, tenant_id);

create table planned_actions (
  tenant_id text collate "C" not null,
  action_id text collate "C" not null,
  -- Negative while the lead is paused: out of the queue, and not forgotten.
  queue_id bigint not null,
  lead_id text collate "C" not null,
  due_at timestamptz not null,
  -- The version of the action's claim stream; its next claim has the next one as its epoch.
  version integer not null,
  primary key (tenant_id, action_id)
) with (autovacuum_vacuum_scale_factor = 0.02);

create index planned_actions_queue on planned_actions (queue_id, due_at, action_id);

-- Actions handed to the sender. `offered`: nobody has reserved it yet, and it is offered again when the lease ends;
-- `taken`: an attempt is under way; `settling`: the call is over, its outcome is being read back.
create table claims (
  tenant_id text collate "C" not null,
  action_id text collate "C" not null,
  queue_id bigint not null,
  identity_id text collate "C" not null,
  campaign_id text collate "C" not null,
  kind text collate "C" not null,
  lead_id text collate "C" not null,
  due_at timestamptz not null,
  -- Also the version of its claim stream: each claim is one event further.
  epoch integer not null,
  state text not null default 'offered' check (state in ('offered', 'taken', 'settling')),
  -- By the database's own clock, also where business time is virtual.
  lease_until timestamptz not null,
  -- The campaign wants it no more: it does not come back when nothing was sent.
  dropped boolean not null default false,
  primary key (tenant_id, action_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);

-- Leads somebody paused by hand. What pauses a whole identity is at its gate instead.
create table paused_enrollments (
  tenant_id text collate "C" not null,
  enrollment_id text collate "C" not null,
  pause_id text not null,
  primary key (tenant_id, enrollment_id, pause_id)
);

-- The caps ledger: every use of an identity's budget that counts. What is used is always counted from here (P08). A use
-- whose action was certainly not sent leaves the ledger; the events of its claim keep both halves of the story.
create table uses (
  tenant_id text collate "C" not null,
  identity_id text collate "C" not null,
  kind text collate "C" not null,
  -- The place of the use in its lane, 1..n without holes: the use that fills a cap of 30 is at n - 29, found at once.
  ordinal integer not null,
  used_at timestamptz not null,
  action_id text collate "C" not null,
  first_touch boolean not null,
  primary key (tenant_id, identity_id, kind, ordinal)
);

create index uses_first_touch on uses (tenant_id, identity_id, used_at) where first_touch;

select grant_tenant_table(t) from unnest(array[
  'identities', 'campaigns', 'lanes', 'queues', 'planned_actions', 'claims',
  'paused_enrollments', 'uses'
]) t;

-- The read model of the enrollment streams: a pure fold of their events, written with them (I13).
create table enrollments (
  tenant_id text collate "C" not null,
  enrollment_id text collate "C" not null,
  campaign_id text collate "C" not null,
  lead_id text collate "C" not null,
  identity_id text collate "C" not null,
  sequence_version integer not null,
  status text collate "C" not null,
  -- Why it waits or why it ended.
  reason text not null default '',
  next_action_id text collate "C" not null default '',
  next_action_at timestamptz,
  -- When the invitation has been unanswered for too long.
  deadline_at timestamptz,
  connection_accepted_at timestamptz,
  replied_at timestamptz,
  -- How its launch went: empty while not launched, then queued, skipped or error (S2-41).
  launch_outcome text not null default '',
  messages_queued integer not null default 0,
  enrolled_at timestamptz not null,
  ended_at timestamptz,
  version integer not null,
  primary key (tenant_id, enrollment_id),
  constraint enrollments_campaign_lead_key unique (tenant_id, campaign_id, lead_id)
) with (fillfactor = 85);
create index enrollments_lead on enrollments (tenant_id, lead_id);
-- Who is under way: to be started, to be told of a pause, to be waited for before a campaign is finished.
create index enrollments_open on enrollments (tenant_id, campaign_id, status, enrollment_id)
  where ended_at is null;
create index enrollments_open_identity on enrollments (tenant_id, identity_id, enrollment_id)
  where ended_at is null;
create index enrollments_deadline on enrollments (deadline_at) where deadline_at is not null;
select grant_tenant_table('enrollments');

-- One row per step from launch on (S2-17), in the words of S2-26 and our own.
create table actions (
  tenant_id text collate "C" not null,
  enrollment_id text collate "C" not null,
  action_id text collate "C" not null,
  campaign_id text collate "C" not null,
  lead_id text collate "C" not null,
  identity_id text collate "C" not null,
  step integer not null,
  kind text not null,
  message_type text not null,
  requires_connection boolean not null,
  status text not null,
  scheduled_for timestamptz,
  sent_at timestamptz,
  reason text not null default '',
  primary key (tenant_id, enrollment_id, action_id)
) with (fillfactor = 85);
create index actions_campaign on actions (tenant_id, campaign_id, scheduled_for, action_id);
create index actions_identity on actions (tenant_id, identity_id, scheduled_for, action_id);
select grant_tenant_table('actions');

-- History still to be written: each enrollment of an identity hears of its pause or its resume, in batches.
create table fanouts (
  tenant_id text collate "C" not null,
  fanout_no bigint generated always as identity,
  kind text not null check (kind in ('pause', 'resume')),
  identity_id text collate "C" not null,
  pause_id text collate "C" not null,
  cause text not null,
  meta jsonb not null,
  -- The last enrollment that heard of it.
  after_id text collate "C" not null default '',
  created_at timestamptz not null,
  done_at timestamptz,
  primary key (tenant_id, fanout_no)
);
create index fanouts_identity on fanouts (tenant_id, identity_id, fanout_no);
create index fanouts_open on fanouts (fanout_no) where done_at is null;
select grant_tenant_table('fanouts');

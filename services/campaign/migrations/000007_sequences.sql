-- What a sequence says beside its steps: late acceptances, what becomes of unanswered invitations, review.
alter table sequences
  add column policies jsonb not null default '{}',
  add column revised_at timestamptz;

alter table campaigns add column settings jsonb not null default '{}';

alter table enrollments
  -- The step a lead stands at; empty: none.
  add column step_id text collate "C" not null default '',
  -- When the invitation was taken back: LinkedIn takes no new one for about three weeks.
  add column withdrawn_at timestamptz;
create index enrollments_withdrawn on enrollments (tenant_id, lead_id, identity_id, withdrawn_at)
  where withdrawn_at is not null;

alter table actions
  add column step_id text collate "C" not null default '',
  add column variant_id text collate "C" not null default '',
  -- Of a draft: from here on it is not sent.
  add column expires_at timestamptz,
  add column approved_by text not null default '',
  add column approved_at timestamptz;
-- What waits for a person: drafts to approve, tasks to do.
create index actions_by_hand on actions (tenant_id, status, scheduled_for, action_id)
  where status in ('drafted', 'todo');

-- The text of a draft, sealed under the key of the person it is for; an edit takes its place.
create table drafts (
  tenant_id text collate "C" not null,
  action_id text collate "C" not null,
  enrollment_id text collate "C" not null,
  campaign_id text collate "C" not null,
  lead_id text collate "C" not null,
  kind text collate "C" not null,
  step_id text collate "C" not null,
  -- Days from the enrollment to when it may go, as it was drafted (S3-13).
  day_offset integer not null,
  sealed json not null,
  -- Why there is no text; empty: there is one.
  problem text not null default '',
  open boolean not null default true,
  primary key (tenant_id, action_id)
);
-- Drafting twice drafts once (S3-18): a person has one open draft of a kind for one step and day of a campaign.
create unique index drafts_open on drafts (tenant_id, lead_id, kind, day_offset, campaign_id, step_id) where open;
create index drafts_enrollment on drafts (tenant_id, enrollment_id);
select grant_tenant_table('drafts');

-- Whose reply stops whom (F034): a row for each enrollment whose lead answered in a campaign that stops at that.
create table colleague_stops (
  tenant_id text collate "C" not null,
  enrollment_id text collate "C" not null,
  campaign_id text collate "C" not null,
  -- Keyed fingerprint of the company, as it was when the reply came.
  company text collate "C" not null,
  lead_id text collate "C" not null,
  -- False once the reply is corrected.
  stands boolean not null default true,
  -- What caused the last change, for the events that follow from it.
  meta jsonb not null,
  changed_at timestamptz not null,
  -- When everybody it concerns had been stopped or brought back; null: not yet.
  settled_at timestamptz,
  primary key (tenant_id, enrollment_id)
);
create index colleague_stops_company on colleague_stops (tenant_id, campaign_id, company);
create index colleague_stops_running on colleague_stops (tenant_id, changed_at, enrollment_id)
  where settled_at is null;
select grant_tenant_table('colleague_stops');

alter table enrollments
  -- The company whose person answered, of a lead stopped for that; empty: none.
  add column stopped_for text collate "C" not null default '';
create index enrollments_stopped_for on enrollments (tenant_id, campaign_id, stopped_for, enrollment_id)
  where stopped_for <> '';

-- What the customer's own browser is asked to do: one row per action of an identity that acts through a companion.
-- No text, no name and no address of a person: they are rendered when a job is handed out, and leave with the answer.
create table companion_jobs (
  tenant_id text not null,
  job_id text not null,
  identity_id text not null,
  kind text not null,
  epoch integer not null,
  status text not null check (status in ('approved', 'sent', 'failed', 'expired')),
  -- How often it was handed out.
  attempt integer not null default 0,
  approved_at timestamptz not null,
  claimed_at timestamptz,
  locked_until timestamptz,
  lease_id text,
  expires_at timestamptz not null,
  reported_at timestamptz,
  result_url text,
  error_message text,
  primary key (tenant_id, job_id)
);
create index companion_jobs_free on companion_jobs (tenant_id, approved_at, job_id) where status = 'approved';
create index companion_jobs_used on companion_jobs (tenant_id, claimed_at) where claimed_at is not null;
create index companion_jobs_pace on companion_jobs (tenant_id, identity_id, reported_at)
  where reported_at is not null;
select grant_tenant_table('companion_jobs', 'select, insert, update');

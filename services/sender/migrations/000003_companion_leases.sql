-- Every handing out of a job, so that a late result is known for what it is. A row is a browser's word: it holds no text.
create table companion_leases (
  tenant_id text not null,
  lease_id text not null,
  job_id text not null,
  epoch integer not null,
  -- As on the job; the highest one is the last that was handed out.
  attempt integer not null,
  handed_out_at timestamptz not null,
  reported_at timestamptz,
  primary key (tenant_id, lease_id)
);
create index companion_leases_job on companion_leases (tenant_id, job_id, attempt);
select grant_tenant_table('companion_leases', 'select, insert, update');

-- Jobs that are with a browser now.
insert into companion_leases (tenant_id, lease_id, job_id, epoch, attempt, handed_out_at)
select tenant_id, lease_id, job_id, epoch, attempt, claimed_at from companion_jobs
where lease_id is not null and claimed_at is not null;

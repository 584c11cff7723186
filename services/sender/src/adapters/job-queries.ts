export const jobColumns = `j.tenant_id as "tenantId", j.job_id as "jobId", j.identity_id as "identityId",
  a.enrollment_id as "enrollmentId", a.campaign_id as "campaignId", a.lead_id as "leadId", j.kind,
  j.epoch, a.epoch as "claimEpoch", j.status, j.attempt, j.approved_at as "approvedAt", j.claimed_at as "claimedAt",
  j.locked_until as "lockedUntil", j.lease_id as "leaseId", j.expires_at as "expiresAt",
  j.reported_at as "reportedAt", j.result_url as "resultUrl", j.error_message as "errorMessage"`;

/** $1 tenant, $2 since. A claim counts from the moment it is handed out; what failed had no effect. */
export const usesSql = `
  select kind, count(*)::integer as used from companion_jobs
  where tenant_id = $1 and claimed_at > $2 and status in ('approved', 'sent')
  group by kind order by kind`;

/** $1 tenant, $2 identity or empty, $3 kinds below their cap, $4 now, $5 locked until, $6 lease. */
export const leaseSql = `
  update companion_jobs j set locked_until = $5, lease_id = $6, attempt = j.attempt + 1,
    claimed_at = coalesce(j.claimed_at, $4)
  from (
    select j.job_id from companion_jobs j
    join attempts a on a.tenant_id = j.tenant_id and a.action_id = j.job_id and a.epoch = j.epoch
    where j.tenant_id = $1 and ($2 = '' or j.identity_id = $2) and j.status = 'approved'
      and (j.kind = any($3::text[]) or j.claimed_at is not null)
      and (j.locked_until is null or j.locked_until <= $4) and j.expires_at > $4
      and a.status in ('reserved', 'started') and (a.held_until is null or a.held_until < now())
    order by j.approved_at, j.job_id limit 1 for update skip locked
  ) oldest
  where j.tenant_id = $1 and j.job_id = oldest.job_id
  returning j.job_id as "jobId"`;

/** $1 tenant, $2 job, $3 lease. */
export const leaseOfSql = `
  select l.lease_id as "leaseId", l.epoch, l.attempt, l.reported_at as "reportedAt",
    not exists (select from companion_leases n
      where n.tenant_id = l.tenant_id and n.job_id = l.job_id and n.attempt > l.attempt) as "isNewest"
  from companion_leases l where l.tenant_id = $1 and l.job_id = $2 and l.lease_id = $3`;

/** $1 tenant, $2 action, $3 owner, $4 seconds held: the attempt of a job that was just leased. */
export const takeHoldSql = `
  update attempts a set owner = $3, owner_epoch = a.owner_epoch + 1,
    held_until = now() + make_interval(secs => $4)
  where a.tenant_id = $1 and a.action_id = $2
  returning a.tenant_id, a.action_id, a.identity_id, a.enrollment_id, a.campaign_id, a.lead_id, a.kind, a.epoch,
    a.status, a.person, a.text_sha256, a.thread, '{}'::text[] as read_backs_at, a.started_at, a.owner_epoch`;

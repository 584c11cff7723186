import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import {
  JobRows,
  type HandedLease,
  type HandedOut,
  type Job,
  type JobFilter,
  type JobResult,
  type JobTimes,
  type JobUse,
  type LeasedJob,
  type ReportedLease,
  type WantedJob,
} from '../app/jobs.js';
import type { HeldAttempt } from '../app/ports.js';
import { heldFrom, type HeldRow } from './held-row.js';
import { jobColumns, leaseOfSql, leaseSql, takeHoldSql, usesSql } from './job-queries.js';
import type { OwnerPresence } from './owner-presence.js';

// Longer than asking sync and campaign takes; ends by itself where the process dies.
const holdSeconds = 180;

export class SqlJobRows extends JobRows {
  constructor(private readonly presence: OwnerPresence) {
    super();
  }

  async find(tx: Transaction, tenantId: string, jobId: string): Promise<Job | undefined> {
    const { rows } = await tx.query<Job>(
      `select ${jobColumns} from companion_jobs j join attempts a
         on a.tenant_id = j.tenant_id and a.action_id = j.job_id
       where j.tenant_id = $1 and j.job_id = $2`,
      [tenantId, jobId],
    );
    return rows[0];
  }

  async lock(tx: Transaction, tenantId: string, jobId: string): Promise<Job | undefined> {
    await tx.query('select from attempts where tenant_id = $1 and action_id = $2 for update', [
      tenantId,
      jobId,
    ]);
    await tx.query('select from companion_jobs where tenant_id = $1 and job_id = $2 for update', [
      tenantId,
      jobId,
    ]);
    return this.find(tx, tenantId, jobId);
  }

  async offer(
    tx: Transaction,
    { tenantId, attempt }: HeldAttempt,
    { approvedAt, expiresAt }: JobTimes,
  ): Promise<void> {
    const { actionId, kind, epoch, enrollment } = attempt;
    await tx.query(
      `insert into companion_jobs as j
         (tenant_id, job_id, identity_id, kind, epoch, status, approved_at, expires_at)
       values ($1, $2, $3, $4, $5, 'approved', $6, $7)
       on conflict (tenant_id, job_id) do update set
         epoch = excluded.epoch, status = 'approved', approved_at = excluded.approved_at,
         expires_at = excluded.expires_at, locked_until = null, lease_id = null, claimed_at = null,
         reported_at = null, result_url = null, error_message = null
       where j.epoch < excluded.epoch`,
      [tenantId, actionId, enrollment.identityId, kind, epoch, approvedAt, expiresAt],
    );
  }

  async usesForClaim(tx: Transaction, tenantId: string, since: Instant): Promise<JobUse[]> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('companion ' || $1, 0))`, [
      tenantId,
    ]);
    return this.uses(tx, tenantId, since);
  }

  async uses(tx: Transaction, tenantId: string, since: Instant): Promise<JobUse[]> {
    return (await tx.query<JobUse>(usesSql, [tenantId, since])).rows;
  }

  async lease(tx: Transaction, wanted: WantedJob): Promise<LeasedJob | undefined> {
    const { tenantId, identityId, kinds, now, lockedUntil, leaseId } = wanted;
    const { rows } = await tx.query<{ jobId: string }>(leaseSql, [
      tenantId,
      identityId,
      kinds,
      now,
      lockedUntil,
      leaseId,
    ]);
    const [leased] = rows;
    if (leased === undefined) return undefined;
    const values = [tenantId, leased.jobId, this.presence.id, holdSeconds];
    const [held] = (await tx.query<HeldRow>(takeHoldSql, values)).rows;
    const job = await this.find(tx, tenantId, leased.jobId);
    return held && job && { job, held: heldFrom(held) };
  }

  async unlock(tx: Transaction, { tenantId, jobId, leaseId }: Job): Promise<void> {
    await tx.query(
      `update companion_jobs set locked_until = null, lease_id = null
       where tenant_id = $1 and job_id = $2 and lease_id = $3`,
      [tenantId, jobId, leaseId],
    );
  }

  async handedOut(tx: Transaction, job: Job, { at, expiresAt }: HandedOut): Promise<void> {
    const { tenantId, jobId, leaseId, epoch, attempt } = job;
    await tx.query(
      'update companion_jobs set expires_at = $3 where tenant_id = $1 and job_id = $2',
      [tenantId, jobId, expiresAt],
    );
    await tx.query(
      `insert into companion_leases (tenant_id, lease_id, job_id, epoch, attempt, handed_out_at)
       values ($1, $2, $3, $4, $5, $6)`,
      [tenantId, leaseId, jobId, epoch, attempt, at],
    );
  }

  async leaseOf(
    tx: Transaction,
    { tenantId, jobId }: Job,
    leaseId: string,
  ): Promise<HandedLease | undefined> {
    return (await tx.query<HandedLease>(leaseOfSql, [tenantId, jobId, leaseId])).rows[0];
  }

  async leaseReported(
    tx: Transaction,
    { tenantId }: Job,
    { leaseId, at }: ReportedLease,
  ): Promise<void> {
    await tx.query(
      'update companion_leases set reported_at = $3 where tenant_id = $1 and lease_id = $2',
      [tenantId, leaseId, at],
    );
  }

  async expire(tx: Transaction, tenantId: string, jobId: string): Promise<void> {
    await tx.query(
      `update companion_jobs set status = 'expired', locked_until = null, lease_id = null,
         claimed_at = null
       where tenant_id = $1 and job_id = $2`,
      [tenantId, jobId],
    );
  }

  async report(tx: Transaction, { tenantId, jobId }: Job, result: JobResult): Promise<void> {
    const { status, at, resultUrl, errorMessage } = result;
    await tx.query(
      `update companion_jobs set status = $3, reported_at = $4, result_url = $5, error_message = $6,
         claimed_at = coalesce(claimed_at, $4), locked_until = null, lease_id = null
       where tenant_id = $1 and job_id = $2`,
      [tenantId, jobId, status, at, resultUrl, errorMessage],
    );
  }

  async lastReportAt(
    tx: Transaction,
    { tenantId, identityId }: { tenantId: string; identityId: string },
  ): Promise<Instant | null> {
    const { rows } = await tx.query<{ at: Instant | null }>(
      `select max(reported_at) as at from companion_jobs where tenant_id = $1 and identity_id = $2`,
      [tenantId, identityId],
    );
    return rows[0]?.at ?? null;
  }

  async page(
    tx: Transaction,
    { tenantId, status, jobIds, after, limit }: JobFilter,
  ): Promise<Job[]> {
    const { rows } = await tx.query<Job>(
      `select ${jobColumns} from companion_jobs j join attempts a
         on a.tenant_id = j.tenant_id and a.action_id = j.job_id
       where j.tenant_id = $1 and j.job_id > $2 and ($3 = '' or j.status = $3)
         and (cardinality($4::text[]) = 0 or j.job_id = any($4))
       order by j.job_id limit $5`,
      [tenantId, after, status, jobIds, limit],
    );
    return rows;
  }
}

import { DomainError, type Instant } from '@overture/kernel';
import type { EventMeta, Transaction } from '@overture/event-store';
import { decideAttempt } from './decide-attempt.js';
import { resultUrlOf, type HandedLease, type Job } from './jobs.js';
import type { SenderDeps } from './sender-deps.js';
import { stateOfCompanion } from './state-of-companion.js';

interface Report {
  readonly success: boolean;
  readonly resultUrl: string;
  readonly meta: EventMeta;
}

interface Stale {
  readonly job: Job;
  readonly lease: HandedLease;
  readonly report: Report;
}

export function isFinished({ status }: Job): boolean {
  return status === 'sent' || status === 'failed';
}

/** The lease that a browser names; one that was never handed out with this job is nobody's word. */
export async function knownLease(
  { jobs }: SenderDeps,
  tx: Transaction,
  { job, leaseId }: { job: Job; leaseId: string },
): Promise<HandedLease> {
  const lease = await jobs.leaseOf(tx, job, leaseId);
  if (lease !== undefined) return lease;
  throw new DomainError('job/lease-unknown', 'This lease was not handed out with this job.');
}

/** Whether somebody else got the job, or settled it, since this lease was handed out. */
export function isStale(job: Job, lease: HandedLease, { success }: Report): boolean {
  const isOvertaken = !lease.isNewest || lease.epoch !== job.claimEpoch;
  return isOvertaken || (success && isFinished(job));
}

/**
 * What was done is a fact: the action counts as done and is never handed out again (I1). What was not done says nothing, for
 * whoever has the job now may be at it. Gives the refusal that the browser gets.
 */
export async function recordStale(
  deps: SenderDeps,
  tx: Transaction,
  stale: Stale,
): Promise<DomainError> {
  const { job, lease, report } = stale;
  const at = deps.clock.now();
  await noteStale(tx, stale, at);
  if (report.success) await confirm(deps, tx, stale, at);
  const { jobId } = job;
  const said = report.success
    ? 'that it was done is recorded, and it is not handed out again'
    : 'the result of who has it now counts';
  return new DomainError(
    'job/lease-overtaken',
    `Since this lease was handed out the job went on without it; ${said}.`,
    { jobId, attempt: lease.attempt, recorded: report.success },
  );
}

async function noteStale(tx: Transaction, stale: Stale, at: Instant): Promise<void> {
  const { job, lease, report } = stale;
  const { identityId, jobId: actionId } = job;
  const { success, meta } = report;
  const possibleDuplicate = success && (!lease.isNewest || job.status === 'sent');
  const { attempt } = lease;
  const data = { identityId, actionId, attempt, success, possibleDuplicate, at };
  await stateOfCompanion(tx, job, { type: 'StaleResultReported', data }, meta);
}

async function confirm(
  deps: SenderDeps,
  tx: Transaction,
  { job, report }: Stale,
  at: Instant,
): Promise<void> {
  const { tenantId, jobId: actionId, claimEpoch: epoch } = job;
  const { meta } = report;
  if (job.status !== 'sent') {
    const resultUrl = resultUrlOf(report.resultUrl);
    await deps.jobs.report(tx, job, { status: 'sent', at, resultUrl, errorMessage: null });
  }
  const data = { epoch, effectAt: at, at };
  await decideAttempt(deps, tx, { tenantId, actionId, meta }, { type: 'ConfirmAttempt', data });
}

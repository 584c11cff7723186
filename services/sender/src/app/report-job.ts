import type { AttemptCommand } from '@overture/domain-sender';
import { DomainError, NotFoundError, type Instant } from '@overture/kernel';
import { retryConflicts, type EventMeta, type Transaction } from '@overture/event-store';
import { companion } from '@overture/providers';
import { decideAttempt } from './decide-attempt.js';
import { resultUrlOf, type Job } from './jobs.js';
import { rejection } from './perform-action.js';
import { isFinished, isStale, knownLease, recordStale } from './stale-result.js';
import { stateOfCompanion } from './state-of-companion.js';
import type { SenderDeps } from './sender-deps.js';

export interface JobReport {
  readonly tenantId: string;
  readonly jobId: string;
  readonly success: boolean;
  readonly resultUrl: string;
  readonly errorMessage: string;
  /** As handed out with the job; empty: the browser keeps none. */
  readonly leaseId: string;
  readonly meta: EventMeta;
}

/** The job as it is now, or why the browser's word is not the one that counts. */
type Heard = { readonly job: Job } | { readonly refusal: DomainError };

/** What the browser says came of a job. The first result counts; the same said again changes nothing (S3-38..S3-40). */
export async function reportJob(deps: SenderDeps, report: JobReport): Promise<Job> {
  const heard = await retryConflicts(() =>
    deps.database.tenant(report.tenantId, (tx) => hear(deps, tx, report)),
  );
  // Thrown after the commit: what a stale browser did is recorded all the same.
  if ('refusal' in heard) throw heard.refusal;
  return heard.job;
}

async function hear(deps: SenderDeps, tx: Transaction, report: JobReport): Promise<Heard> {
  const { tenantId, jobId } = report;
  const job = await deps.jobs.lock(tx, tenantId, jobId);
  if (job === undefined) throw new NotFoundError('job', jobId);
  const decided = await judgeLease(deps, tx, { job, report });
  if (decided !== undefined) return decided;
  if (isFinished(job)) return { job };
  if (job.claimedAt === null) {
    throw new DomainError('job/not-claimed', 'Nobody fetched this job, so it has no result.');
  }
  await record(deps, tx, { job, report });
  return { job: (await deps.jobs.find(tx, tenantId, jobId)) ?? job };
}

/** What the lease alone decides; undefined: the result counts as it is. */
async function judgeLease(
  deps: SenderDeps,
  tx: Transaction,
  { job, report }: { job: Job; report: JobReport },
): Promise<Heard | undefined> {
  const { leaseId } = report;
  if (leaseId === '') return undefined;
  const lease = await knownLease(deps, tx, { job, leaseId });
  if (lease.reportedAt !== null) return { job };
  await deps.jobs.leaseReported(tx, job, { leaseId, at: deps.clock.now() });
  if (!isStale(job, lease, report)) return undefined;
  return { refusal: await recordStale(deps, tx, { job, lease, report }) };
}

async function record(
  deps: SenderDeps,
  tx: Transaction,
  { job, report }: { job: Job; report: JobReport },
): Promise<void> {
  const { tenantId, success, resultUrl, errorMessage, meta } = report;
  const at = deps.clock.now();
  await notePace(deps, tx, { job, at, meta });
  await deps.jobs.report(tx, job, {
    status: success ? 'sent' : 'failed',
    at,
    resultUrl: success ? resultUrlOf(resultUrl) : null,
    errorMessage: success ? null : companion.truncatedError(errorMessage),
  });
  const on = { tenantId, actionId: job.jobId, meta };
  await decideAttempt(deps, tx, on, outcomeOf(job, report, at));
}

// The text of a failure comes from a page and may name a person: the event keeps what it means.
function outcomeOf(job: Job, { success, errorMessage }: JobReport, at: Instant): AttemptCommand {
  if (success) return { type: 'AcceptAttempt', data: { epoch: job.epoch, at } };
  const label = companion.failureLabel(errorMessage);
  return rejection(job.epoch, { label, detail: 'The browser reported a failure.' }, at);
}

/** The spread between actions is the extension's promise, on purpose not our lock: a breach is a fact (S3-41, S3-57). */
async function notePace(
  { jobs }: SenderDeps,
  tx: Transaction,
  { job, at, meta }: { job: Job; at: Instant; meta: EventMeta },
): Promise<void> {
  const { tenantId, identityId, jobId: actionId } = job;
  const breach = companion.paceBreach(await jobs.lastReportAt(tx, { tenantId, identityId }), at);
  if (breach === undefined) return;
  const data = { identityId, actionId, ...breach, spacingMinMs: companion.spacingMinMs, at };
  await stateOfCompanion(tx, job, { type: 'PaceBreached', data }, meta);
}

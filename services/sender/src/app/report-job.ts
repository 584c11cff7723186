import { companionStream, type AttemptCommand, type CompanionEvent } from '@overture/domain-sender';
import { DomainError, NotFoundError, type Instant } from '@overture/kernel';
import { retryConflicts, type EventMeta, type Transaction } from '@overture/event-store';
import { companion } from '@overture/providers';
import { decideAttempt } from './decide-attempt.js';
import type { Job } from './jobs.js';
import { rejection } from './perform-action.js';
import type { SenderDeps } from './sender-deps.js';

export interface JobReport {
  readonly tenantId: string;
  readonly jobId: string;
  readonly success: boolean;
  readonly resultUrl: string;
  readonly errorMessage: string;
  readonly meta: EventMeta;
}

const urlLengthMax = 2_000;

/** What the browser says came of a job. The first result counts; the same said again changes nothing (S3-38..S3-40). */
export function reportJob(deps: SenderDeps, report: JobReport): Promise<Job> {
  const { tenantId, jobId } = report;
  return retryConflicts(() =>
    deps.database.tenant(tenantId, async (tx) => {
      const job = await deps.jobs.lock(tx, tenantId, jobId);
      if (job === undefined) throw new NotFoundError('job', jobId);
      if (job.status === 'sent' || job.status === 'failed') return job;
      if (job.claimedAt === null) {
        throw new DomainError('job/not-claimed', 'Nobody fetched this job, so it has no result.');
      }
      await record(deps, tx, { job, report });
      return (await deps.jobs.find(tx, tenantId, jobId)) ?? job;
    }),
  );
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
    resultUrl: success ? resultUrl.slice(0, urlLengthMax) || null : null,
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
  const event: CompanionEvent = {
    type: 'PaceBreached',
    data: { identityId, actionId, ...breach, spacingMinMs: companion.spacingMinMs, at },
  };
  const stream = companionStream(identityId);
  const { version } = await tx.read(tenantId, stream);
  await tx.append(tenantId, stream, [{ ...event, meta }], version);
}

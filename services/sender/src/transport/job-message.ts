import type { Job } from '../app/jobs.js';
import { kindToContract } from '../kinds.js';

/** A job as others see it: what is to be written, and to whom, only its claim tells. */
export function jobMessage(job: Job) {
  const { jobId, identityId, enrollmentId, campaignId, leadId, status, attempt } = job;
  return {
    jobId,
    identityId,
    enrollmentId,
    campaignId,
    leadId,
    kind: kindToContract(job.kind),
    status,
    attempt,
    approvedAt: job.approvedAt,
    lockedUntil: job.lockedUntil ?? '',
    expiresAt: job.expiresAt,
    sentAt: status === 'sent' ? (job.reportedAt ?? '') : '',
    resultUrl: job.resultUrl ?? '',
    errorMessage: job.errorMessage ?? '',
  };
}

import type { AttemptRef } from '@overture/domain-sender';
import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { HeldAttempt } from './ports.js';

/** What a companion can do (S3-03). */
export type JobKind = Extract<AttemptRef['kind'], 'connect' | 'message' | 'comment'>;

export interface Job {
  readonly tenantId: string;
  readonly jobId: string;
  readonly identityId: string;
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly kind: JobKind;
  readonly epoch: number;
  /** Of the newest claim of its action, which may not be offered yet. */
  readonly claimEpoch: number;
  readonly status: 'approved' | 'sent' | 'failed' | 'expired';
  readonly attempt: number;
  readonly approvedAt: Instant;
  readonly claimedAt: Instant | null;
  readonly lockedUntil: Instant | null;
  readonly leaseId: string | null;
  readonly expiresAt: Instant;
  readonly reportedAt: Instant | null;
  readonly resultUrl: string | null;
  readonly errorMessage: string | null;
}

const urlLengthMax = 2_000;

/** Where what was done can be seen, as far as it is kept. */
export function resultUrlOf(text: string): string | null {
  return text.slice(0, urlLengthMax) || null;
}

export interface JobUse {
  readonly kind: JobKind;
  readonly used: number;
}

export interface Lease {
  readonly leaseId: string;
  readonly lockedUntil: Instant;
}

/** A lease as it was handed out with a job. */
export interface HandedLease {
  readonly leaseId: string;
  readonly epoch: number;
  readonly attempt: number;
  readonly reportedAt: Instant | null;
  /** The job was not handed out again since. */
  readonly isNewest: boolean;
}

export interface JobResult {
  readonly status: 'sent' | 'failed';
  readonly at: Instant;
  readonly resultUrl: string | null;
  readonly errorMessage: string | null;
}

/** The rows of jobs. Every method runs in the caller's transaction. */
export abstract class JobRows {
  abstract find(tx: Transaction, tenantId: string, jobId: string): Promise<Job | undefined>;
  /** The same, with the attempt's row locked first, as everybody does who decides on it. */
  abstract lock(tx: Transaction, tenantId: string, jobId: string): Promise<Job | undefined>;
  /** Offers what was claimed for the browser; a new claim begins anew. */
  abstract offer(tx: Transaction, held: HeldAttempt, times: JobTimes): Promise<void>;
  /** What counts against the caps since then, with the workspace's claims kept waiting until the commit. */
  abstract usesForClaim(tx: Transaction, tenantId: string, since: Instant): Promise<JobUse[]>;
  abstract uses(tx: Transaction, tenantId: string, since: Instant): Promise<JobUse[]>;
  /** Locks the oldest free job of these kinds, and takes hold of its attempt (S3-34, S3-36). */
  abstract lease(tx: Transaction, wanted: WantedJob): Promise<LeasedJob | undefined>;
  abstract unlock(tx: Transaction, job: Job): Promise<void>;
  /** Handed out: from now on only a result ends it. */
  abstract handedOut(tx: Transaction, job: Job, times: HandedOut): Promise<void>;
  /** One that was never handed out with this job is undefined. */
  abstract leaseOf(tx: Transaction, job: Job, leaseId: string): Promise<HandedLease | undefined>;
  abstract leaseReported(tx: Transaction, job: Job, lease: ReportedLease): Promise<void>;
  abstract expire(tx: Transaction, tenantId: string, jobId: string): Promise<void>;
  abstract report(tx: Transaction, job: Job, result: JobResult): Promise<void>;
  abstract lastReportAt(
    tx: Transaction,
    of: { readonly tenantId: string; readonly identityId: string },
  ): Promise<Instant | null>;
  abstract page(tx: Transaction, filter: JobFilter): Promise<Job[]>;
}

export interface JobTimes {
  readonly approvedAt: Instant;
  readonly expiresAt: Instant;
}

export interface HandedOut {
  readonly at: Instant;
  readonly expiresAt: Instant;
}

export interface ReportedLease {
  readonly leaseId: string;
  readonly at: Instant;
}

export interface WantedJob extends Lease {
  readonly tenantId: string;
  /** Empty: of any identity. */
  readonly identityId: string;
  readonly kinds: readonly JobKind[];
  readonly now: Instant;
}

export interface LeasedJob {
  readonly job: Job;
  readonly held: HeldAttempt;
}

export interface JobFilter {
  readonly tenantId: string;
  readonly status: string;
  /** Empty: all. */
  readonly jobIds: readonly string[];
  readonly after: string;
  readonly limit: number;
}

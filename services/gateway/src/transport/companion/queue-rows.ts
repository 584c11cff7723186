import { ActionKind, type Draft, type Job, type JobCap, type Lead } from '@overture/contracts';
import { plain } from '../http/plain.js';
import type { CounterView, JobView, QueueRowView, QueueStatus } from './queue.dto.js';

const actionOf: Readonly<Partial<Record<ActionKind, QueueRowView['action']>>> = {
  [ActionKind.CONNECT]: 'connection_request',
  [ActionKind.MESSAGE]: 'message',
  [ActionKind.COMMENT]: 'comment',
};

/** In which states of an action a row of this status may be found. */
export const actionStatuses: Readonly<Record<QueueStatus, readonly string[]>> = {
  pending_review: ['drafted'],
  approved: ['planned', 'intended'],
  sent: ['sent'],
  failed: ['failed'],
  skipped: ['dropped'],
  expired: ['dropped'],
};

/** A draft, and the job it became, as one row of the queue (S3-11..S3-17). Undefined: no browser could do it. */
export function draftRow(
  customerId: string,
  draft: Draft,
  job: Job | undefined,
): QueueRowView | undefined {
  const action = actionOf[draft.kind];
  if (action === undefined) return undefined;
  return {
    id: draft.actionId,
    customerId,
    action,
    // Leased it is still approved: what the browser takes is in flight (S3-20).
    status: draft.status === 'claimed' ? 'approved' : draft.status,
    prospectUrl: draft.kind === ActionKind.COMMENT ? draft.postUrl : draft.linkedinUrl,
    body: draft.text,
    dayOffset: draft.dayOffset,
    ...said({
      prospectName: `${draft.firstName} ${draft.lastName}`.trim(),
      prospectCompany: draft.companyName,
      prospectRole: draft.title,
      ...intentOf(draft),
      approvedAt: draft.approvedAt,
      approvedByUserId: draft.approvedBy,
      sentAt: draft.sentAt,
      expiresAt: draft.expiresAt,
    }),
    ...resultOf(job),
  };
}

/** An action that nobody had to review. */
export function jobRow(
  customerId: string,
  job: Job,
  lead: Lead | undefined,
): QueueRowView | undefined {
  const action = actionOf[job.kind];
  if (action === undefined) return undefined;
  return {
    id: job.jobId,
    customerId,
    action,
    // Not fetched in time, it went back to the timetable and comes again.
    status: job.status === 'expired' ? 'approved' : job.status,
    prospectUrl: job.prospectUrl || (lead?.linkedinUrl ?? ''),
    body: job.body,
    dayOffset: 0,
    ...said({
      ...(lead && prospectOf(lead)),
      approvedAt: job.approvedAt,
      expiresAt: job.expiresAt,
    }),
    ...resultOf(job),
  };
}

export function jobView(row: QueueRowView, { attempt, leaseId }: Job): JobView {
  return { ...plain(row), attempt, leaseId };
}

export function counterView({ kind, used, cap }: JobCap): CounterView {
  return { action: actionOf[kind] ?? '', used, cap };
}

function prospectOf(lead: Lead) {
  const { firstName, lastName, companyName, title } = lead;
  return {
    prospectName: `${firstName} ${lastName}`.trim(),
    prospectCompany: companyName,
    prospectRole: title,
    ...intentOf(lead),
  };
}

/** What a lead says of where and why the person was picked, in the words of the source (S3-14). */
function intentOf({ pickedSource, pickedBecause }: Pick<Lead, 'pickedSource' | 'pickedBecause'>) {
  return { intentSource: pickedSource, intentReason: pickedBecause };
}

function resultOf(job: Job | undefined): Partial<QueueRowView> {
  if (job === undefined) return {};
  const { lockedUntil, sentAt, resultUrl, errorMessage } = job;
  return said({ lockedUntil, sentAt, resultUrl, errorMessage });
}

/** Empty text is left out. */
function said<T extends Readonly<Record<string, string>>>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== ''),
  ) as Partial<T>;
}

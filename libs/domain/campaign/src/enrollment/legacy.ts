import type { ActionStatus, ShownStatus } from './state.js';

/** The names of the systems before us, read only (F055, F121). */
export interface LegacyStatus {
  /** S1-25: PENDING, SENT, REPLIED, STOPPED. */
  readonly job: 'PENDING' | 'SENT' | 'REPLIED' | 'STOPPED';
  /** S2-27: pending, approved, connected, messaging; with the ends of S2-38 to S2-41. */
  readonly prospect:
    'pending' | 'approved' | 'connected' | 'messaging' | 'replied' | 'failed' | 'skipped';
}

const legacy: Readonly<Record<ShownStatus, LegacyStatus>> = {
  new: { job: 'PENDING', prospect: 'pending' },
  checking: { job: 'PENDING', prospect: 'pending' },
  ready_to_connect: { job: 'PENDING', prospect: 'approved' },
  invited: { job: 'PENDING', prospect: 'approved' },
  ready_to_message: { job: 'PENDING', prospect: 'connected' },
  cooldown: { job: 'PENDING', prospect: 'connected' },
  connected: { job: 'PENDING', prospect: 'connected' },
  messaging: { job: 'PENDING', prospect: 'messaging' },
  paused: { job: 'PENDING', prospect: 'approved' },
  halted: { job: 'STOPPED', prospect: 'failed' },
  completed: { job: 'SENT', prospect: 'messaging' },
  replied: { job: 'REPLIED', prospect: 'replied' },
  stopped: { job: 'STOPPED', prospect: 'skipped' },
  skipped: { job: 'STOPPED', prospect: 'skipped' },
  expired: { job: 'STOPPED', prospect: 'skipped' },
  withdrawn: { job: 'STOPPED', prospect: 'skipped' },
  failed: { job: 'STOPPED', prospect: 'failed' },
};

export function legacyStatus(status: ShownStatus): LegacyStatus {
  return legacy[status];
}

/** S2-26: the rows of a send queue. */
export type LegacyQueueStatus = 'pending' | 'sent' | 'skipped' | 'failed';

/** S3-20: what is planned needs no approval or has it, what is being tried is locked. */
export type LegacyDraftStatus =
  'pending_review' | 'approved' | 'claimed' | 'sent' | 'failed' | 'skipped' | 'expired';

const queueStatus: Readonly<Record<ActionStatus, LegacyQueueStatus>> = {
  drafted: 'pending',
  todo: 'pending',
  done: 'sent',
  planned: 'pending',
  intended: 'pending',
  unknown: 'pending',
  sent: 'sent',
  failed: 'failed',
  dropped: 'skipped',
};

const draftStatus: Readonly<Record<ActionStatus, LegacyDraftStatus>> = {
  drafted: 'pending_review',
  todo: 'pending_review',
  done: 'sent',
  planned: 'approved',
  intended: 'claimed',
  unknown: 'claimed',
  sent: 'sent',
  failed: 'failed',
  dropped: 'skipped',
};

export function legacyQueueStatus(status: ActionStatus): LegacyQueueStatus {
  return queueStatus[status];
}

/** What was given up is skipped, or expired where that is the reason (S3-21, S3-23). */
export function legacyDraftStatus(status: ActionStatus, reason = ''): LegacyDraftStatus {
  if (status === 'dropped' && reason === 'draft_expired') return 'expired';
  return draftStatus[status];
}

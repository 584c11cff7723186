import type { AttemptRef, OpenAttemptStatus } from '@overture/domain-sender';
import type { Instant } from '@overture/kernel';
import type { HeldAttempt } from '../app/ports.js';

/** An attempt as its holder reads it. */
export interface HeldRow {
  readonly tenant_id: string;
  readonly action_id: string;
  readonly identity_id: string;
  readonly enrollment_id: string;
  readonly campaign_id: string;
  readonly lead_id: string;
  readonly kind: AttemptRef['kind'];
  readonly epoch: number;
  readonly status: OpenAttemptStatus;
  readonly person: string;
  readonly text_sha256: string;
  readonly thread: string;
  readonly read_backs_at: readonly Instant[];
  readonly started_at: Instant | null;
  readonly owner_epoch: number;
}

export function heldFrom(row: HeldRow): HeldAttempt {
  return {
    tenantId: row.tenant_id,
    status: row.status,
    ownerEpoch: row.owner_epoch,
    person: row.person,
    textSha256: row.text_sha256,
    thread: row.thread,
    readBacksAt: row.read_backs_at,
    startedAt: row.started_at,
    attempt: {
      actionId: row.action_id,
      epoch: row.epoch,
      kind: row.kind,
      enrollment: {
        enrollmentId: row.enrollment_id,
        campaignId: row.campaign_id,
        leadId: row.lead_id,
        identityId: row.identity_id,
      },
    },
  };
}

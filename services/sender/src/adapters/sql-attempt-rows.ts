import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import {
  AttemptRows,
  type AttemptChange,
  type AttemptFilter,
  type AttemptView,
  type CallTrace,
  type HeldAttempt,
} from '../app/ports.js';
import { takeDueSql, projectSql } from './attempt-queries.js';
import { heldFrom, type HeldRow } from './held-row.js';
import type { OwnerPresence } from './owner-presence.js';

// Longer than the longest call, so that a hold never runs out under a living owner.
const holdSeconds = 180;

export class SqlAttemptRows extends AttemptRows {
  constructor(private readonly presence: OwnerPresence) {
    super();
  }

  async takeDue(tx: Transaction, now: Instant, limit: number): Promise<HeldAttempt[]> {
    const { rows } = await tx.query<HeldRow>(takeDueSql, [
      now,
      limit,
      this.presence.id,
      holdSeconds,
    ]);
    return rows.map(heldFrom);
  }

  async holds(tx: Transaction, held: HeldAttempt): Promise<boolean> {
    const { rowCount } = await tx.query(
      `select from attempts where tenant_id = $1 and action_id = $2 and owner_epoch = $3 for update`,
      [held.tenantId, held.attempt.actionId, held.ownerEpoch],
    );
    return rowCount === 1;
  }

  async trace(tx: Transaction, held: HeldAttempt, trace: CallTrace): Promise<void> {
    await tx.query(
      `update attempts set person = $3, text_sha256 = $4, thread = $5
       where tenant_id = $1 and action_id = $2`,
      [held.tenantId, held.attempt.actionId, trace.person, trace.textSha256, trace.thread],
    );
  }

  async addReadBack(tx: Transaction, held: HeldAttempt, at: Instant): Promise<void> {
    await tx.query(
      `update attempts set read_backs_at = read_backs_at || $3::timestamptz
       where tenant_id = $1 and action_id = $2`,
      [held.tenantId, held.attempt.actionId, at],
    );
  }

  async postpone(tx: Transaction, held: HeldAttempt, until: Instant): Promise<void> {
    await tx.query(
      `update attempts set due_at = $4, held_until = null
       where tenant_id = $1 and action_id = $2 and owner_epoch = $3 and due_at is not null`,
      [held.tenantId, held.attempt.actionId, held.ownerEpoch, until],
    );
  }

  async project(
    tx: Transaction,
    { tenantId, state, events, dueAt, keepHold }: AttemptChange,
  ): Promise<void> {
    const { attempt, status, since } = state;
    const { label, detail } = explanation(events);
    const { identityId, enrollmentId, campaignId, leadId } = attempt.enrollment;
    const about = [
      tenantId,
      attempt.actionId,
      identityId,
      enrollmentId,
      campaignId,
      leadId,
      attempt.kind,
    ];
    const stand = [attempt.epoch, status, label, detail, since, dueAt ?? null, keepHold];
    await tx.query(projectSql, [...about, ...stand]);
  }

  async nextDueAfter(tx: Transaction, now: Instant): Promise<Instant | undefined> {
    const { rows } = await tx.query<{ at: Instant | null }>(
      'select min(due_at) as at from attempts where due_at > $1',
      [now],
    );
    return rows[0]?.at ?? undefined;
  }

  async freeGone(tx: Transaction): Promise<void> {
    const { rows } = await tx.query<{ owner: number }>(
      'select distinct owner from attempts where held_until > now()',
    );
    const gone = await this.presence.gone(
      tx,
      rows.map(({ owner }) => owner),
    );
    if (gone.length === 0) return;
    await tx.query(
      'update attempts set held_until = null where held_until > now() and owner = any($1)',
      [gone],
    );
  }

  async page(
    tx: Transaction,
    { tenantId, actionId, status, after, limit }: AttemptFilter,
  ): Promise<AttemptView[]> {
    const { rows } = await tx.query<AttemptView>(
      `select action_id as "actionId", identity_id as "identityId", status, epoch, label, detail,
         started_at as "startedAt", settled_at as "settledAt"
       from attempts
       where tenant_id = $1 and action_id > $2 and ($3 = '' or action_id = $3) and ($4 = '' or status = $4)
       order by action_id limit $5`,
      [tenantId, after, actionId, status, limit],
    );
    return rows;
  }
}

function explanation(events: AttemptChange['events']): { label: string; detail: string } {
  const last = events.at(-1);
  switch (last?.type) {
    case 'AttemptRejected':
      return last.data;
    case 'AttemptReleased':
      return { label: last.data.cause, detail: '' };
    case 'AttemptUnknown':
    case 'AttemptUndecided':
      return { label: '', detail: last.data.detail };
    default:
      return { label: '', detail: '' };
  }
}

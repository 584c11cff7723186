import { plus, type Instant } from '@overture/kernel';
import { reinviteLockMs } from '@overture/domain-campaign';
import {
  DraftTexts,
  type DraftRow,
  type DraftsWanted,
  type ListedDraft,
  type ListedTask,
} from '../app/draft-texts.js';
import type { Scope } from '../app/scope.js';
import type { PageOf } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, upsertRows } from './rows.js';

const drafts = { name: 'drafts', key: ['tenant_id', 'action_id'] };

export class SqlDrafts extends DraftTexts {
  override async save({ tx, tenantId }: Scope, rows: readonly DraftRow[]): Promise<void> {
    await upsertRows(
      tx,
      drafts,
      rows.map((row) => ({ tenantId, ...row })),
    );
  }

  override async close({ tx, tenantId }: Scope, actionIds: readonly string[]): Promise<void> {
    if (actionIds.length === 0) return;
    await tx.query(
      'update drafts set open = false where tenant_id = $1 and action_id = any ($2) and open',
      [tenantId, actionIds],
    );
  }

  override async find({ tx, tenantId }: Scope, actionId: string) {
    const { rows } = await tx.query(
      'select * from drafts where tenant_id = $1 and action_id = $2',
      [tenantId, actionId],
    );
    return rows[0] === undefined ? undefined : fromRow<DraftRow>(rows[0]);
  }

  override async wordless({ tx, tenantId }: Scope, actionIds: readonly string[]) {
    if (actionIds.length === 0) return new Set<string>();
    const { rows } = await tx.query<{ action_id: string }>(
      `select action_id from drafts
       where tenant_id = $1 and action_id = any ($2) and problem <> ''`,
      [tenantId, actionIds],
    );
    return new Set(rows.map((row) => row.action_id));
  }

  override async listed({ tx, tenantId }: Scope, actionId: string) {
    const { rows } = await tx.query(
      `select a.*${wordsOf} from actions a join drafts d using (tenant_id, action_id)
       where a.tenant_id = $1 and a.action_id = $2 and a.enrollment_id = d.enrollment_id`,
      [tenantId, actionId],
    );
    return rows[0] === undefined ? undefined : fromRow<ListedDraft>(rows[0]);
  }

  override list(scope: Scope, wanted: DraftsWanted): Promise<PageOf<ListedDraft>> {
    return this.page<ListedDraft>(scope, wanted, {
      columns: wordsOf,
      join: 'join drafts d using (tenant_id, action_id)',
      status: wanted.status || 'drafted',
    });
  }

  override tasks(scope: Scope, wanted: DraftsWanted): Promise<PageOf<ListedTask>> {
    const status = wanted.status || 'todo';
    return this.page<ListedTask>(scope, wanted, { columns: '', join: '', status, kind: 'task' });
  }

  override async enrollmentOf({ tx, tenantId }: Scope, actionId: string) {
    const { rows } = await tx.query<{ enrollment_id: string }>(
      'select enrollment_id from actions where tenant_id = $1 and enrollment_id = $2 and action_id = $3',
      [tenantId, actionId.slice(0, actionId.indexOf('.')), actionId],
    );
    return rows[0]?.enrollment_id;
  }

  override async reinviteLocks({ tx, tenantId }: Scope, leads: readonly string[], now: Instant) {
    const result = await tx.query(
      `select lead_id, identity_id, max(withdrawn_at) as withdrawn_at from enrollments
       where tenant_id = $1 and lead_id = any ($2) and withdrawn_at > $3
       group by lead_id, identity_id`,
      [tenantId, leads, plus(now, -reinviteLockMs)],
    );
    return fromRows<{ leadId: string; identityId: string; withdrawnAt: Instant }>(result);
  }

  // The oldest first: what waits longest expires first (S3-34).
  private async page<Row extends { scheduledFor: Instant | null; actionId: string }>(
    { tx, tenantId }: Scope,
    { campaignId, limit, cursor }: DraftsWanted,
    { columns, join, status, kind = '' }: Listing,
  ): Promise<PageOf<Row>> {
    const [afterTime = '', afterId = ''] = decodeCursor(cursor, 2) ?? [];
    const result = await tx.query(
      `select a.* ${columns} from actions a ${join}
       where a.tenant_id = $1 and a.status = $2 and ($3 = '' or a.campaign_id = $3)
         and ($4 = '' or a.kind = $4)
         and ($5 = '' or (a.scheduled_for, a.action_id) > ($5::timestamptz, $6))
       order by a.scheduled_for, a.action_id limit $7`,
      [tenantId, status, campaignId, kind, afterTime, afterId, limit + 1],
    );
    return pageOf(fromRows<Row>(result), limit, (row) => [row.scheduledFor ?? '', row.actionId]);
  }
}

const wordsOf = ', d.day_offset, d.sealed, d.problem';

interface Listing {
  readonly columns: string;
  readonly join: string;
  readonly status: string;
  readonly kind?: string;
}

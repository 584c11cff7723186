import type { Database, Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { EnrollmentRow } from '../app/enrollment-view.js';
import {
  Enrollments,
  type CampaignRef,
  type ChangedEnrollment,
  type PlanningFacts,
  type Unstarted,
} from '../app/enrollments.js';
import type { AcceptedLead } from '../app/move-accepted.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { campaignsToFinish, campaignsToStart, goesOn } from './enrollments.sql.js';
import { fromRow, fromRows, upsertRows } from './rows.js';

const enrollments = { name: 'enrollments', key: ['tenant_id', 'enrollment_id'] };
const actions = { name: 'actions', key: ['tenant_id', 'enrollment_id', 'action_id'] };

interface IdPage {
  readonly afterId: string;
  readonly limit: number;
}

export class SqlEnrollments extends Enrollments {
  private readonly unsaved = new WeakMap<Transaction, Map<string, ChangedEnrollment>>();

  constructor(private readonly database: Database) {
    super();
  }

  override save(scope: Scope, changed: readonly ChangedEnrollment[]): void {
    const { tx } = scope;
    const known = this.unsaved.get(tx);
    const unsaved = known ?? new Map<string, ChangedEnrollment>();
    for (const { row, actions: own } of changed) {
      const before = unsaved.get(row.enrollmentId)?.actions ?? [];
      unsaved.set(row.enrollmentId, { row, actions: [...before, ...own] });
    }
    if (known !== undefined) return;
    this.unsaved.set(tx, unsaved);
    tx.beforeCommit(() => this.settle(scope));
  }

  override async settle({ tx, tenantId }: Scope): Promise<void> {
    const unsaved = this.unsaved.get(tx) ?? new Map<string, ChangedEnrollment>();
    const changed = [...unsaved.values()].sort(byId);
    unsaved.clear();
    await upsertRows(
      tx,
      enrollments,
      changed.map(({ row }) => ({ tenantId, ...row })),
    );
    await upsertRows(
      tx,
      actions,
      changed.flatMap((each) => actionRows(tenantId, each)),
    );
  }

  override async lock({ tx, tenantId }: Scope, enrollmentIds: readonly string[]): Promise<void> {
    await tx.query(
      `select from enrollments where tenant_id = $1 and enrollment_id = any ($2)
       order by enrollment_id for update`,
      [tenantId, enrollmentIds],
    );
  }

  override async find({ tx, tenantId }: Scope, enrollmentId: string) {
    const { rows } = await tx.query(
      'select * from enrollments where tenant_id = $1 and enrollment_id = $2',
      [tenantId, enrollmentId],
    );
    return rows[0] === undefined ? undefined : fromRow<EnrollmentRow>(rows[0]);
  }

  override async ofLeads({ tx, tenantId }: Scope, leadIds: readonly string[]) {
    const result = await tx.query(
      `select * from enrollments where tenant_id = $1 and lead_id = any ($2)
       order by lead_id, enrolled_at, enrollment_id`,
      [tenantId, leadIds],
    );
    return fromRows<EnrollmentRow>(result);
  }

  override async planningFacts({ tx, tenantId }: Scope, enrollmentIds: readonly string[]) {
    const result = await tx.query(
      `select e.enrollment_id, e.campaign_id, e.lead_id, e.sequence_version, l.time_zone,
         l.company as company_key, c.settings->>'first' as first
       from enrollments e join leads l using (tenant_id, lead_id)
       join campaigns c using (tenant_id, campaign_id)
       where e.tenant_id = $1 and e.enrollment_id = any ($2)`,
      [tenantId, enrollmentIds],
    );
    return fromRows<PlanningFacts>(result);
  }

  // Somebody whose identity cannot look or act now waits for it: the gates say so, and opening them begins again.
  override async unstarted(
    { tx, tenantId }: Scope,
    campaignId: string,
    { afterId, limit }: IdPage,
  ) {
    const result = await tx.query(
      `select e.enrollment_id, e.campaign_id, e.lead_id, e.identity_id from enrollments e
       where e.tenant_id = $1 and e.campaign_id = $2 and e.status = 'new' and e.ended_at is null
         and e.enrollment_id > $3
         and not exists (select from gates g where g.tenant_id = $1 and not g.open
           and g.kind in ('identity', 'login') and g.gate_id = e.identity_id)
       order by e.enrollment_id limit $4`,
      [tenantId, campaignId, afterId, limit],
    );
    return fromRows<Unstarted>(result);
  }

  override async ofIdentity(
    { tx, tenantId }: Scope,
    identityId: string,
    { afterId, limit }: IdPage,
  ): Promise<readonly string[]> {
    const { rows } = await tx.query<{ enrollment_id: string }>(
      `select enrollment_id from enrollments
       where tenant_id = $1 and identity_id = $2 and enrollment_id > $3 and ended_at is null
       order by enrollment_id limit $4`,
      [tenantId, identityId, afterId, limit],
    );
    return rows.map((row) => row.enrollment_id);
  }

  override async following({ tx, tenantId }: Scope, page: Parameters<Enrollments['following']>[1]) {
    const { campaignId, version, leadIds, afterId, limit } = page;
    const { rows } = await tx.query<{ enrollment_id: string }>(
      `select enrollment_id from enrollments
       where tenant_id = $1 and campaign_id = $2 and enrollment_id > $3
         and ($4 = 0 or sequence_version = $4 and ended_at is null)
         and ($5::text[] = '{}' or lead_id = any ($5))
       order by enrollment_id limit $6`,
      [tenantId, campaignId, afterId, version, leadIds, limit],
    );
    return rows.map((row) => row.enrollment_id);
  }

  override async accepted(
    { tx, tenantId }: Scope,
    { campaignId, limit, cursor }: PageWanted & { campaignId: string },
  ): Promise<PageOf<AcceptedLead>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select e.enrollment_id, e.lead_id, e.identity_id, e.status, l.fingerprints[1] as fingerprint,
         l.company
       from enrollments e join leads l using (tenant_id, lead_id)
       where e.tenant_id = $1 and e.campaign_id = $2 and e.lead_id > $3
         and e.connection_accepted_at is not null
       order by e.lead_id limit $4`,
      [tenantId, campaignId, afterId, limit + 1],
    );
    return pageOf(fromRows<AcceptedLead>(result), limit, ({ leadId }) => [leadId]);
  }

  override async allEnded({ tx, tenantId }: Scope, campaignId: string): Promise<boolean> {
    const { rows } = await tx.query(
      `select exists (select from enrollments e where ${of}) and not exists (
         select from enrollments e where ${of} and ${goesOn}) as ended`,
      [tenantId, campaignId],
    );
    return rows[0]?.['ended'] === true;
  }

  override overdue(now: Instant, limit: number) {
    return this.across<{ tenantId: string; enrollmentId: string }>(
      `select tenant_id, enrollment_id from enrollments where deadline_at <= $1
       order by deadline_at, tenant_id, enrollment_id limit $2`,
      [now, limit],
    );
  }

  override async nextDeadline(): Promise<Instant | undefined> {
    const [row] = await this.across<{ next?: Instant }>(
      'select min(deadline_at) as next from enrollments where deadline_at is not null',
      [],
    );
    return row?.next;
  }

  override campaignsToStart(): Promise<readonly CampaignRef[]> {
    return this.across(campaignsToStart, []);
  }

  override campaignsToFinish(): Promise<readonly CampaignRef[]> {
    return this.across(campaignsToFinish, []);
  }

  private across<T>(text: string, values: readonly unknown[]): Promise<T[]> {
    return this.database.worker(async (tx) => fromRows<T>(await tx.query(text, values)));
  }
}

const of = 'e.tenant_id = $1 and e.campaign_id = $2';

function byId(a: ChangedEnrollment, b: ChangedEnrollment): number {
  return a.row.enrollmentId < b.row.enrollmentId ? -1 : 1;
}

/** The last word on each action; an enrollment may have changed several times in one transaction. */
function actionRows(tenantId: string, { row, actions: own }: ChangedEnrollment): object[] {
  const { enrollmentId, campaignId, leadId, identityId } = row;
  const ids = { tenantId, enrollmentId, campaignId, leadId, identityId };
  const latest = new Map(own.map((action) => [action.actionId, action]));
  return [...latest.values()].map((action) => ({ ...ids, ...action }));
}

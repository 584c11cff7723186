import { enrollmentStream, leadStream } from '@overture/domain-campaign';
import {
  Views,
  type CampaignTotals,
  type LaunchedPerson,
  type LaunchTotals,
  type LeadEventRow,
  type ListedAction,
  type QuietGroup,
  type Tally,
} from '../app/enrollments.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows } from './rows.js';

type ActionsWanted = PageWanted & { campaignId: string; identityId: string; status: string };

export class SqlViews extends Views {
  override async streams(
    { tx, tenantId }: Scope,
    category: string,
    { afterId, limit }: { afterId: string; limit: number },
  ) {
    const { rows } = await tx.query<{ stream_id: string }>(
      `select stream_id from streams
       where tenant_id = $1 and stream_id > $2 and starts_with(stream_id, $3)
       order by stream_id limit $4`,
      [tenantId, afterId || `${category}-`, `${category}-`, limit],
    );
    return rows.map((row) => row.stream_id);
  }

  override async launchTotals({ tx, tenantId }: Scope, campaignId: string): Promise<LaunchTotals> {
    const { rows } = await tx.query(
      `select count(*) filter (where launch_outcome = 'queued') as queued,
         count(*) filter (where launch_outcome = 'skipped') as skipped,
         count(*) filter (where launch_outcome not in ('queued', 'skipped')) as errors,
         coalesce(sum(messages_queued), 0) as total_messages
       from enrollments where tenant_id = $1 and campaign_id = $2`,
      [tenantId, campaignId],
    );
    return fromRow<LaunchTotals>(rows[0] as object);
  }

  override async launchedPeople({ tx, tenantId }: Scope, campaignId: string, limit: number) {
    const result = await tx.query(
      `select enrollment_id, lead_id, launch_outcome, messages_queued, reason from enrollments
       where tenant_id = $1 and campaign_id = $2 order by enrollment_id limit $3`,
      [tenantId, campaignId, limit],
    );
    return fromRows<LaunchedPerson>(result);
  }

  override async totals(scope: Scope, campaignId: string): Promise<CampaignTotals> {
    const { tx, tenantId } = scope;
    const { rows } = await tx.query(campaignTotals, [tenantId, campaignId]);
    const counts = fromRow<Omit<CampaignTotals, 'leads' | 'actions'>>(rows[0] as object);
    const leads = await this.tally(scope, 'enrollments', campaignId);
    return { ...counts, leads, actions: await this.tally(scope, 'actions', campaignId) };
  }

  override async quietGroups({ tx, tenantId }: Scope, campaignId: string) {
    const result = await tx.query(
      `select status, reason, ended_at is not null as ended, count(*) as leads,
         min(coalesce(next_action_at, deadline_at)) as next_at,
         (array_agg(lead_id order by enrollment_id))[1:3] as example_lead_ids
       from enrollments where tenant_id = $1 and campaign_id = $2
       group by status, reason, ended_at is not null
       order by leads desc, status, reason`,
      [tenantId, campaignId],
    );
    return fromRows<QuietGroup>(result);
  }

  override async actions(
    { tx, tenantId }: Scope,
    { campaignId, identityId, status, limit, cursor }: ActionsWanted,
  ): Promise<PageOf<ListedAction>> {
    const after = decodeCursor(cursor, 2);
    const result = await tx.query(
      `select * from actions where tenant_id = $1
         and ($2 = '' or campaign_id = $2) and ($3 = '' or identity_id = $3)
         and ($4 = '' or status = $4)
         and ($5::timestamptz is null or (scheduled_for, action_id) > ($5, $6))
       order by scheduled_for, action_id limit $7`,
      [tenantId, campaignId, identityId, status, after?.[0] ?? null, after?.[1] ?? '', limit + 1],
    );
    const key = ({ scheduledFor, actionId }: ListedAction) => [scheduledFor, actionId];
    return pageOf(fromRows<ListedAction>(result), limit, key);
  }

  // Positions of one tenant's events follow its commits inside a bucket; the time of recording puts buckets together.
  override async history({ tx, tenantId }: Scope, leadId: string, { limit, cursor }: PageWanted) {
    const after = decodeCursor(cursor, 3);
    const ids = await tx.query<{ enrollment_id: string }>(
      'select enrollment_id from enrollments where tenant_id = $1 and lead_id = $2',
      [tenantId, leadId],
    );
    const enrollments = ids.rows.map((row) => enrollmentStream(row.enrollment_id));
    const streams = [leadStream(leadId), ...enrollments];
    const result = await tx.query(
      `select event_id, stream_id, version, type, data, meta, recorded_at from events
       where tenant_id = $1 and stream_id = any ($2)
         and ($3::timestamptz is null or (recorded_at, stream_id, version) > ($3, $4, $5))
       order by recorded_at, stream_id, version limit $6`,
      [tenantId, streams, after?.[0] ?? null, after?.[1] ?? '', after?.[2] ?? 0, limit + 1],
    );
    const key = ({ recordedAt, streamId, version }: LeadEventRow) => [
      recordedAt,
      streamId,
      version,
    ];
    return pageOf(fromRows<LeadEventRow>(result), limit, key);
  }

  private async tally(
    { tx, tenantId }: Scope,
    table: 'enrollments' | 'actions',
    campaignId: string,
  ): Promise<readonly Tally[]> {
    const result = await tx.query(
      `select status, count(*) as count from ${table}
       where tenant_id = $1 and campaign_id = $2 group by status order by status`,
      [tenantId, campaignId],
    );
    return fromRows<Tally>(result);
  }
}

const campaignTotals = `
select
  (select count(*) from actions where tenant_id = $1 and campaign_id = $2 and sent_at is not null) as sent,
  (select min(scheduled_for) from actions
    where tenant_id = $1 and campaign_id = $2 and status = 'planned') as next_action_at,
  (select count(*) from enrollments where tenant_id = $1 and campaign_id = $2
    and connection_accepted_at is not null) as accepted,
  (select count(*) from enrollments where tenant_id = $1 and campaign_id = $2
    and replied_at is not null) as replied`;

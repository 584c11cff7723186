import type { Sequence } from '@overture/domain-campaign';
import type { Instant } from '@overture/kernel';
import type { RevisedSequence } from '../app/campaign-view.js';
import type { Scope } from '../app/scope.js';
import { Campaigns, type CampaignRow, type PageOf, type PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, upsertRows } from './rows.js';

const campaigns = { name: 'campaigns', key: ['tenant_id', 'campaign_id'] };
const sequences = { name: 'sequences', key: ['tenant_id', 'campaign_id', 'version'] };

export class SqlCampaigns extends Campaigns {
  override async save(
    { tx, tenantId }: Scope,
    row: CampaignRow,
    revised: readonly RevisedSequence[] = [],
  ) {
    const launchedAt = row.launchedAt ?? null;
    await upsertRows(tx, campaigns, [{ tenantId, ...row, launchedAt }]);
    const { campaignId } = row;
    await upsertRows(
      tx,
      sequences,
      revised.map((each) => ({ tenantId, campaignId, ...columnsOf(each) })),
    );
  }

  override async find({ tx, tenantId }: Scope, campaignId: string) {
    const { rows } = await tx.query(
      'select * from campaigns where tenant_id = $1 and campaign_id = $2',
      [tenantId, campaignId],
    );
    return rows[0] === undefined ? undefined : fromRow<CampaignRow>(rows[0]);
  }

  override async list(
    { tx, tenantId }: Scope,
    { limit, cursor }: PageWanted,
  ): Promise<PageOf<CampaignRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select * from campaigns where tenant_id = $1 and campaign_id > $2
       order by campaign_id limit $3`,
      [tenantId, afterId, limit + 1],
    );
    return pageOf(fromRows<CampaignRow>(result), limit, ({ campaignId }) => [campaignId]);
  }

  override async names({ tx, tenantId }: Scope, campaignIds: readonly string[]) {
    const { rows } = await tx.query<{ campaign_id: string; name: string }>(
      'select campaign_id, name from campaigns where tenant_id = $1 and campaign_id = any ($2)',
      [tenantId, campaignIds],
    );
    return new Map(rows.map((row) => [row.campaign_id, row.name]));
  }

  override async launchedWith({ tx, tenantId }: Scope, identityIds: readonly string[]) {
    const result = await tx.query(
      `select * from campaigns where tenant_id = $1 and status = 'launched' and identity_ids && $2
       order by campaign_id`,
      [tenantId, identityIds],
    );
    return fromRows<CampaignRow>(result);
  }

  override async sequence({ tx, tenantId }: Scope, campaignId: string, version: number) {
    const { rows } = await tx.query(
      `select version, steps, accept_within_days, policies from sequences
       where tenant_id = $1 and campaign_id = $2 and version = $3`,
      [tenantId, campaignId, version],
    );
    if (rows[0] === undefined) {
      throw new Error(`Campaign ${campaignId} has no sequence of version ${version}.`);
    }
    return sequenceOf(fromRow<SequenceRow>(rows[0])).sequence;
  }

  override async versions({ tx, tenantId }: Scope, campaignId: string) {
    const result = await tx.query(
      `select version, steps, accept_within_days, policies, revised_at from sequences
       where tenant_id = $1 and campaign_id = $2 order by version desc`,
      [tenantId, campaignId],
    );
    return fromRows<SequenceRow>(result).map(sequenceOf);
  }

  override async followers({ tx, tenantId }: Scope, campaignId: string) {
    const { rows } = await tx.query<{ version: number; leads: string }>(
      `select sequence_version as version, count(*) as leads from enrollments
       where tenant_id = $1 and campaign_id = $2 and ended_at is null group by sequence_version`,
      [tenantId, campaignId],
    );
    return new Map(rows.map(({ version, leads }) => [version, Number(leads)]));
  }
}

type Policies = Pick<Sequence, 'lateAcceptance' | 'whenNotAccepted' | 'review'>;

interface SequenceRow extends Pick<Sequence, 'version' | 'steps' | 'acceptWithinDays'> {
  readonly policies: Policies;
  readonly revisedAt: Instant;
}

function columnsOf({ sequence, revisedAt }: RevisedSequence): SequenceRow {
  const { version, steps, acceptWithinDays, ...policies } = sequence;
  return { version, steps, acceptWithinDays, policies, revisedAt };
}

function sequenceOf({ policies, revisedAt, ...known }: SequenceRow): RevisedSequence {
  return { sequence: { ...known, ...policies }, revisedAt };
}

import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import {
  Enrichments,
  type DueEnrichment,
  type EnrichmentChange,
  type EnrichmentRow,
  type Wanted,
} from '../app/enrichments.js';
import type { Scope } from '../app/scope.js';
import { assignments, fromRow, insertNewRows } from './rows.js';
import { SqlReadingJobs } from './sql-reading-jobs.js';

const isFresh = 'coalesce(l.enriched_at >= $4, false)';
// Whoever came to the campaign later was not counted when it began.
const ofCampaign = `from enrollments e join leads l using (tenant_id, lead_id)
  where e.tenant_id = $1 and e.campaign_id = $2 and e.lead_id > $3 and e.enrolled_at <= $5
    and l.duplicate_of = ''`;
const ofLead = `from leads l
  where l.tenant_id = $1 and l.lead_id = $2 and l.lead_id > $3 and $5::timestamptz is not null`;

export class SqlEnrichments extends Enrichments {
  private readonly jobs: SqlReadingJobs<DueEnrichment>;

  constructor(database: Database) {
    super();
    this.jobs = new SqlReadingJobs(database, { name: 'enrichments', id: 'enrichment_id' });
  }

  override async insert({ tx, tenantId }: Scope, row: EnrichmentRow): Promise<void> {
    await insertNewRows(tx, 'enrichments', [{ tenantId, ...row }]);
  }

  override async find({ tx, tenantId }: Scope, enrichmentId: string) {
    const { rows } = await tx.query(
      'select * from enrichments where tenant_id = $1 and enrichment_id = $2',
      [tenantId, enrichmentId],
    );
    return rows[0] === undefined ? undefined : fromRow<EnrichmentRow>(rows[0]);
  }

  override async change(
    { tx, tenantId }: Scope,
    { enrichmentId, turns }: Pick<EnrichmentRow, 'enrichmentId' | 'turns'>,
    change: EnrichmentChange,
  ): Promise<boolean> {
    const values: unknown[] = [tenantId, enrichmentId, turns];
    const set = ['turns = turns + 1', ...assignments(change, values)];
    const { rows } = await tx.query(
      `update enrichments set ${set.join(', ')}
       where tenant_id = $1 and enrichment_id = $2 and turns = $3 and status = 'reading'
       returning turns`,
      values,
    );
    return rows.length > 0;
  }

  override async cancel({ tx, tenantId }: Scope, enrichmentId: string): Promise<void> {
    await tx.query(
      `update enrichments set status = 'ended', reason = 'cancelled'
       where tenant_id = $1 and enrichment_id = $2 and status = 'reading'`,
      [tenantId, enrichmentId],
    );
  }

  override async count({ tx, tenantId }: Scope, wanted: Wanted) {
    const { campaignId, leadId, freshSince, createdAt } = wanted;
    const { rows } = await tx.query<{ toRead: number; fresh: number }>(
      `select count(*) filter (where not ${isFresh})::integer as "toRead",
         count(*) filter (where ${isFresh})::integer as fresh
       ${campaignId === '' ? ofLead : ofCampaign}`,
      [tenantId, campaignId || leadId, '', freshSince, createdAt],
    );
    return rows[0] ?? { toRead: 0, fresh: 0 };
  }

  override async next({ tx, tenantId }: Scope, row: EnrichmentRow): Promise<string | undefined> {
    const { campaignId, leadId, afterLeadId, freshSince, createdAt } = row;
    const { rows } = await tx.query<{ lead_id: string }>(
      `select l.lead_id ${campaignId === '' ? ofLead : ofCampaign} and not ${isFresh}
       order by ${campaignId === '' ? 'l' : 'e'}.lead_id limit 1`,
      [tenantId, campaignId || leadId, afterLeadId, freshSince, createdAt],
    );
    return rows[0]?.lead_id;
  }

  override release(scope: Scope, identityId: string, at: Instant): Promise<void> {
    return this.jobs.release(scope, identityId, at);
  }

  override takeDue(now: Instant, heldUntil: Instant): Promise<readonly DueEnrichment[]> {
    return this.jobs.takeDue(now, heldUntil);
  }

  override nextAt(): Promise<Instant | undefined> {
    return this.jobs.nextAt();
  }
}

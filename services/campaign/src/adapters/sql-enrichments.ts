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
import { fromRow, fromRows, insertNewRows } from './rows.js';

/** Read at once, each through an identity of its own or waiting for its turn. */
const readAtOnceMax = 20;

const isFresh = 'coalesce(l.enriched_at >= $4, false)';
// Whoever came to the campaign later was not counted when it began.
const ofCampaign = `from enrollments e join leads l using (tenant_id, lead_id)
  where e.tenant_id = $1 and e.campaign_id = $2 and e.lead_id > $3 and e.enrolled_at <= $5
    and l.duplicate_of = ''`;
const ofLead = `from leads l
  where l.tenant_id = $1 and l.lead_id = $2 and l.lead_id > $3 and $5::timestamptz is not null`;

const columns: Readonly<Record<keyof EnrichmentChange, string>> = {
  status: 'status',
  reason: 'reason',
  nextAt: 'next_at',
  afterLeadId: 'after_lead_id',
  read: 'read',
  renewed: 'renewed',
  notAccessible: 'not_accessible',
  cost: 'cost',
};

export class SqlEnrichments extends Enrichments {
  constructor(private readonly database: Database) {
    super();
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
    const set = Object.entries(change).map(([name, value]) => {
      return `${columns[name as keyof EnrichmentChange]} = $${values.push(value)}`;
    });
    const { rows } = await tx.query(
      `update enrichments set ${['turns = turns + 1', ...set].join(', ')}
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

  override async release({ tx, tenantId }: Scope, identityId: string, at: Instant) {
    await tx.query(
      `update enrichments set next_at = $3 where tenant_id = $1 and identity_id = $2
         and status = 'reading' and reason in ('login', 'identity_paused')`,
      [tenantId, identityId, at],
    );
  }

  override takeDue(now: Instant, heldUntil: Instant): Promise<readonly DueEnrichment[]> {
    return this.database.worker(async (tx) =>
      fromRows<DueEnrichment>(
        await tx.query(
          `update enrichments set next_at = $2 where (tenant_id, enrichment_id) in (
             select tenant_id, enrichment_id from enrichments
             where status = 'reading' and next_at <= $1
             order by next_at, enrichment_id limit ${readAtOnceMax} for update skip locked)
           returning *`,
          [now, heldUntil],
        ),
      ),
    );
  }

  override async nextAt(): Promise<Instant | undefined> {
    return this.database.worker(async (tx) => {
      const { rows } = await tx.query<{ at: Instant | null }>(
        `select min(next_at) as at from enrichments where status = 'reading'`,
      );
      return rows[0]?.at ?? undefined;
    });
  }
}

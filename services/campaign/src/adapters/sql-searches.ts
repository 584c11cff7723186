import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Scope } from '../app/scope.js';
import { Searches, type DueSearch, type SearchChange, type SearchRow } from '../app/searches.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, updateRow } from './rows.js';
import { SqlReadingJobs } from './sql-reading-jobs.js';

export class SqlSearches extends Searches {
  private readonly jobs: SqlReadingJobs<DueSearch>;

  constructor(database: Database) {
    super();
    this.jobs = new SqlReadingJobs(database, { name: 'searches', id: 'search_id' });
  }

  override async insert({ tx, tenantId }: Scope, row: SearchRow): Promise<void> {
    await tx.query(
      `insert into searches (tenant_id, search_id, campaign_id, identity_id, search_url, name,
         max_leads, commits, status, next_at, meta, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        tenantId,
        row.searchId,
        row.campaignId,
        row.identityId,
        row.searchUrl,
        row.name,
        row.maxLeads,
        row.commits,
        row.status,
        row.nextAt,
        JSON.stringify(row.meta),
        row.createdAt,
      ],
    );
  }

  override async find({ tx, tenantId }: Scope, searchId: string): Promise<SearchRow | undefined> {
    const { rows } = await tx.query(
      'select * from searches where tenant_id = $1 and search_id = $2',
      [tenantId, searchId],
    );
    return rows[0] === undefined ? undefined : fromRow<SearchRow>(rows[0]);
  }

  override async list(
    { tx, tenantId }: Scope,
    { campaignId, limit, cursor }: PageWanted & { campaignId: string },
  ): Promise<PageOf<SearchRow>> {
    const [after = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select * from searches where tenant_id = $1 and campaign_id = $2 and search_id > $3
       order by search_id limit $4`,
      [tenantId, campaignId, after, limit + 1],
    );
    return pageOf(fromRows<SearchRow>(result), limit, ({ searchId }) => [searchId]);
  }

  override async change({ tx, tenantId }: Scope, searchId: string, change: SearchChange) {
    await updateRow(tx, 'searches', { key: { tenantId, searchId }, change });
  }

  override async known({ tx, tenantId }: Scope, searchId: string, names: readonly string[]) {
    const { rows } = await tx.query<{ fingerprint: string }>(
      `select fingerprint from search_names
       where tenant_id = $1 and search_id = $2 and fingerprint = any ($3)`,
      [tenantId, searchId, names],
    );
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }

  override async learn({ tx, tenantId }: Scope, searchId: string, names: readonly string[]) {
    await tx.query(
      `insert into search_names (tenant_id, search_id, fingerprint)
       select $1, $2, name from unnest($3::text[]) as name on conflict do nothing`,
      [tenantId, searchId, names],
    );
  }

  override async forget({ tx, tenantId }: Scope, searchId: string): Promise<void> {
    await tx.query('delete from search_names where tenant_id = $1 and search_id = $2', [
      tenantId,
      searchId,
    ]);
    await tx.query(
      `update searches set status = 'ended', reason = 'expired'
       where tenant_id = $1 and search_id = $2 and status = 'reading'`,
      [tenantId, searchId],
    );
  }

  override release(scope: Scope, identityId: string, at: Instant): Promise<void> {
    return this.jobs.release(scope, identityId, at);
  }

  override async willCommit({ tx, tenantId }: Scope, campaignId: string): Promise<boolean> {
    const { rows } = await tx.query(
      `select exists (select from searches where tenant_id = $1 and campaign_id = $2
         and status = 'reading' and commits) as yes`,
      [tenantId, campaignId],
    );
    return rows[0]?.['yes'] === true;
  }

  override takeDue(now: Instant, heldUntil: Instant): Promise<readonly DueSearch[]> {
    return this.jobs.takeDue(now, heldUntil);
  }

  override nextAt(): Promise<Instant | undefined> {
    return this.jobs.nextAt();
  }
}

import type { Database } from '@overture/event-store';
import {
  Imports,
  type ImportChange,
  type ImportRow,
  type RowVerdict,
  type StagedRow,
} from '../app/imports.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, insertRows, updateRow } from './rows.js';

type Batch = { number: number; verdicts: readonly RowVerdict[]; staged: readonly StagedRow[] };

export class SqlImports extends Imports {
  constructor(private readonly database: Database) {
    super();
  }

  override async insert({ tx, tenantId }: Scope, row: ImportRow): Promise<void> {
    await insertRows(tx, 'imports', [{ tenantId, ...row }]);
  }

  override find(scope: Scope, importId: string): Promise<ImportRow | undefined> {
    return this.read(scope, importId, '');
  }

  override lock(scope: Scope, importId: string): Promise<ImportRow | undefined> {
    return this.read(scope, importId, 'for update');
  }

  override async change({ tx, tenantId }: Scope, importId: string, change: ImportChange) {
    await updateRow(tx, 'imports', { key: { tenantId, importId }, change });
  }

  override async stage({ tx, tenantId }: Scope, importId: string, batch: Batch): Promise<void> {
    const { verdicts, staged } = batch;
    const ids = { tenantId, importId };
    const rows = verdicts.map((row) => ({ ...ids, batch: batch.number, ...row }));
    await insertRows(tx, 'import_rows', rows);
    const people = staged.map((row) => ({ ...ids, ...row, sealed: row.sealed ?? null }));
    await insertRows(tx, 'import_staged', people);
  }

  override async stagedRows(
    { tx, tenantId }: Scope,
    importId: string,
    fingerprints: readonly string[],
  ) {
    const { rows } = await tx.query<{ fingerprint: string; row_no: number }>(
      `select fingerprint, row_no from import_staged
       where tenant_id = $1 and import_id = $2 and fingerprint = any ($3)`,
      [tenantId, importId, fingerprints],
    );
    return new Map(rows.map((row) => [row.fingerprint, row.row_no]));
  }

  override async verdictsOfBatch({ tx, tenantId }: Scope, importId: string, batch: number) {
    const result = await tx.query(
      `select ${verdictColumns} from import_rows
       where tenant_id = $1 and import_id = $2 and batch = $3 order by row_no`,
      [tenantId, importId, batch],
    );
    return fromRows<RowVerdict>(result);
  }

  // Only an import that is committed to its end shows its rows as imported: nothing is half there.
  override async verdicts(
    { tx, tenantId }: Scope,
    { importId, verdict, limit, cursor }: PageWanted & { importId: string; verdict: string },
  ): Promise<PageOf<RowVerdict>> {
    const [afterRow = 0] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `with shown as (
         select r.row_no, r.reason, r.duplicate_of_row, r.lead_id,
           case when r.verdict = 'importable' and i.status = 'committed'
             then 'imported' else r.verdict end as verdict
         from import_rows r join imports i using (tenant_id, import_id)
         where r.tenant_id = $1 and r.import_id = $2 and r.row_no > $3)
       select ${verdictColumns} from shown where $4 = '' or verdict = $4 order by row_no limit $5`,
      [tenantId, importId, afterRow, verdict, limit + 1],
    );
    return pageOf(fromRows<RowVerdict>(result), limit, ({ rowNo }) => [rowNo]);
  }

  override async takeStaged({ tx, tenantId }: Scope, importId: string, limit: number) {
    const result = await tx.query(
      `with next as (
         select row_no from import_staged where tenant_id = $1 and import_id = $2
         order by row_no limit $3),
       taken as (
         delete from import_staged s using next
         where s.tenant_id = $1 and s.import_id = $2 and s.row_no = next.row_no
         returning s.row_no, s.lead_id, s.fingerprint, s.company, s.time_zone, s.sealed)
       select * from taken order by row_no`,
      [tenantId, importId, limit],
    );
    return fromRows<StagedRow>(result);
  }

  override async correct({ tx, tenantId }: Scope, importId: string, rows: readonly RowVerdict[]) {
    if (rows.length === 0) return;
    await tx.query(
      `update import_rows r set verdict = c.verdict, reason = c.reason, lead_id = c."leadId"
       from json_to_recordset($3) as c ("rowNo" int, verdict text, reason text, "leadId" text)
       where r.tenant_id = $1 and r.import_id = $2 and r.row_no = c."rowNo"`,
      [tenantId, importId, JSON.stringify(rows)],
    );
  }

  override async isCommitting({ tx, tenantId }: Scope, campaignId: string): Promise<boolean> {
    const { rows } = await tx.query(
      `select exists (select from imports
         where tenant_id = $1 and campaign_id = $2 and status = 'committing') as yes`,
      [tenantId, campaignId],
    );
    return rows[0]?.['yes'] === true;
  }

  override committing(): Promise<readonly { tenantId: string; importId: string }[]> {
    return this.database.worker(async (tx) =>
      fromRows(
        await tx.query(
          `select tenant_id, import_id from imports where status = 'committing'
           order by tenant_id, import_id`,
        ),
      ),
    );
  }

  private async read({ tx, tenantId }: Scope, importId: string, lock: string) {
    const { rows } = await tx.query(
      `select * from imports where tenant_id = $1 and import_id = $2 ${lock}`,
      [tenantId, importId],
    );
    return rows[0] === undefined ? undefined : fromRow<ImportRow>(rows[0]);
  }
}

const verdictColumns = 'row_no, verdict, reason, duplicate_of_row, lead_id';

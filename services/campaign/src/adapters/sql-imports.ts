import type { Instant } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import {
  Imports,
  type ImportChange,
  type ImportRow,
  type JudgedBatch,
  type RowVerdict,
  type StagedPerson,
} from '../app/imports.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, insertRows, updateRow } from './rows.js';

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

  override async keep({ tx, tenantId }: Scope, importId: string, batch: JudgedBatch) {
    const { verdicts } = batch;
    await tx.query(
      `insert into import_batches (tenant_id, import_id, batch, last_row, verdicts)
       values ($1, $2, $3, $4, $5)`,
      [tenantId, importId, batch.batch, verdicts.at(-1)?.rowNo ?? 0, JSON.stringify(verdicts)],
    );
  }

  override async claim(
    { tx, tenantId }: Scope,
    importId: string,
    people: readonly StagedPerson[],
  ): Promise<ReadonlyMap<number, number>> {
    const { rows } = await tx.query<{ row_no: number; first: number }>(claimPeople, [
      tenantId,
      importId,
      people[0]?.batch ?? 0,
      people.map(({ fingerprint }) => fingerprint),
      people.map(({ rowNo }) => rowNo),
      people.map(({ leadId }) => leadId),
      people.map(({ company }) => company),
    ]);
    return new Map(rows.map((row) => [row.row_no, row.first]));
  }

  override async verdictsOfBatch({ tx, tenantId }: Scope, importId: string, batch: number) {
    const { rows } = await tx.query<{ verdicts: RowVerdict[] }>(
      `select verdicts from import_batches
       where tenant_id = $1 and import_id = $2 and batch = $3`,
      [tenantId, importId, batch],
    );
    return rows[0]?.verdicts ?? [];
  }

  // Only an import that is committed to its end shows its rows as imported: nothing is half there. The order of batches
  // is the order of rows, so a page reads no batch behind its last row.
  override async verdicts(
    { tx, tenantId }: Scope,
    { importId, verdict, limit, cursor }: PageWanted & { importId: string; verdict: string },
  ): Promise<PageOf<RowVerdict>> {
    const [afterRow = 0] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select r."rowNo" as row_no, shown.verdict, r.reason, r."leadId" as lead_id,
         r."duplicateOfRow" as duplicate_of_row
       from imports i join import_batches b using (tenant_id, import_id)
       cross join lateral jsonb_to_recordset(b.verdicts) as r ("rowNo" integer, verdict text,
         reason text, "duplicateOfRow" integer, "leadId" text)
       cross join lateral (select case when r.verdict = 'importable' and i.status = 'committed'
         then 'imported' else r.verdict end as verdict) shown
       where i.tenant_id = $1 and i.import_id = $2 and b.last_row > $3 and r."rowNo" > $3
         and ($4 = '' or shown.verdict = $4)
       order by b.batch, r."rowNo" limit $5`,
      [tenantId, importId, afterRow, verdict, limit + 1],
    );
    return pageOf(fromRows<RowVerdict>(result), limit, ({ rowNo }) => [rowNo]);
  }

  override async staged(
    { tx, tenantId }: Scope,
    importId: string,
    { afterName, limit }: { afterName: string; limit: number },
  ) {
    const result = await tx.query(
      `select s.fingerprint, s.row_no, s.batch, s.lead_id, s.company, l.fingerprints as names
       from import_staged s left join leads l using (tenant_id, lead_id)
       where s.tenant_id = $1 and s.import_id = $2 and s.fingerprint > $3
       order by s.fingerprint limit $4`,
      [tenantId, importId, afterName, limit],
    );
    return fromRows<StagedPerson>(result);
  }

  override async unstage({ tx, tenantId }: Scope, importId: string, names: readonly string[]) {
    await tx.query(
      `delete from import_staged
       where tenant_id = $1 and import_id = $2 and fingerprint = any ($3)`,
      [tenantId, importId, names],
    );
  }

  override async correct(
    scope: Scope,
    importId: string,
    corrections: ReadonlyMap<number, readonly RowVerdict[]>,
  ): Promise<void> {
    const { tx, tenantId } = scope;
    for (const [batch, corrected] of corrections) {
      const rows = new Map(corrected.map((row) => [row.rowNo, row]));
      const verdicts = await this.verdictsOfBatch(scope, importId, batch);
      const all = verdicts.map((row) => rows.get(row.rowNo) ?? row);
      await tx.query(
        `update import_batches set verdicts = $4
         where tenant_id = $1 and import_id = $2 and batch = $3`,
        [tenantId, importId, batch, JSON.stringify(all)],
      );
    }
  }

  override async isCommitting({ tx, tenantId }: Scope, campaignId: string): Promise<boolean> {
    const { rows } = await tx.query(
      `select exists (select from imports
         where tenant_id = $1 and campaign_id = $2 and status = 'committing') as yes`,
      [tenantId, campaignId],
    );
    return rows[0]?.['yes'] === true;
  }

  override committing() {
    return this.across<{ tenantId: string; importId: string }>(
      `select tenant_id, import_id from imports where status = 'committing'
       order by tenant_id, import_id`,
      [],
    );
  }

  override kept(before: Instant) {
    return this.across<{ tenantId: string; importId: string }>(
      `select tenant_id, import_id from imports
       where not cleared and (created_at <= $1 or status = 'failed') order by created_at`,
      [before],
    );
  }

  override async oldestKept(): Promise<Instant | undefined> {
    const [row] = await this.across<{ oldest?: Instant }>(
      'select min(created_at) as oldest from imports where not cleared',
      [],
    );
    return row?.oldest;
  }

  private across<T>(text: string, values: readonly unknown[]): Promise<T[]> {
    return this.database.worker(async (tx) => fromRows<T>(await tx.query(text, values)));
  }

  private async read({ tx, tenantId }: Scope, importId: string, lock: string) {
    const { rows } = await tx.query(
      `select * from imports where tenant_id = $1 and import_id = $2 ${lock}`,
      [tenantId, importId],
    );
    return rows[0] === undefined ? undefined : fromRow<ImportRow>(rows[0]);
  }
}

// A name is claimed once in an import. Who comes too late finds the first row in this very batch or in an earlier one.
const claimPeople = `
with people as (
  select * from unnest($4::text[], $5::integer[], $6::text[], $7::text[])
    as p (fingerprint, row_no, lead_id, company)),
claimed as (
  insert into import_staged (tenant_id, import_id, fingerprint, row_no, batch, lead_id, company)
  select $1, $2, p.fingerprint, p.row_no, $3, p.lead_id, p.company from people p
  on conflict do nothing returning fingerprint, row_no)
select p.row_no, coalesce(c.row_no, (select s.row_no from import_staged s
    where s.tenant_id = $1 and s.import_id = $2 and s.fingerprint = p.fingerprint)) as first
from people p left join claimed c using (fingerprint)
where c.row_no is distinct from p.row_no`;

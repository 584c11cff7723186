import type { Clock } from '@overture/kernel';
import type { Database } from '@overture/event-store';
import type { Admitted } from '../app/enroll-leads.js';
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

interface Moved {
  readonly people: readonly StagedPerson[];
  readonly newcomers: readonly Admitted<StagedPerson>[];
}

export class SqlImports extends Imports {
  constructor(
    private readonly database: Database,
    private readonly clock: Pick<Clock, 'now'>,
  ) {
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

  override async stage({ tx, tenantId }: Scope, importId: string, batch: JudgedBatch) {
    const { verdicts, staged } = batch;
    await tx.query(
      `insert into import_batches (tenant_id, import_id, batch, last_row, verdicts)
       values ($1, $2, $3, $4, $5)`,
      [tenantId, importId, batch.batch, verdicts.at(-1)?.rowNo ?? 0, JSON.stringify(verdicts)],
    );
    const people = staged.map(({ sealed = null, ...person }) => ({ ...person, sealed }));
    await insertRows(
      tx,
      'import_staged',
      people.map((row) => ({ tenantId, importId, ...row })),
    );
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

  override async nextStaged({ tx, tenantId }: Scope, importId: string, limit: number) {
    const result = await tx.query(
      `select row_no, batch, lead_id, fingerprint, company, time_zone from import_staged
       where tenant_id = $1 and import_id = $2 order by row_no limit $3`,
      [tenantId, importId, limit],
    );
    return fromRows<StagedPerson>(result);
  }

  override async moveStaged({ tx, tenantId }: Scope, importId: string, moved: Moved) {
    const { people, newcomers } = moved;
    await tx.query(
      `with taken as (
         delete from import_staged
         where tenant_id = $1 and import_id = $2 and row_no between $3 and $4
         returning row_no, lead_id, fingerprint, company, time_zone, sealed)
       insert into leads (tenant_id, lead_id, sealed, fingerprints, time_zone, company,
         identity_id, created_at)
       select $1, t.lead_id, t.sealed, array[t.fingerprint], t.time_zone, t.company,
         n.identity_id, $5
       from taken t join unnest($6::integer[], $7::text[]) as n (row_no, identity_id)
         using (row_no)`,
      [
        tenantId,
        importId,
        people[0]?.rowNo,
        people.at(-1)?.rowNo,
        this.clock.now(),
        newcomers.map(({ person }) => person.rowNo),
        newcomers.map(({ identityId }) => identityId),
      ],
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

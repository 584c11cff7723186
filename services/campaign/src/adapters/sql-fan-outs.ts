import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Scope } from '../app/scope.js';
import { FanOuts, type FanOut, type OpenFanOut } from '../app/tables.js';
import { fromRow, fromRows } from './rows.js';

export class SqlFanOuts extends FanOuts {
  constructor(private readonly database: Database) {
    super();
  }

  override async open({ tx, tenantId }: Scope, fanOut: FanOut): Promise<void> {
    const { kind, identityId, pauseId, cause, meta, createdAt } = fanOut;
    await tx.query(
      `insert into fanouts (tenant_id, kind, identity_id, pause_id, cause, meta, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [tenantId, kind, identityId, pauseId, cause, JSON.stringify(meta), createdAt],
    );
  }

  // Never skips to a younger one: a resume that overtook its pause would be undone by it.
  override async take({ tx, tenantId }: Scope, identityId: string) {
    const { rows } = await tx.query(
      `select fanout_no, kind, identity_id, pause_id, cause, meta, created_at, after_id,
         kind = 'pause' and exists (select from fanouts r where r.tenant_id = $1
           and r.identity_id = $2 and r.kind = 'resume' and r.pause_id = f.pause_id) as superseded
       from fanouts f where tenant_id = $1 and fanout_no = (
         select min(fanout_no) from fanouts
         where tenant_id = $1 and identity_id = $2 and done_at is null)
       for update of f skip locked`,
      [tenantId, identityId],
    );
    return rows[0] === undefined ? undefined : fromRow<OpenFanOut>(rows[0]);
  }

  override async advance({ tx, tenantId }: Scope, fanoutNo: number, afterId: string) {
    await tx.query('update fanouts set after_id = $3 where tenant_id = $1 and fanout_no = $2', [
      tenantId,
      fanoutNo,
      afterId,
    ]);
  }

  override async close({ tx, tenantId }: Scope, fanoutNo: number, at: Instant) {
    await tx.query('update fanouts set done_at = $3 where tenant_id = $1 and fanout_no = $2', [
      tenantId,
      fanoutNo,
      at,
    ]);
  }

  override pending(): Promise<readonly { tenantId: string; identityId: string }[]> {
    return this.database.worker(async (tx) =>
      fromRows(
        await tx.query(
          `select tenant_id, identity_id, min(fanout_no) as first from fanouts
           where done_at is null group by tenant_id, identity_id order by first`,
        ),
      ),
    );
  }
}

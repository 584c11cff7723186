import type { Scope } from '../app/scope.js';
import { DoNotContact, type DoNotContactRow, type PageOf, type PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, insertRows } from './rows.js';

const columns = 'entry_id, kind, fingerprint, reason, created_at';

export class SqlDoNotContact extends DoNotContact {
  override async add({ tx, tenantId }: Scope, row: DoNotContactRow): Promise<DoNotContactRow> {
    await insertRows(tx, 'do_not_contact', [{ tenantId, ...row }]);
    const { rows } = await tx.query(
      `select ${columns} from do_not_contact where tenant_id = $1 and fingerprint = $2`,
      [tenantId, row.fingerprint],
    );
    return fromRow<DoNotContactRow>(rows[0] as object);
  }

  override async remove({ tx, tenantId }: Scope, entryId: string) {
    const { rows } = await tx.query(
      `delete from do_not_contact where tenant_id = $1 and entry_id = $2 returning ${columns}`,
      [tenantId, entryId],
    );
    return rows[0] === undefined ? undefined : fromRow<DoNotContactRow>(rows[0]);
  }

  override async list(
    { tx, tenantId }: Scope,
    { limit, cursor }: PageWanted,
  ): Promise<PageOf<DoNotContactRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select ${columns} from do_not_contact where tenant_id = $1 and entry_id > $2
       order by entry_id limit $3`,
      [tenantId, afterId, limit + 1],
    );
    return pageOf(fromRows<DoNotContactRow>(result), limit, ({ entryId }) => [entryId]);
  }
}

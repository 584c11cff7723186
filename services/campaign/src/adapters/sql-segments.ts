import type { Scope } from '../app/scope.js';
import { Segments, type Keyed, type SegmentRow } from '../app/segments.js';
import type { LeadRow, PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows } from './rows.js';
import { segmentConditions } from './segment-conditions.js';
import { leadColumns, visible } from './lead-columns.js';

const columns = 'segment_id, name, filter, version, created_at, updated_at';

export class SqlSegments extends Segments {
  override async save({ tx, tenantId }: Scope, row: SegmentRow): Promise<boolean> {
    const { segmentId, name, version, createdAt, updatedAt } = row;
    const filter = JSON.stringify(row.filter);
    // One at a time names segments in a workspace, so that the second of two sees the first.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('segments ' || $1, 0))`, [
      tenantId,
    ]);
    const { rowCount } = await tx.query(
      `insert into segments (tenant_id, ${columns}, name_key)
       select $1, $2, $3, $4::jsonb, $5, $6, $7, $8
       where not exists (select from segments
         where tenant_id = $1 and name_key = $8 and segment_id <> $2)
       on conflict (tenant_id, segment_id) do update set name = excluded.name,
         name_key = excluded.name_key, filter = excluded.filter,
         version = excluded.version, updated_at = excluded.updated_at`,
      [tenantId, segmentId, name, filter, version, createdAt, updatedAt, keyOf(row)],
    );
    return rowCount === 1;
  }

  override take(scope: Scope, segmentId: string) {
    return one(scope, segmentId, `select ${columns} from segments ${byId} for update`);
  }

  override find(scope: Scope, segmentId: string) {
    return one(scope, segmentId, `select ${columns} from segments ${byId}`);
  }

  override async list(
    { tx, tenantId }: Scope,
    { limit, cursor }: PageWanted,
  ): Promise<PageOf<SegmentRow>> {
    const [afterKey = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select ${columns} from segments
       where tenant_id = $1 and name_key > $2 order by name_key limit $3`,
      [tenantId, afterKey, limit + 1],
    );
    return pageOf(fromRows<SegmentRow>(result), limit, (row) => [keyOf(row)]);
  }

  override remove(scope: Scope, segmentId: string) {
    return one(scope, segmentId, `delete from segments ${byId} returning ${columns}`);
  }

  override async leads(
    { tx, tenantId }: Scope,
    { limit, cursor, ...keyed }: PageWanted & Keyed,
  ): Promise<PageOf<LeadRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const values: unknown[] = [tenantId, afterId, limit + 1];
    const conditions = segmentConditions(keyed, values);
    const who = ['l.tenant_id = $1', 'l.lead_id > $2', `l.duplicate_of = ''`, visible];
    const result = await tx.query(
      `select ${leadColumns} from leads l where ${[...who, ...conditions].join(' and ')}
       order by l.lead_id limit $3`,
      values,
    );
    return pageOf(fromRows<LeadRow>(result), limit, ({ leadId }) => [leadId]);
  }
}

/** By this a name is unique and lists are sorted: capitals make no other name. */
function keyOf({ name }: SegmentRow): string {
  return name.normalize('NFKC').toLowerCase();
}

const byId = 'where tenant_id = $1 and segment_id = $2';

async function one({ tx, tenantId }: Scope, segmentId: string, text: string) {
  const { rows } = await tx.query(text, [tenantId, segmentId]);
  return rows[0] === undefined ? undefined : fromRow<SegmentRow>(rows[0]);
}

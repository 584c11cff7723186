import type { Database } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { DoNotContact, type DoNotContactRow } from '../app/do-not-contact.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { personOf } from './person-conditions.js';
import { fromRow, fromRows, insertRows } from './rows.js';

const columns = 'entry_id, kind, fingerprint, name, reason, created_at';

export class SqlDoNotContact extends DoNotContact {
  constructor(private readonly database: Database) {
    super();
  }

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
    { limit, cursor, kind }: PageWanted & { kind: string },
  ): Promise<PageOf<DoNotContactRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select ${columns} from do_not_contact
       where tenant_id = $1 and entry_id > $2 and ($4 = '' or kind = $4)
       order by entry_id limit $3`,
      [tenantId, afterId, limit + 1, kind],
    );
    return pageOf(fromRows<DoNotContactRow>(result), limit, ({ entryId }) => [entryId]);
  }

  override async running({ tx, tenantId }: Scope, limit: number): Promise<readonly string[]> {
    const { rows } = await tx.query<{ entry_id: string }>(
      `select entry_id from do_not_contact where tenant_id = $1 and stopped_at is null
       order by entry_id limit $2`,
      [tenantId, limit],
    );
    return rows.map((row) => row.entry_id);
  }

  override async meant({ tx, tenantId }: Scope, entryIds: readonly string[], limit: number) {
    const { rows } = await tx.query<{ enrollment_id: string }>(whoIsMeant, [
      tenantId,
      entryIds,
      limit,
    ]);
    return rows.map((row) => row.enrollment_id);
  }

  override async close({ tx, tenantId }: Scope, entryIds: readonly string[], at: Instant) {
    await tx.query(
      'update do_not_contact set stopped_at = $3 where tenant_id = $1 and entry_id = any ($2)',
      [tenantId, entryIds, at],
    );
  }

  override workspacesRunning(): Promise<readonly string[]> {
    return this.database.worker(async (tx) => {
      const { rows } = await tx.query<{ tenant_id: string }>(
        `select distinct tenant_id from do_not_contact where stopped_at is null order by tenant_id`,
      );
      return rows.map((row) => row.tenant_id);
    });
  }
}

// Whoever has the name or the mark or is of the company, with everybody who proved to be the same person.
const whoIsMeant = `
with listed as (
  select kind, fingerprint from do_not_contact where tenant_id = $1 and entry_id = any ($2)),
persons as (
  select ${personOf('l')} as person_id from listed d
    join lead_fingerprints f on f.tenant_id = $1 and f.fingerprint = d.fingerprint
    join leads l on l.tenant_id = $1 and l.lead_id = f.lead_id
    where d.kind = 'person'
  union
  select ${personOf('l')} from listed d
    join leads l on l.tenant_id = $1 and l.company = d.fingerprint and l.company <> ''
    where d.kind = 'company'
  union
  select ${personOf('l')} from leads l
    where l.tenant_id = $1 and l.marks <> '{}' and l.marks && array (
      select fingerprint from listed where kind in ('email', 'domain')))
select e.enrollment_id from persons p
cross join lateral leads_of_person($1, p.person_id) as m (lead_id)
join enrollments e on e.tenant_id = $1 and e.lead_id = m.lead_id and e.ended_at is null
order by e.enrollment_id limit $3`;

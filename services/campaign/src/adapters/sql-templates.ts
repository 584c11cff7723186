import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { Templates, type TemplateKind, type TemplateRow } from '../app/templates.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows } from './rows.js';

const columns = 'template_id, name, kind, subject, text, version, created_at, updated_at';

export class SqlTemplates extends Templates {
  override async save({ tx, tenantId }: Scope, row: TemplateRow): Promise<boolean> {
    const { templateId, name, kind, subject, text, version, createdAt, updatedAt } = row;
    // One at a time names templates in a workspace, so that the second of two sees the first.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('templates ' || $1, 0))`, [
      tenantId,
    ]);
    const { rowCount } = await tx.query(
      `insert into templates (tenant_id, ${columns}, name_key)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
       where not exists (select from templates
         where tenant_id = $1 and name_key = $10 and template_id <> $2)
       on conflict (tenant_id, template_id) do update set name = excluded.name,
         name_key = excluded.name_key, subject = excluded.subject, text = excluded.text,
         version = excluded.version, updated_at = excluded.updated_at`,
      [tenantId, templateId, name, kind, subject, text, version, createdAt, updatedAt, keyOf(row)],
    );
    return rowCount === 1;
  }

  override take(scope: Scope, templateId: string) {
    return one(scope, templateId, `select ${columns} from templates ${byId} for update`);
  }

  override find(scope: Scope, templateId: string) {
    return one(scope, templateId, `select ${columns} from templates ${byId}`);
  }

  override async list(
    { tx, tenantId }: Scope,
    { kind, limit, cursor }: PageWanted & { kind: TemplateKind | '' },
  ): Promise<PageOf<TemplateRow>> {
    const [afterKey = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select ${columns} from templates
       where tenant_id = $1 and name_key > $2 and ($3 = '' or kind = $3)
       order by name_key limit $4`,
      [tenantId, afterKey, kind, limit + 1],
    );
    return pageOf(fromRows<TemplateRow>(result), limit, (row) => [keyOf(row)]);
  }

  override remove(scope: Scope, templateId: string) {
    return one(scope, templateId, `delete from templates ${byId} returning ${columns}`);
  }
}

/** By this a name is unique and lists are sorted: capitals make no other name. */
function keyOf({ name }: TemplateRow): string {
  return name.normalize('NFKC').toLowerCase();
}

const byId = 'where tenant_id = $1 and template_id = $2';

async function one({ tx, tenantId }: Scope, templateId: string, text: string) {
  const { rows } = await tx.query(text, [tenantId, templateId]);
  return rows[0] === undefined ? undefined : fromRow<TemplateRow>(rows[0]);
}

import { LeadTags, type TagCount, type TaggedLead } from '../app/lead-tags.js';
import type { Scope } from '../app/scope.js';
import type { PageOf, PageWanted } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRows, insertRows } from './rows.js';

export class SqlLeadTags extends LeadTags {
  override async lockTagging({ tx, tenantId }: Scope): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('tags ' || $1, 0))`, [tenantId]);
  }

  override async ofLeads({ tx, tenantId }: Scope, leadIds: readonly string[]) {
    const result = await tx.query(
      `select lead_id, tag from lead_tags where tenant_id = $1 and lead_id = any ($2) order by tag`,
      [tenantId, leadIds],
    );
    return fromRows<TaggedLead>(result);
  }

  override async add({ tx, tenantId }: Scope, tags: readonly TaggedLead[]): Promise<void> {
    const rows = tags.map(({ leadId, tag }) => ({ tenantId, tag, leadId }));
    await insertRows(tx, 'lead_tags', rows);
  }

  override async remove({ tx, tenantId }: Scope, tags: readonly TaggedLead[]): Promise<void> {
    if (tags.length === 0) return;
    await tx.query(
      `delete from lead_tags t using unnest($2::text[], $3::text[]) as gone (tag, lead_id)
       where t.tenant_id = $1 and t.tag = gone.tag and t.lead_id = gone.lead_id`,
      [tenantId, tags.map(({ tag }) => tag), tags.map(({ leadId }) => leadId)],
    );
  }

  override async list(
    { tx, tenantId }: Scope,
    { limit, cursor }: PageWanted,
  ): Promise<PageOf<TagCount>> {
    const [afterTag = ''] = decodeCursor(cursor, 1) ?? [];
    const result = await tx.query(
      `select tag, count(*)::integer as leads from lead_tags
       where tenant_id = $1 and tag > $2 group by tag order by tag limit $3`,
      [tenantId, afterTag, limit + 1],
    );
    return pageOf(fromRows<TagCount>(result), limit, ({ tag }) => [tag]);
  }
}

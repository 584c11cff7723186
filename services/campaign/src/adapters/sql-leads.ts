import type { Scope } from '../app/scope.js';
import {
  Leads,
  type LeadRow,
  type NamedPerson,
  type PageOf,
  type PageWanted,
  type Standing,
} from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRow, fromRows, insertRows } from './rows.js';

const columns = 'l.lead_id, l.sealed, l.time_zone, l.company, l.identity_id, l.created_at';

export class SqlLeads extends Leads {
  override async lockAdding({ tx, tenantId }: Scope): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))`, [tenantId]);
  }

  override async standings(scope: Scope, campaignId: string, people: readonly NamedPerson[]) {
    const { rows } = await scope.tx.query(standings, [
      scope.tenantId,
      campaignId,
      people.map(({ fingerprint }) => fingerprint),
      people.map(({ company }) => company),
    ]);
    return rows.map((row) =>
      row.lead_id === '' && !row.blocked ? undefined : fromRow<Standing>(row),
    );
  }

  override async insert(
    { tx, tenantId }: Scope,
    rows: readonly (LeadRow & { fingerprint: string })[],
  ): Promise<void> {
    const leads = rows.map(({ leadId, sealed, timeZone, company, identityId, createdAt }) => {
      return { tenantId, leadId, sealed, timeZone, company, identityId, createdAt };
    });
    await insertRows(tx, 'leads', leads);
    const names = rows.map(({ fingerprint, leadId }) => ({ tenantId, fingerprint, leadId }));
    await insertRows(tx, 'lead_fingerprints', names);
  }

  override async keepSender(
    { tx, tenantId }: Scope,
    senders: readonly { leadId: string; identityId: string }[],
  ): Promise<void> {
    if (senders.length === 0) return;
    await tx.query(
      `update leads l set identity_id = s.identity_id
       from unnest($2::text[], $3::text[]) as s (lead_id, identity_id)
       where l.tenant_id = $1 and l.lead_id = s.lead_id and l.identity_id = ''`,
      [tenantId, senders.map(({ leadId }) => leadId), senders.map(({ identityId }) => identityId)],
    );
  }

  override async find({ tx, tenantId }: Scope, leadIds: readonly string[]) {
    const result = await tx.query(
      `select ${columns} from leads l where l.tenant_id = $1 and l.lead_id = any ($2)`,
      [tenantId, leadIds],
    );
    return fromRows<LeadRow>(result);
  }

  override async list(
    { tx, tenantId }: Scope,
    { campaignId, status, limit, cursor }: PageWanted & { campaignId: string; status: string },
  ): Promise<PageOf<LeadRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const filtered = campaignId !== '' || status !== '';
    const text = `select ${columns} from leads l where l.tenant_id = $1 and l.lead_id > $2
      ${filtered ? enrolledAs : ''} order by l.lead_id limit $3`;
    const values = [tenantId, afterId, limit + 1, ...(filtered ? [campaignId, status] : [])];
    const found = fromRows<LeadRow>(await tx.query(text, values));
    return pageOf(found, limit, ({ leadId }) => [leadId]);
  }

  override async recognize({ tx, tenantId }: Scope, leadId: string, names: readonly string[]) {
    const rows = names.map((fingerprint) => ({ tenantId, fingerprint, leadId }));
    await insertRows(tx, 'lead_fingerprints', rows);
  }

  override async fingerprints({ tx, tenantId }: Scope, leadIds: readonly string[]) {
    const { rows } = await tx.query<{ lead_id: string; names: string[] }>(
      `select lead_id, array_agg(fingerprint order by fingerprint) as names from lead_fingerprints
       where tenant_id = $1 and lead_id = any ($2) group by lead_id`,
      [tenantId, leadIds],
    );
    return new Map(rows.map((row) => [row.lead_id, row.names]));
  }
}

const enrolledAs = `and exists (
  select from enrollments e where e.tenant_id = l.tenant_id and e.lead_id = l.lead_id
    and ($4 = '' or e.campaign_id = $4) and ($5 = '' or e.status = $5))`;

// One look-up per person by the key of lead_fingerprints; what follows is asked of known people only. Do-not-contact
// is asked by every name a person is known by, and by company.
const standings = `
select coalesce(f.lead_id, '') as lead_id,
  coalesce((select l.identity_id from leads l
    where l.tenant_id = $1 and l.lead_id = f.lead_id), '') as identity_id,
  f.lead_id is not null and exists (select from enrollments e
    where e.tenant_id = $1 and e.lead_id = f.lead_id and e.campaign_id = $2) as in_campaign,
  f.lead_id is not null and exists (select from enrollments e
    where e.tenant_id = $1 and e.lead_id = f.lead_id and e.campaign_id <> $2
      and e.ended_at is null) as elsewhere,
  exists (select from do_not_contact d where d.tenant_id = $1
      and d.fingerprint in (a.fingerprint, nullif(a.company, '')))
    or f.lead_id is not null and exists (select from lead_fingerprints n
      join do_not_contact d on d.tenant_id = n.tenant_id and d.fingerprint = n.fingerprint
      where n.tenant_id = $1 and n.lead_id = f.lead_id) as blocked
from unnest($3::text[], $4::text[]) with ordinality as a (fingerprint, company, place)
left join lead_fingerprints f on f.tenant_id = $1 and f.fingerprint = a.fingerprint
order by a.place`;

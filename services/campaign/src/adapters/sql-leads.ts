import type { Scope } from '../app/scope.js';
import {
  Leads,
  type LeadRow,
  type NamedPerson,
  type NewLeadRow,
  type PageOf,
  type PageWanted,
} from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRows, insertRows } from './rows.js';
import { standingsOf } from './sql-standings.js';

/** Of a lead `l`. */
export const leadColumns = `l.lead_id, l.sealed, l.fingerprints, l.time_zone, l.company, l.identity_id,
  l.import_id, l.created_at, l.marks, l.duplicate_of, l.version`;
// Whoever an import brings is there for others once somebody has committed it.
const visible = `(l.import_id = '' or exists (select from imports i where i.tenant_id = l.tenant_id
  and i.import_id = l.import_id and i.status in ('committing', 'committed')))`;

export class SqlLeads extends Leads {
  override async lockAdding({ tx, tenantId }: Scope): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))`, [tenantId]);
  }

  override standings(scope: Scope, campaignId: string, people: readonly NamedPerson[]) {
    return standingsOf(scope, { campaignId }, people);
  }

  override async insert({ tx, tenantId }: Scope, rows: readonly NewLeadRow[]): Promise<void> {
    await insertRows(
      tx,
      'leads',
      rows.map((row) => ({ tenantId, ...row })),
    );
  }

  override async discard({ tx, tenantId }: Scope, leadIds: readonly string[]): Promise<void> {
    await tx.query(
      `with gone as (
         delete from leads where tenant_id = $1 and lead_id = any ($2) returning lead_id)
       delete from person_keys k using gone where k.tenant_id = $1 and k.person_id = gone.lead_id`,
      [tenantId, leadIds],
    );
  }

  override async name(
    { tx, tenantId }: Scope,
    names: readonly { leadId: string; fingerprint: string }[],
  ): Promise<void> {
    const rows = names.map(({ leadId, fingerprint }) => ({ tenantId, fingerprint, leadId }));
    await insertRows(tx, 'lead_fingerprints', rows);
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
      `select ${leadColumns} from leads l
       where l.tenant_id = $1 and l.lead_id = any ($2) and ${visible}`,
      [tenantId, leadIds],
    );
    return fromRows<LeadRow>(result);
  }

  override async list(
    { tx, tenantId }: Scope,
    { campaignId, status, limit, cursor }: PageWanted & { campaignId: string; status: string },
  ): Promise<PageOf<LeadRow>> {
    const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
    const [text, filter] =
      campaignId === '' ? [listOfWorkspace, status] : [listOfCampaign, campaignId];
    const values = [tenantId, afterId, limit + 1, filter, ...(campaignId === '' ? [] : [status])];
    const found = fromRows<LeadRow>(await tx.query(text, values));
    return pageOf(found, limit, ({ leadId }) => [leadId]);
  }

  override async recognize({ tx, tenantId }: Scope, leadId: string, names: readonly string[]) {
    await tx.query(
      `with learnt as (
         insert into lead_fingerprints (tenant_id, fingerprint, lead_id)
         select $1, name, $2 from unnest($3::text[]) as name
         on conflict do nothing returning fingerprint)
       update leads set fingerprints = fingerprints || (select array_agg(fingerprint) from learnt)
       where tenant_id = $1 and lead_id = $2 and exists (select from learnt)`,
      [tenantId, leadId, names],
    );
  }
}

const listOfWorkspace = `
select ${leadColumns} from leads l where l.tenant_id = $1 and l.lead_id > $2 and ${visible}
  and ($4 = '' or exists (select from enrollments e
    where e.tenant_id = $1 and e.lead_id = l.lead_id and e.status = $4))
order by l.lead_id limit $3`;

const listOfCampaign = `
select ${leadColumns} from enrollments e join leads l using (tenant_id, lead_id)
where e.tenant_id = $1 and e.lead_id > $2 and e.campaign_id = $4 and ($5 = '' or e.status = $5)
order by e.lead_id limit $3`;

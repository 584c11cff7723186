import type { LeadsWanted } from '../app/leads.js';
import type { Scope } from '../app/scope.js';
import {
  Leads,
  type ChangedLeadRow,
  type LeadRow,
  type NamedPerson,
  type NewLeadRow,
  type PageOf,
} from '../app/tables.js';
import { leadColumns, visible } from './lead-columns.js';
import { fromRow, fromRows, insertNewRows, insertRows, updateRow } from './rows.js';
import { forgetWords, keepWords } from './lead-words.js';
import { listOfLeads } from './sql-lead-list.js';
import { standingsOf } from './sql-standings.js';

export class SqlLeads extends Leads {
  override async lockAdding({ tx, tenantId }: Scope): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))`, [tenantId]);
  }

  override standings(
    scope: Scope,
    campaignId: string,
    people: readonly NamedPerson[],
    leavingId = '',
  ) {
    return standingsOf(scope, { campaignId, leavingId }, people);
  }

  override async insert({ tx, tenantId }: Scope, rows: readonly NewLeadRow[]): Promise<void> {
    await insertNewRows(
      tx,
      'leads',
      rows.map((row) => ({ tenantId, ...row })),
    );
    await keepWords(tx, tenantId, rows);
  }

  override async discard({ tx, tenantId }: Scope, leadIds: readonly string[]): Promise<void> {
    await tx.query(
      `with gone as (
         delete from leads l where tenant_id = $1 and lead_id = any ($2)
           and not exists (select from lead_fingerprints f where f.tenant_id = $1
             and f.fingerprint = any (l.fingerprints) and f.lead_id = l.lead_id)
         returning lead_id, words),
       unsaid as (
         delete from lead_words w using gone where w.tenant_id = $1
           and w.word = any (gone.words) and w.lead_id = gone.lead_id)
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

  override async lock({ tx, tenantId }: Scope, leadId: string) {
    const { rows } = await tx.query(
      `select ${leadColumns} from leads l
       where l.tenant_id = $1 and l.lead_id = $2 and ${visible} for update of l`,
      [tenantId, leadId],
    );
    return rows[0] === undefined ? undefined : fromRow<LeadRow>(rows[0]);
  }

  override async change(
    { tx, tenantId }: Scope,
    leadId: string,
    change: ChangedLeadRow,
  ): Promise<void> {
    await forgetWords(tx, tenantId, leadId);
    await updateRow(tx, 'leads', { key: { tenantId, leadId }, change });
    await keepWords(tx, tenantId, [{ leadId, ...change }]);
  }

  override list(scope: Scope, wanted: LeadsWanted): Promise<PageOf<LeadRow>> {
    return listOfLeads(scope, wanted);
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

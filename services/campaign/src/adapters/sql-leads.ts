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
import { fromRows, insertRows } from './rows.js';

const columns = `l.lead_id, l.sealed, l.fingerprints, l.time_zone, l.company, l.identity_id, l.import_id,
  l.created_at`;
// Whoever an import brings is there for others once somebody has committed it.
const visible = `(l.import_id = '' or exists (select from imports i where i.tenant_id = l.tenant_id
  and i.import_id = l.import_id and i.status in ('committing', 'committed')))`;

type Known = Omit<Standing, 'blocked'>;

export class SqlLeads extends Leads {
  override async lockAdding({ tx, tenantId }: Scope): Promise<void> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('leads ' || $1, 0))`, [tenantId]);
  }

  override async standings(scope: Scope, campaignId: string, people: readonly NamedPerson[]) {
    const known = await this.known(scope, campaignId, people);
    const blocked = await this.blocked(scope, [
      ...people.flatMap(({ fingerprint, company }) => [fingerprint, company]),
      ...[...known.values()].flatMap(({ fingerprints }) => fingerprints),
    ]);
    return people.map(({ fingerprint, company }): Standing | undefined => {
      const lead = known.get(fingerprint);
      const isBlocked = [fingerprint, company, ...(lead?.fingerprints ?? [])].some((name) =>
        blocked.has(name),
      );
      if (lead !== undefined) return { ...lead, blocked: isBlocked };
      return isBlocked ? { ...nobody, blocked: true } : undefined;
    });
  }

  override async insert({ tx, tenantId }: Scope, rows: readonly LeadRow[]): Promise<void> {
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
      `select ${columns} from leads l
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

  /** By fingerprint: those of these people who are leads already. */
  private async known(
    { tx, tenantId }: Scope,
    campaignId: string,
    people: readonly NamedPerson[],
  ): Promise<ReadonlyMap<string, Known>> {
    const { rows } = await tx.query<{ fingerprint: string; lead_id: string }>(
      `select fingerprint, lead_id from lead_fingerprints
       where tenant_id = $1 and fingerprint = any ($2)`,
      [tenantId, people.map(({ fingerprint }) => fingerprint)],
    );
    if (rows.length === 0) return new Map();
    const found = await tx.query(whereTheyStand, [
      tenantId,
      rows.map((row) => row.lead_id),
      campaignId,
    ]);
    const leads = new Map(fromRows<Known>(found).map((lead) => [lead.leadId, lead]));
    return new Map(
      rows.flatMap((row): [string, Known][] => {
        const lead = leads.get(row.lead_id);
        return lead === undefined ? [] : [[row.fingerprint, lead]];
      }),
    );
  }

  private async blocked({ tx, tenantId }: Scope, names: readonly string[]) {
    const { rows } = await tx.query<{ fingerprint: string }>(
      'select fingerprint from do_not_contact where tenant_id = $1 and fingerprint = any ($2)',
      [tenantId, [...new Set(names)]],
    );
    return new Set(rows.map(({ fingerprint }) => fingerprint));
  }
}

const nobody: Known = {
  leadId: '',
  identityId: '',
  fingerprints: [],
  inCampaign: false,
  elsewhere: false,
};

const listOfWorkspace = `
select ${columns} from leads l where l.tenant_id = $1 and l.lead_id > $2 and ${visible}
  and ($4 = '' or exists (select from enrollments e
    where e.tenant_id = $1 and e.lead_id = l.lead_id and e.status = $4))
order by l.lead_id limit $3`;

const listOfCampaign = `
select ${columns} from enrollments e join leads l using (tenant_id, lead_id)
where e.tenant_id = $1 and e.lead_id > $2 and e.campaign_id = $4 and ($5 = '' or e.status = $5)
order by e.lead_id limit $3`;

const whereTheyStand = `
select l.lead_id, l.identity_id, l.fingerprints,
  exists (select from enrollments e where e.tenant_id = $1 and e.lead_id = l.lead_id
    and e.campaign_id = $3) as in_campaign,
  exists (select from enrollments e where e.tenant_id = $1 and e.lead_id = l.lead_id
    and e.campaign_id <> $3 and e.ended_at is null) as elsewhere
from leads l where l.tenant_id = $1 and l.lead_id = any ($2)`;

import type { LeadsWanted } from '../app/leads.js';
import type { Scope } from '../app/scope.js';
import type { LeadRow, PageOf } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRows } from './rows.js';
import { leadColumns, visible } from './sql-leads.js';

/** A page of leads in the order of their ids; a campaign is read along its own index. */
export async function listOfLeads(
  { tx, tenantId }: Scope,
  wanted: LeadsWanted,
): Promise<PageOf<LeadRow>> {
  const { campaignId, status, identityId = '', accepted = false, changedSince, limit } = wanted;
  const [afterId = ''] = decodeCursor(wanted.cursor, 1) ?? [];
  const changed = changedSince === undefined ? 'true' : wasChanged;
  const enrolled = accepted ? acceptedAny : enrolledAny;
  const filtered = status !== '' || identityId !== '' || accepted;
  const text =
    campaignId !== ''
      ? `select ${leadColumns} from enrollments e join leads l using (tenant_id, lead_id)
         where e.tenant_id = $1 and e.lead_id > $2 and e.campaign_id = $6 and ${enrolled} and ${changed}
         order by e.lead_id limit $3`
      : `select ${leadColumns} from leads l
         where l.tenant_id = $1 and l.lead_id > $2 and ${visible} and ${changed}
           and (not $7 or exists (select from enrollments e
             where e.tenant_id = $1 and e.lead_id = l.lead_id and ${enrolled}))
           and $6 = ''
         order by l.lead_id limit $3`;
  const values = [tenantId, afterId, limit + 1, status, identityId, campaignId];
  const since = changedSince === undefined ? [] : [changedSince];
  const scoped = campaignId === '' ? [...values, filtered] : values;
  const numbered = text.replaceAll('$since', `$${scoped.length + 1}`);
  const result = await tx.query(numbered, [...scoped, ...since]);
  return pageOf(fromRows<LeadRow>(result), limit, ({ leadId }) => [leadId]);
}

const enrolledAny = `($4 = '' or e.status = $4) and ($5 = '' or e.identity_id = $5)`;
const acceptedAny = `${enrolledAny} and e.connection_accepted_at is not null`;

// By its own stream, by those of its enrollments, or by having come.
const wasChanged = `(l.created_at >= $since or l.lead_id in (
  with changed as materialized (
    select distinct stream_id from events where tenant_id = $1 and recorded_at >= $since)
  select o.lead_id from changed c join enrollments o
    on o.tenant_id = $1 and o.enrollment_id = substr(c.stream_id, length('enrollment-') + 1)
    where starts_with(c.stream_id, 'enrollment-')
  union all
  select substr(c.stream_id, length('lead-') + 1) from changed c
    where starts_with(c.stream_id, 'lead-')))`;

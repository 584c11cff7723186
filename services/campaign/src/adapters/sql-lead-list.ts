import { minuteMs, plus } from '@overture/kernel';
import type { LeadsWanted } from '../app/leads.js';
import { firstIdOf } from '../app/new-id.js';
import type { Scope } from '../app/scope.js';
import type { LeadRow, PageOf } from '../app/tables.js';
import { decodeCursor, pageOf } from './paging.js';
import { fromRows } from './rows.js';
import { leadColumns, visible } from './lead-columns.js';

/** A page of leads in the order of their ids; a campaign is read along its own index. */
export async function listOfLeads(
  { tx, tenantId }: Scope,
  wanted: LeadsWanted,
): Promise<PageOf<LeadRow>> {
  const { limit, cursor } = wanted;
  const [afterId = ''] = decodeCursor(cursor, 1) ?? [];
  const values: unknown[] = [tenantId, afterId, limit + 1];
  const enrolled = ofEnrollment(wanted, values);
  const changed = [...ofTag(wanted, values), ...ofChange(wanted, values)];
  const text = wanted.campaignId === '' ? inWorkspace : inCampaign;
  const result = await tx.query(text(enrolled, changed), values);
  return pageOf(fromRows<LeadRow>(result), limit, ({ leadId }) => [leadId]);
}

type Conditions = readonly string[];

function inCampaign(enrolled: Conditions, changed: Conditions): string {
  return `select ${leadColumns} from enrollments e join leads l using (tenant_id, lead_id)
    where ${['e.tenant_id = $1', 'e.lead_id > $2', ...enrolled, ...changed].join(' and ')}
    order by e.lead_id limit $3`;
}

function inWorkspace(enrolled: Conditions, changed: Conditions): string {
  const own = ['e.tenant_id = $1', 'e.lead_id = l.lead_id', ...enrolled].join(' and ');
  const isEnrolled =
    enrolled.length === 0 ? [] : [`exists (select from enrollments e where ${own})`];
  const all = ['l.tenant_id = $1', 'l.lead_id > $2', visible, ...isEnrolled, ...changed];
  return `select ${leadColumns} from leads l where ${all.join(' and ')}
    order by l.lead_id limit $3`;
}

function ofEnrollment(
  { campaignId, status, identityId = '', accepted = false }: LeadsWanted,
  values: unknown[],
): Conditions {
  const given = { campaign_id: campaignId, status, identity_id: identityId };
  const equal = Object.entries(given)
    .filter(([, value]) => value !== '')
    .map(([column, value]) => `e.${column} = $${values.push(value)}`);
  return accepted ? [...equal, 'e.connection_accepted_at is not null'] : equal;
}

function ofTag({ tag = '' }: LeadsWanted, values: unknown[]): Conditions {
  if (tag === '') return [];
  return [
    `exists (select from lead_tags t where t.tenant_id = $1 and t.tag = $${values.push(tag)}
      and t.lead_id = l.lead_id)`,
  ];
}

// A clock may stand still for a moment or be set back a little between the making of an id and its row.
const idSlackMs = minuteMs;

/** By its own stream, by those of its enrollments, or by having come; its id tells when it came. */
function ofChange({ changedSince }: LeadsWanted, values: unknown[]): Conditions {
  if (changedSince === undefined) return [];
  const since = `$${values.push(changedSince)}::timestamptz`;
  const firstId = `$${values.push(firstIdOf(plus(changedSince, -idSlackMs)))}`;
  return [
    `l.lead_id in (
      with changed as materialized (
        select distinct stream_id from events where tenant_id = $1 and recorded_at >= ${since})
      select o.lead_id from changed c join enrollments o
        on o.tenant_id = $1 and o.enrollment_id = substr(c.stream_id, length('enrollment-') + 1)
        where starts_with(c.stream_id, 'enrollment-')
      union
      select substr(c.stream_id, length('lead-') + 1) from changed c
        where starts_with(c.stream_id, 'lead-')
      union
      select lead_id from leads
        where tenant_id = $1 and lead_id >= ${firstId} and created_at >= ${since})`,
  ];
}

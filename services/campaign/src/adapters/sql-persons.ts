import { Persons, type LeadStanding, type Member } from '../app/persons.js';
import type { Scope } from '../app/scope.js';
import { fromRows } from './rows.js';
import { personOf, precedes, precedesAsked, wasWrittenTo } from './person-conditions.js';

export class SqlPersons extends Persons {
  override async bearers({ tx, tenantId }: Scope, names: readonly string[]) {
    const { rows } = await tx.query<{ fingerprint: string; lead_id: string }>(
      `select fingerprint, lead_id from lead_fingerprints
       where tenant_id = $1 and fingerprint = any ($2)`,
      [tenantId, names],
    );
    return new Map(rows.map((row) => [row.fingerprint, row.lead_id]));
  }

  override async members({ tx, tenantId }: Scope, leadIds: readonly string[]) {
    const result = await tx.query(
      `select distinct o.lead_id, o.duplicate_of, o.apart_from, o.created_at
       from leads l
       cross join lateral leads_of_person($1, ${personOf('l')}) as m (lead_id)
       join leads o on o.tenant_id = $1 and o.lead_id = m.lead_id
       where l.tenant_id = $1 and l.lead_id = any ($2)
       order by o.created_at, o.lead_id`,
      [tenantId, leadIds],
    );
    return fromRows<Member>(result);
  }

  override async save({ tx, tenantId }: Scope, standing: LeadStanding): Promise<void> {
    const { leadId, duplicateOf, apartFrom, version } = standing;
    await tx.query(
      `update leads set duplicate_of = $3, apart_from = $4, version = $5
       where tenant_id = $1 and lead_id = $2`,
      [tenantId, leadId, duplicateOf, apartFrom, version],
    );
  }

  override async beside({ tx, tenantId }: Scope, personId: string): Promise<readonly string[]> {
    const { rows } = await tx.query<{ enrollment_id: string }>(besideAnother, [tenantId, personId]);
    return rows.map((row) => row.enrollment_id);
  }

  override async hindrances({ tx, tenantId }: Scope, enrollmentIds: readonly string[]) {
    const { rows } = await tx.query<{ enrollment_id: string; cause: string }>(whatHinders, [
      tenantId,
      enrollmentIds,
    ]);
    return new Map(rows.map((row) => [row.enrollment_id, row.cause]));
  }

  override async heldIn({ tx, tenantId }: Scope, campaignId: string): Promise<readonly string[]> {
    const { rows } = await tx.query<{ enrollment_id: string }>(
      `select e.enrollment_id from enrollments e
       join leads l using (tenant_id, lead_id)
       where e.tenant_id = $1 and e.campaign_id = $2 and e.ended_at is null
         and e.reason = 'duplicate_of_lead' and l.duplicate_of <> ''
       order by e.enrollment_id`,
      [tenantId, campaignId],
    );
    return rows.map((row) => row.enrollment_id);
  }
}

// Of the members' enrollments the first one goes on; the same campaign has nobody twice, also when the first is over.
const besideAnother = `
select e.enrollment_id
from leads_of_person($1, $2) as m (lead_id)
join leads l on l.tenant_id = $1 and l.lead_id = m.lead_id
join enrollments e on e.tenant_id = $1 and e.lead_id = l.lead_id and e.ended_at is null
where exists (
  select from leads_of_person($1, $2) as n (lead_id)
  join leads ol on ol.tenant_id = $1 and ol.lead_id = n.lead_id
  join enrollments o on o.tenant_id = $1 and o.lead_id = ol.lead_id
  where o.enrollment_id <> e.enrollment_id and ${precedes}
    and (o.campaign_id = e.campaign_id
      or o.ended_at is null and o.launch_outcome = 'queued'
        and (is_exclusive($1, o.campaign_id) or is_exclusive($1, e.campaign_id))))
order by e.enrollment_id`;

// Whoever began first goes on: an enrollment of another campaign counts when its launch has planned it. What comes
// first in the list of causes is what is said.
const whatHinders = `
with asked as materialized (
  select e.enrollment_id, e.campaign_id, e.enrolled_at, l.duplicate_of, m.lead_id as member_id
  from enrollments e join leads l using (tenant_id, lead_id)
  cross join lateral leads_of_person($1, ${personOf('l')}) as m (lead_id)
  where e.tenant_id = $1 and e.enrollment_id = any ($2)),
rules as (
  select a.campaign_id, is_exclusive($1, a.campaign_id) as exclusive,
    coalesce(c.contact_once, false) or coalesce(w.contact_once, false) as once,
    coalesce(c.skip_never_answered, w.skip_never_answered, false) as skip
  from (select distinct campaign_id from asked) a
  left join lead_rules w on w.tenant_id = $1 and w.campaign_id = ''
  left join lead_rules c on c.tenant_id = $1 and c.campaign_id = a.campaign_id),
listed as (
  select a.enrollment_id from asked a
  join leads l on l.tenant_id = $1 and l.lead_id = a.member_id
  cross join lateral unnest(l.fingerprints || l.marks || l.company) as n (name)
  join do_not_contact d on d.tenant_id = $1 and d.fingerprint = n.name),
beside as (
  select e.enrollment_id,
    bool_or(o.campaign_id = e.campaign_id and ${precedesAsked}) as twice,
    bool_or(o.campaign_id <> e.campaign_id and o.ended_at is null and o.launch_outcome = 'queued'
      and (r.exclusive or is_exclusive($1, o.campaign_id))) as elsewhere,
    bool_or(r.once and o.campaign_id <> e.campaign_id and o.launch_outcome <> ''
      and o.enrolled_at > e.enrolled_at) as before,
    bool_or(r.skip and o.campaign_id <> e.campaign_id and ${wasWrittenTo('o')})
      and not bool_or(o.replied_at is not null) as unanswered
  from asked e
  join rules r using (campaign_id)
  join leads ol on ol.tenant_id = $1 and ol.lead_id = e.member_id
  join enrollments o on o.tenant_id = $1 and o.lead_id = e.member_id
    and o.enrollment_id <> e.enrollment_id
  group by e.enrollment_id)
select enrollment_id, 'do-not-contact/listed' as cause from listed
union all
select enrollment_id, case
    when twice then 'person/twice-in-campaign'
    when elsewhere then 'person/worked-elsewhere'
    when before then 'person/contacted-before'
    else 'person/never-answered' end
from beside where (twice or elsewhere or before or unanswered)
  and enrollment_id not in (select enrollment_id from listed)`;

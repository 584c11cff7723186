import { Persons, type LeadStanding, type Member } from '../app/persons.js';
import type { Scope } from '../app/scope.js';
import { fromRows } from './rows.js';
import { personOf, precedes, wasWrittenTo } from './person-conditions.js';

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

// Whoever began first goes on: an enrollment of another campaign counts when its launch has planned it.
const whatHinders = `
select e.enrollment_id, h.cause
from enrollments e
join leads l using (tenant_id, lead_id)
cross join lateral (
  select coalesce(c.exclusive, w.exclusive, true) as exclusive,
    coalesce(c.contact_once, false) or coalesce(w.contact_once, false) as once,
    coalesce(c.skip_never_answered, w.skip_never_answered, false) as skip
  from (select) one
  left join lead_rules w on w.tenant_id = $1 and w.campaign_id = ''
  left join lead_rules c on c.tenant_id = $1 and c.campaign_id = e.campaign_id) r
cross join lateral (
  select
    bool_or(exists (select from do_not_contact d where d.tenant_id = $1
      and d.fingerprint = any (ol.fingerprints || ol.marks || ol.company))) as listed,
    bool_or(o.campaign_id = e.campaign_id and o.enrollment_id <> e.enrollment_id and ${precedes})
      as twice,
    bool_or(o.campaign_id <> e.campaign_id and o.ended_at is null and o.launch_outcome = 'queued'
      and (r.exclusive or is_exclusive($1, o.campaign_id))) as elsewhere,
    r.once and bool_or(o.campaign_id <> e.campaign_id and o.launch_outcome <> ''
      and o.enrolled_at > e.enrolled_at) as before,
    r.skip and bool_or(o.campaign_id <> e.campaign_id and ${wasWrittenTo('o')})
      and not bool_or(o.replied_at is not null) as unanswered
  from leads_of_person($1, ${personOf('l')}) as m (lead_id)
  join leads ol on ol.tenant_id = $1 and ol.lead_id = m.lead_id
  join enrollments o on o.tenant_id = $1 and o.lead_id = m.lead_id) s
cross join lateral (
  select case
    when s.listed then 'do-not-contact/listed'
    when s.twice then 'person/twice-in-campaign'
    when s.elsewhere then 'person/worked-elsewhere'
    when s.before then 'person/contacted-before'
    when s.unanswered then 'person/never-answered' end as cause) h
where e.tenant_id = $1 and e.enrollment_id = any ($2) and h.cause is not null`;

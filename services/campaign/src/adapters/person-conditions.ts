/** The oldest lead of the person that lead `alias` is. */
export function personOf(alias: string): string {
  return `coalesce(nullif(${alias}.duplicate_of, ''), ${alias}.lead_id)`;
}

/**
 * Of two enrollments of one person, `o` of lead `ol` and `e` of lead `l`, the first goes on: the one of the older lead,
 * then the older one. A total order, so that of any number exactly one is never second.
 */
export const precedes = precedesOf('l');

/** The same where `e` brings what is asked of its lead. */
export const precedesAsked = precedesOf('e');

function precedesOf(lead: string): string {
  return `(ol.duplicate_of <> '', o.enrolled_at, o.enrollment_id)
    < (${lead}.duplicate_of <> '', e.enrolled_at, e.enrollment_id)`;
}

/** Its way is over and something was written to the person on it (F057). */
export function wasWrittenTo(alias: string): string {
  return `${alias}.ended_at is not null and exists (select from actions a
    where a.tenant_id = $1 and a.enrollment_id = ${alias}.enrollment_id
      and a.kind in ('message', 'inmail') and a.status = 'sent')`;
}

/** Another campaign works the person of lead `l` before enrollment `e` does, and one of the two is exclusive (I9). */
export const workedElsewhere = `exists (
  select from leads_of_person($1, ${personOf('l')}) as m (lead_id)
  join leads ol on ol.tenant_id = $1 and ol.lead_id = m.lead_id
  join enrollments o on o.tenant_id = $1 and o.lead_id = m.lead_id
  where o.enrollment_id <> e.enrollment_id and o.ended_at is null and o.launch_outcome = 'queued'
    and ${precedes}
    and (o.campaign_id = e.campaign_id or is_exclusive($1, o.campaign_id)
      or is_exclusive($1, e.campaign_id)))`;

/** Somebody else of the company of lead `l` has answered in campaign `c`, and it stops at that (F034). */
export const colleagueReplied = `(${stopsColleagues('c')} and l.company <> '' and exists (
  select from colleague_stops s where s.tenant_id = $1 and s.campaign_id = e.campaign_id
    and s.company = l.company and s.stands and s.lead_id <> l.lead_id))`;

/** Whether the campaign `alias` stops at the reply of a colleague. */
export function stopsColleagues(alias: string): string {
  return `coalesce((${alias}.settings->'company'->>'stopColleaguesOnReply')::boolean, false)`;
}

/** On do-not-contact by any name or mark or the company of the person of lead `l` (F054). */
export const isListed = `exists (
  select from leads_of_person($1, ${personOf('l')}) as m (lead_id)
  join leads ol on ol.tenant_id = $1 and ol.lead_id = m.lead_id
  cross join lateral unnest(ol.fingerprints || ol.marks || ol.company) as n (name)
  join do_not_contact d on d.tenant_id = $1 and d.fingerprint = n.name)`;

import type { Scope } from '../app/scope.js';
import type { NamedPerson, Standing } from '../app/tables.js';
import { personOf, wasWrittenTo } from './person-conditions.js';
import { fromRows } from './rows.js';

type Known = Omit<Standing, 'blocked'>;

export interface StandingsWanted {
  /** Empty: the workspace only. */
  readonly campaignId: string;
  /** A campaign that does not count, because the person leaves it for this one. */
  readonly leavingId: string;
}

/** What a workspace knows of people, by any of their names, in the order asked: four statements at most. */
export async function standingsOf(
  scope: Scope,
  wanted: StandingsWanted,
  people: readonly NamedPerson[],
): Promise<readonly (Standing | undefined)[]> {
  const known = await knownPeople(scope, wanted, people);
  const listed = await listedNames(scope, [
    ...people.flatMap(({ fingerprint, company, marks = [] }) => [fingerprint, company, ...marks]),
    ...[...known.values()].flatMap(({ fingerprints }) => fingerprints),
  ]);
  const marked = await markedLeads(scope, [
    ...people.flatMap(({ leadId = '' }) => leadId),
    ...[...known.values()].map(({ leadId }) => leadId),
  ]);
  return people.map((person): Standing | undefined => {
    const lead = known.get(person.fingerprint);
    const blocked = isBlocked(person, lead, { listed, marked });
    if (lead !== undefined) return { ...lead, blocked };
    return blocked ? { ...nobody, blocked } : undefined;
  });
}

function isBlocked(
  { fingerprint, company, marks = [], leadId = '' }: NamedPerson,
  lead: Known = nobody,
  { listed, marked }: { listed: ReadonlySet<string>; marked: ReadonlySet<string> },
): boolean {
  const names = [fingerprint, company, ...marks, ...lead.fingerprints];
  return names.some((name) => listed.has(name)) || marked.has(leadId) || marked.has(lead.leadId);
}

/** By fingerprint: those of these people who are leads already, as one person with all their duplicates. */
async function knownPeople(
  { tx, tenantId }: Scope,
  { campaignId, leavingId }: StandingsWanted,
  people: readonly NamedPerson[],
): Promise<ReadonlyMap<string, Known>> {
  const { rows } = await tx.query<{ fingerprint: string; person_id: string }>(whoIsWho, [
    tenantId,
    people.map(({ fingerprint }) => fingerprint),
  ]);
  if (rows.length === 0) return new Map();
  const personIds = [...new Set(rows.map((row) => row.person_id))];
  const found = await tx.query(whereTheyStand, [tenantId, personIds, campaignId, leavingId]);
  const leads = new Map(fromRows<Known>(found).map((lead) => [lead.leadId, lead]));
  return new Map(
    rows.flatMap((row): [string, Known][] => {
      const lead = leads.get(row.person_id);
      return lead === undefined ? [] : [[row.fingerprint, lead]];
    }),
  );
}

async function listedNames({ tx, tenantId }: Scope, names: readonly string[]) {
  const { rows } = await tx.query<{ fingerprint: string }>(
    'select fingerprint from do_not_contact where tenant_id = $1 and fingerprint = any ($2)',
    [tenantId, [...new Set(names)]],
  );
  return new Set(rows.map(({ fingerprint }) => fingerprint));
}

/** Whose written row has a listed mark; nothing is looked up while nobody has listed an address or a domain. */
async function markedLeads({ tx, tenantId }: Scope, leadIds: readonly string[]) {
  const ids = leadIds.filter((leadId) => leadId !== '');
  if (ids.length === 0) return new Set<string>();
  const { rows } = await tx.query<{ lead_id: string }>(whoIsMarked, [tenantId, ids]);
  return new Set(rows.map((row) => row.lead_id));
}

const nobody: Known = {
  leadId: '',
  identityId: '',
  fingerprints: [],
  inCampaign: false,
  elsewhere: false,
  before: false,
  unanswered: false,
};

const whoIsWho = `
select f.fingerprint, ${personOf('l')} as person_id
from lead_fingerprints f join leads l using (tenant_id, lead_id)
where f.tenant_id = $1 and f.fingerprint = any ($2)`;

const whoIsMarked = `
select l.lead_id from leads l
where l.tenant_id = $1 and l.lead_id = any ($2)
  and exists (select from do_not_contact where tenant_id = $1 and kind in ('email', 'domain'))
  and exists (select from do_not_contact d
    where d.tenant_id = $1 and d.fingerprint = any (l.marks))`;

const whereTheyStand = `
select l.lead_id, l.identity_id, s.*,
  array (select unnest(o.fingerprints) from leads_of_person($1, l.lead_id) as m (lead_id)
    join leads o on o.tenant_id = $1 and o.lead_id = m.lead_id) as fingerprints
from leads l
cross join lateral (
  select coalesce(c.exclusive, w.exclusive, true) as exclusive,
    coalesce(c.contact_once, false) or coalesce(w.contact_once, false) as once,
    coalesce(c.skip_never_answered, w.skip_never_answered, false) as skip
  from (select) one
  left join lead_rules w on w.tenant_id = $1 and w.campaign_id = ''
  left join lead_rules c on c.tenant_id = $1 and c.campaign_id = $3) r
cross join lateral (
  select coalesce(bool_or(e.campaign_id = $3), false) as in_campaign,
    coalesce(bool_or(e.campaign_id not in ($3, $4) and e.ended_at is null
      and (r.exclusive or is_exclusive($1, e.campaign_id))), false) as elsewhere,
    r.once and coalesce(bool_or(e.campaign_id not in ($3, $4)), false) as before,
    r.skip and coalesce(bool_or(e.campaign_id not in ($3, $4) and ${wasWrittenTo('e')}), false)
      and not coalesce(bool_or(e.replied_at is not null), false) as unanswered
  from leads_of_person($1, l.lead_id) as m (lead_id)
  join enrollments e on e.tenant_id = $1 and e.lead_id = m.lead_id) s
where l.tenant_id = $1 and l.lead_id = any ($2)`;

import type { Enrolled, KnownLead, Relation } from '@overture/domain-campaign';
import { viewEnrollments } from './decide-enrollments.js';
import type { EnrollmentRow } from './enrollment-view.js';
import { pastOf } from './lead-past.js';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';
import type { CampaignRow } from './tables.js';

type Expected = Pick<KnownLead, 'relation' | 'look'>;

/**
 * What the look before the first step will find of leads whom nobody has looked at: as another campaign of the same
 * identity knows the lead, as the rules would pass them over, and else what its campaign is made for.
 */
export async function expectedLooks(
  ports: Ports,
  scope: Scope,
  { type }: Pick<CampaignRow, 'type'>,
  states: readonly Enrolled[],
): Promise<(state: Enrolled) => Expected> {
  const assumed = type === 'messenger' ? 'first_degree' : 'not_connected';
  const unseen = states.filter(({ status }) => status === 'checking');
  if (unseen.length === 0) return ({ relation = assumed }) => ({ relation });
  const relations = await knownRelations(ports, scope, unseen);
  const hindrances = await ports.persons.hindrances(scope, unseen.map(idOf));
  const past = await pastsOf(ports, scope, unseen);
  return (state) => {
    const passOver = hindrances.get(state.enrollmentId);
    const look = { ...past(state), ...(passOver !== undefined && { passOver }) };
    return { relation: state.relation ?? relations.get(keyOf(state)) ?? assumed, look };
  };
}

async function pastsOf(ports: Ports, scope: Scope, unseen: readonly Enrolled[]) {
  const byIdentity = new Map<string, Awaited<ReturnType<typeof pastOf>>>();
  for (const identityId of new Set(unseen.map((state) => state.identityId))) {
    const own = unseen.filter((state) => state.identityId === identityId);
    byIdentity.set(identityId, await pastOf(ports, scope, own));
  }
  return ({ identityId, leadId }: Enrolled) => byIdentity.get(identityId)?.(leadId) ?? {};
}

/** How a lead stands to an identity, by what other enrollments of the two have seen. */
async function knownRelations(
  { enrollments }: Pick<Ports, 'enrollments'>,
  scope: Scope,
  unseen: readonly Enrolled[],
): Promise<ReadonlyMap<string, Relation>> {
  const wanted = new Set(unseen.map(keyOf));
  const own = new Set(unseen.map(idOf));
  const leadIds = [...new Set(unseen.map(({ leadId }) => leadId))];
  const rows = await enrollments.ofLeads(scope, leadIds);
  const others = rows.filter((row) => wanted.has(keyOf(row)) && !own.has(row.enrollmentId));
  const known = new Map<string, Relation>();
  for (const { state } of await viewEnrollments(scope, others.map(idOf))) {
    if (state.status === 'new') continue;
    const relation = relationIn(state);
    const before = known.get(keyOf(state));
    if (relation !== undefined && rank[relation] > rank[before ?? 'none']) {
      known.set(keyOf(state), relation);
    }
  }
  return known;
}

// Who is connected stays so, and an invitation that is open is known to be open.
const rank = { none: 0, not_connected: 1, pending: 2, first_degree: 3 } as const;

function relationIn({ acceptedAt, invitation, relation }: Enrolled): Relation | undefined {
  if (acceptedAt !== undefined || relation === 'first_degree') return 'first_degree';
  if (invitation === 'open') return 'pending';
  return invitation === undefined ? relation : 'not_connected';
}

function idOf({ enrollmentId }: Pick<EnrollmentRow, 'enrollmentId'>): string {
  return enrollmentId;
}

function keyOf({ identityId, leadId }: Pick<EnrollmentRow, 'identityId' | 'leadId'>): string {
  return `${identityId} ${leadId}`;
}

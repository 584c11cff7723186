import { dayMs, DomainError, TransientError } from '@overture/kernel';
import type { CheckRelation } from '@overture/domain-campaign';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { pastOf } from './lead-past.js';
import { planningOf } from './planning.js';
import type { Unstarted } from './enrollments.js';
import { rulesOf } from './lead-rules.js';
import type { CheckedRelation, Ports } from './ports.js';
import { mergeSharers } from './recognize-person.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

export interface StartReport {
  /** Why some could not be checked; they are tried again later. */
  readonly unchecked?: string;
}

const batchMax = 500;

/**
 * Looks at every lead of a launched campaign that nobody has looked at: asks sync how it stands to its identity, outside
 * any transaction, then decides. Safe to run twice at once: the second decision finds nothing to decide.
 */
export async function startEnrollments(
  ports: Ports,
  caller: Caller,
  campaignId: string,
): Promise<StartReport> {
  const refusals = new Map<string, string>();
  let afterId = '';
  for (;;) {
    const batch = await nextBatch(ports, caller, { campaignId, afterId });
    const last = batch.at(-1);
    if (last === undefined) break;
    afterId = last.enrollmentId;
    for (const identityId of new Set(batch.map((each) => each.identityId))) {
      // Who could not look a moment ago is not asked again for every five hundred people.
      if (refusals.has(identityId)) continue;
      const own = batch.filter((each) => each.identityId === identityId);
      const refusal = await startBatch(ports, caller, identityId, own);
      if (refusal !== undefined) refusals.set(identityId, refusal);
    }
  }
  const [unchecked] = refusals.values();
  return { ...(unchecked !== undefined && { unchecked }) };
}

function nextBatch(ports: Ports, caller: Caller, page: { campaignId: string; afterId: string }) {
  return inTransaction(ports, caller, async (scope) => {
    const row = await ports.campaigns.find(scope, page.campaignId);
    if (row?.status !== 'launched') return [];
    const wanted = { afterId: page.afterId, limit: batchMax };
    return ports.enrollments.unstarted(scope, page.campaignId, wanted);
  });
}

/** Gives the reason when somebody could not be checked. */
async function startBatch(
  ports: Ports,
  caller: Caller,
  identityId: string,
  batch: readonly Unstarted[],
): Promise<string | undefined> {
  try {
    const relations = await check(ports, caller, identityId, batch);
    await inTransaction(ports, caller, (scope) => decide(ports, scope, batch, relations));
    return relations.size < batch.length ? 'Some people could not be checked yet.' : undefined;
  } catch (error) {
    // Sync is away or cannot look now: whoever waits is looked at again, nobody is contacted unchecked (S2-30).
    if (error instanceof TransientError || error instanceof DomainError) return error.message;
    throw error;
  }
}

async function check(
  ports: Ports,
  caller: Caller,
  identityId: string,
  batch: readonly Unstarted[],
): Promise<ReadonlyMap<string, CheckedRelation>> {
  const wanted = await inTransaction(ports, caller, async (scope) => {
    const campaign = await ports.campaigns.find(scope, batch[0]?.campaignId ?? '');
    const leadIds = batch.map(({ leadId }) => leadId);
    const assumeConnected = campaign?.type === 'messenger';
    return { identityId, leads: await ports.leads.find(scope, leadIds), assumeConnected };
  });
  const relations = await ports.relations.check(caller.tenantId, wanted);
  return new Map(relations.map((relation) => [relation.leadId, relation]));
}

async function decide(
  ports: Ports,
  scope: Scope,
  checked: readonly Unstarted[],
  relations: ReadonlyMap<string, CheckedRelation>,
): Promise<void> {
  const seen = [...relations.values()].map(({ leadId, fingerprints = [] }) => ({
    leadId,
    fingerprints,
  }));
  const held = await mergeSharers(ports, scope, seen);
  const batch = checked.filter(({ enrollmentId }) => !held.has(enrollmentId));
  const planning = await planningOf(
    ports,
    scope,
    batch.map(({ enrollmentId }) => enrollmentId),
  );
  const enrollmentIds = batch.map(({ enrollmentId }) => enrollmentId);
  const hindrances = await ports.persons.hindrances(scope, enrollmentIds);
  const { cooldownDays } = await rulesOf(ports, scope, batch[0]?.campaignId ?? '');
  const past = await pastOf(ports, scope, batch);
  const decisions = batch.flatMap(({ enrollmentId, leadId }): EnrollmentDecision[] => {
    const relation = relations.get(leadId);
    const plan = planning.get(enrollmentId);
    if (relation === undefined || plan === undefined) return [];
    const known = {
      passOver: hindrances.get(enrollmentId),
      cooldownMs: cooldownDays * dayMs,
      ...past(leadId),
    };
    return [{ enrollmentId, command: commandOf(ports, relation, { ...known, planning: plan }) }];
  });
  await decideEnrollments(ports, scope, decisions);
}

type Known = Pick<
  CheckRelation['data'],
  'planning' | 'cooldownMs' | 'repliedBefore' | 'reinviteLockedUntil'
>;

function commandOf(
  { clock }: Pick<Ports, 'clock'>,
  { relation, lastMessageAt, lastMessageFromLead, ...before }: CheckedRelation,
  { passOver, ...known }: Known & { passOver: string | undefined },
): CheckRelation {
  const last = lastMessageAt === undefined ? {} : { lastMessageAt };
  const over = passOver === undefined ? {} : { passOver };
  const seen = { relation, ...last, lastMessageFromLead };
  const data = { ...seen, ...over, ...known, ...pastSeen(before, known), at: clock.now() };
  return { type: 'CheckRelation', data };
}

/** What LinkedIn shows of the time before us counts like what our own campaigns know. */
function pastSeen(
  { answeredBefore = false, reinviteLockedUntil: seenLock }: Partial<CheckedRelation>,
  { reinviteLockedUntil: ownLock }: Known,
): Partial<Known> {
  const locks = [seenLock, ownLock].filter((lock) => lock !== undefined).sort();
  const lockedUntil = locks.at(-1);
  return {
    ...(answeredBefore && { repliedBefore: true }),
    ...(lockedUntil && { reinviteLockedUntil: lockedUntil }),
  };
}

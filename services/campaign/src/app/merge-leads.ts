import {
  lead,
  leadStream,
  type Lead,
  type LeadCommand,
  type LeadEvent,
} from '@overture/domain-campaign';
import { NotFoundError } from '@overture/kernel';
import { decideEnrollments, type EnrollmentDecision } from './decide-enrollments.js';
import { label } from './input.js';
import { showLead, type ShownLead } from './leads.js';
import type { Member } from './persons.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';

/** What holds the enrollments of a duplicate; its own resume ends it, exactly where they stood (I8). */
export const duplicateCause = 'duplicate_of_lead';

/**
 * These leads have proved to be one person (F047). The oldest stays; the others become its duplicates, and whatever of
 * theirs would go on beside it is held, so that a merge that was wrong can be undone (M14). Whoever was told apart by a
 * person stays apart. Gives the enrollments that are held from here on.
 */
export async function mergeLeads(
  ports: Ports,
  scope: Scope,
  leadIds: readonly string[],
): Promise<readonly string[]> {
  const [oldest, ...younger] = await ports.persons.members(scope, leadIds);
  if (oldest === undefined) return [];
  const merging = younger.filter((member) => !areApart(oldest, member));
  let merged = 0;
  for (const { leadId } of merging) {
    const data = { leadId, duplicateOf: oldest.leadId, witness: 'provider', at: ports.clock.now() };
    merged += (await decideOnLead(ports, scope, leadId, { type: 'MergeLead', data })).length;
  }
  return merged > 0 ? holdDuplicates(ports, scope, oldest.leadId) : [];
}

/** Two people after all: the lead is worked again where it stood, and never merged again by the same sign (M14). */
export function separateLead(
  ports: Ports,
  caller: Caller,
  { leadId, reason }: { leadId: string; reason: string },
): Promise<ShownLead> {
  return inTransaction(ports, caller, async (scope) => {
    await ports.leads.lockAdding(scope);
    const members = await ports.persons.members(scope, [leadId]);
    const own = members.find((member) => member.leadId === leadId);
    if (own === undefined) throw new NotFoundError('lead', leadId);
    const others = members.map((member) => member.leadId).filter((each) => each !== leadId);
    const by = caller.meta.actor ?? '';
    const data = { leadId, others, reason: label(reason), by, at: ports.clock.now() };
    await decideOnLead(ports, scope, leadId, { type: 'SeparateLead', data });
    await release(ports, scope, own);
    await ports.enrollments.settle(scope);
    return showLead(ports, scope, leadId);
  });
}

/** Nobody undid the merge while their campaign ran: they end with it. */
export async function stopHeldDuplicates(
  ports: Ports,
  scope: Scope,
  campaignId: string,
): Promise<void> {
  const ids = await ports.persons.heldIn(scope, campaignId);
  const data = { cause: duplicateCause, at: ports.clock.now() };
  const decisions = ids.map((enrollmentId): EnrollmentDecision => {
    return { enrollmentId, command: { type: 'StopEnrollment', data } };
  });
  await decideEnrollments(ports, scope, decisions);
}

/** The one way in which a lead's stream changes: its events and its row, in one transaction. */
export async function decideOnLead(
  { persons }: Pick<Ports, 'persons'>,
  { tx, ...scope }: Scope,
  leadId: string,
  command: LeadCommand,
): Promise<readonly LeadEvent[]> {
  const { tenantId, meta } = scope;
  const streamId = leadStream(leadId);
  const { events, version } = await tx.read<LeadEvent>(tenantId, streamId);
  const state = events.reduce(lead.evolve, lead.initialState);
  const decided = lead.decide(command, state);
  if (decided.length === 0) return [];
  const facts = decided.map((event) => ({ ...event, meta }));
  await tx.append(tenantId, streamId, facts, version);
  const now: Lead = decided.reduce(lead.evolve, state);
  // One more than the stream's, because a lead that nothing happened to has a version too.
  await persons.save({ tx, ...scope }, { leadId, ...now, version: version + decided.length + 1 });
  return decided;
}

async function holdDuplicates(
  ports: Ports,
  scope: Scope,
  personId: string,
): Promise<readonly string[]> {
  await ports.enrollments.settle(scope);
  const ids = await ports.persons.beside(scope, personId);
  const data = { pauseId: pauseIdOf(personId), cause: duplicateCause, at: ports.clock.now() };
  const decisions = ids.map((enrollmentId): EnrollmentDecision => {
    return { enrollmentId, command: { type: 'PauseEnrollment', data } };
  });
  await decideEnrollments(ports, scope, decisions);
  return ids;
}

async function release(ports: Ports, scope: Scope, { leadId, duplicateOf }: Member) {
  const rows = await ports.enrollments.ofLeads(scope, [leadId]);
  const data = { pauseId: pauseIdOf(duplicateOf), at: ports.clock.now() };
  const decisions = rows.map(({ enrollmentId }): EnrollmentDecision => {
    return { enrollmentId, command: { type: 'ResumeEnrollment', data } };
  });
  await decideEnrollments(ports, scope, decisions);
  scope.tx.afterCommit(() => ports.work.wake('start'));
}

function pauseIdOf(personId: string): string {
  return `duplicate-of-${personId}`;
}

function areApart(a: Member, b: Member): boolean {
  return a.apartFrom.includes(b.leadId) || b.apartFrom.includes(a.leadId);
}

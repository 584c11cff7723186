import type { Instant } from '@overture/kernel';
import { profileUrlOf } from '@overture/providers';
import { askAgainAt, askIdentity, type Waits } from './ask-identity.js';
import type { DueEnrichment, EnrichmentChange, ProfileAnswer } from './enrichments.js';
import { inTurn, keepProfile, Superseded } from './keep-profile.js';
import { openLeads, type LeadDetails } from './lead-details.js';
import { decideOnLead } from './merge-leads.js';
import type { Ports } from './ports.js';
import { takeTurns } from './reading-jobs.js';
import { inTransaction, type Scope } from './scope.js';

/** Reads the next profile of every enrichment that is due, and says when the next one is (F050). */
export function readProfiles(ports: Ports): Promise<Instant | undefined> {
  return takeTurns(ports, ports.enrichments, (enrichment) => readOn(ports, enrichment));
}

async function readOn(ports: Ports, due: DueEnrichment): Promise<void> {
  try {
    await takeTurn(ports, due);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
  }
}

async function takeTurn(ports: Ports, due: DueEnrichment): Promise<void> {
  const lead = await nextLead(ports, due);
  if (lead === undefined) return inTurn(ports, due, async () => ends('complete'));
  const { leadId, erased } = lead;
  if (erased) return inTurn(ports, due, async () => passBy(ports, leadId));
  const { identityId } = due;
  const wanted = { identityId, profileUrl: addressOf(lead) };
  const answer: ProfileAnswer | Waits = await askIdentity(ports, () =>
    ports.profiles.read(due.tenantId, wanted),
  );
  return inTurn(ports, due, (scope) => keep(ports, scope, { due, leadId }, answer));
}

function nextLead(ports: Ports, due: DueEnrichment): Promise<LeadDetails | undefined> {
  const { tenantId, meta } = due;
  return inTransaction(ports, { tenantId, meta }, async (scope) => {
    const leadId = await ports.enrichments.next(scope, due);
    if (leadId === undefined) return undefined;
    const [lead] = await openLeads(ports, scope, await ports.leads.find(scope, [leadId]));
    return lead;
  });
}

// A handle may be somebody else's tomorrow; the id, once it is known, is not.
function addressOf({ memberId, linkedinUrl }: LeadDetails): string {
  return memberId === '' ? linkedinUrl : profileUrlOf({ memberId });
}

/** Of one lead; every other refusal is one of the whole account. */
const ofLead: ReadonlySet<string> = new Set(['not_accessible', 'input']);

async function keep(
  ports: Ports,
  scope: Scope,
  turn: { due: DueEnrichment; leadId: string },
  answer: ProfileAnswer | Waits,
): Promise<EnrichmentChange> {
  const { due } = turn;
  switch (answer.outcome) {
    case 'read':
      return keepProfile(ports, scope, turn, answer);
    case 'wait': {
      const nextAt = await askAgainAt(ports, scope, due.identityId, answer);
      const counted = 'counted' in answer && answer.counted;
      return { reason: answer.cause, nextAt, cost: due.cost + (counted ? 1 : 0) };
    }
    case 'refused':
      return ofLead.has(answer.cause)
        ? missed(ports, scope, turn, answer.cause)
        : ends(answer.cause);
  }
}

async function missed(
  ports: Ports,
  scope: Scope,
  { due, leadId }: { due: DueEnrichment; leadId: string },
  reason: string,
): Promise<EnrichmentChange> {
  const data = { leadId, identityId: due.identityId, reason, at: ports.clock.now() };
  await decideOnLead(ports, scope, leadId, { type: 'MissProfile', data });
  return { ...passBy(ports, leadId), notAccessible: due.notAccessible + 1 };
}

function passBy({ clock }: Pick<Ports, 'clock'>, afterLeadId: string): EnrichmentChange {
  return { afterLeadId, nextAt: clock.now(), reason: 'pace' };
}

function ends(reason: string): EnrichmentChange {
  return { status: 'ended', reason };
}

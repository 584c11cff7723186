import { dayMs, InvalidInputError, NotFoundError, plus } from '@overture/kernel';
import { findCampaign } from './decide-campaign.js';
import { withEnd, type ShownEnrichment } from './enrichment-view.js';
import type { EnrichmentRow } from './enrichments.js';
import { newId } from './new-id.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller, type Scope } from './scope.js';
import { whyNotReader } from './start-search.js';

/** Whose profiles to read again: those of a campaign, or of one lead; the other is empty. */
export interface NewEnrichment {
  readonly campaignId: string;
  readonly leadId: string;
  /** Empty: the sender of the lead, or the first identity of the campaign. */
  readonly identityId: string;
  readonly staleAfterDays: number;
  /** Reads who is fresh as well. */
  readonly force: boolean;
}

const daysMax = 3_650;

/** Reads profiles again in the background (F050); says before the first one what that costs and how long it takes. */
export async function startEnrichment(
  ports: Ports,
  caller: Caller,
  wanted: NewEnrichment,
): Promise<ShownEnrichment> {
  const { staleAfterDays } = wanted;
  if (!Number.isInteger(staleAfterDays) || staleAfterDays < 1 || staleAfterDays > daysMax) {
    const message = `Expected 1 to ${daysMax} days.`;
    throw new InvalidInputError([{ path: '/staleAfterDays', message }]);
  }
  const identityId = await readerOf(ports, caller, wanted);
  const row = await inTransaction(ports, caller, async (scope) => {
    const begun = await counted(ports, scope, { ...wanted, identityId });
    await ports.enrichments.insert(scope, begun);
    if (begun.status === 'reading') scope.tx.afterCommit(() => ports.work.wake('enrichment'));
    return begun;
  });
  return withEnd(ports, caller, row);
}

/** Whose LinkedIn reads; known before anything is written, because another service is asked. */
async function readerOf(ports: Ports, caller: Caller, wanted: NewEnrichment): Promise<string> {
  const usual = await inTransaction(ports, caller, (scope) => usualReader(ports, scope, wanted));
  const identityId = wanted.identityId || usual;
  const problem =
    identityId === ''
      ? 'The lead has no sender yet: name the identity that reads.'
      : whyNotReader(await ports.search.identity(caller.tenantId, identityId));
  if (problem !== '') throw new InvalidInputError([{ path: '/identityId', message: problem }]);
  return identityId;
}

async function usualReader(
  ports: Ports,
  scope: Scope,
  { campaignId, leadId }: NewEnrichment,
): Promise<string> {
  if (campaignId !== '') {
    const { identityIds } = await findCampaign(ports, scope, campaignId);
    return identityIds[0] ?? '';
  }
  const [lead] = await ports.leads.find(scope, [leadId]);
  if (lead === undefined) throw new NotFoundError('lead', leadId);
  return lead.identityId;
}

async function counted(
  { clock, enrichments }: Ports,
  scope: Scope,
  { campaignId, leadId, identityId, staleAfterDays, force }: NewEnrichment,
): Promise<EnrichmentRow> {
  const createdAt = clock.now();
  const freshSince = force ? createdAt : plus(createdAt, -staleAfterDays * dayMs);
  const wanted = { campaignId, leadId, freshSince, createdAt };
  const { toRead, fresh } = await enrichments.count(scope, wanted);
  const isFresh = toRead === 0;
  return {
    ...wanted,
    enrichmentId: newId(createdAt),
    identityId,
    status: isFresh ? 'ended' : 'reading',
    reason: isFresh ? 'fresh' : '',
    nextAt: createdAt,
    afterLeadId: '',
    turns: 0,
    toRead,
    fresh,
    read: 0,
    renewed: 0,
    notAccessible: 0,
    cost: 0,
    meta: scope.meta,
  };
}

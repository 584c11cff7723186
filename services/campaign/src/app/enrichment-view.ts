import { NotFoundError, TransientError, type Instant } from '@overture/kernel';
import type { EnrichmentRow } from './enrichments.js';
import type { Ports } from './ports.js';
import { inTransaction, type Caller } from './scope.js';

/** An enrichment, and when it can be through at the earliest. */
export interface ShownEnrichment extends EnrichmentRow {
  readonly earliestEnd?: Instant;
}

export async function getEnrichment(
  ports: Ports,
  caller: Caller,
  enrichmentId: string,
): Promise<ShownEnrichment> {
  const row = await inTransaction(ports, caller, (scope) =>
    ports.enrichments.find(scope, enrichmentId),
  );
  if (row === undefined) throw new NotFoundError('enrichment', enrichmentId);
  return withEnd(ports, caller, row);
}

/** Reads no further; what was read stays, and one that has ended stays as it is. */
export async function cancelEnrichment(
  ports: Ports,
  caller: Caller,
  enrichmentId: string,
): Promise<ShownEnrichment> {
  await inTransaction(ports, caller, (scope) => ports.enrichments.cancel(scope, enrichmentId));
  return getEnrichment(ports, caller, enrichmentId);
}

export async function withEnd(
  { profiles }: Pick<Ports, 'profiles'>,
  { tenantId }: Caller,
  row: EnrichmentRow,
): Promise<ShownEnrichment> {
  const { identityId, toRead, read, notAccessible } = row;
  const reads = Math.max(0, toRead - read - notAccessible);
  if (row.status === 'ended' || reads === 0) return row;
  try {
    const earliestEnd = await profiles.earliestEnd(tenantId, { identityId, reads });
    return earliestEnd === undefined ? row : { ...row, earliestEnd };
  } catch (error) {
    // What is known is shown, also while nobody can say when it ends.
    if (error instanceof TransientError) return row;
    throw error;
  }
}

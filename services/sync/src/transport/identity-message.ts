import type { MessageInitShape } from '@bufbuild/protobuf';
import type { IdentitySchema } from '@overture/contracts';
import type { IdentityRow } from '../app/ports.js';

/** An identity as the API shows it. */
export function identityMessage(row: IdentityRow): MessageInitShape<typeof IdentitySchema> {
  const { identityId, name, provider, accountRef, timeZone, tier, createdAt, version } = row;
  return {
    identityId,
    name,
    provider,
    accountRef,
    timeZone,
    tier,
    createdAt,
    version,
    ...statusOf(row),
    lastSyncedAt: row.conversationsReadAt ?? '',
  };
}

function statusOf({ login, pausedBecause }: IdentityRow): { status: string; reason: string } {
  if (login === 'expired')
    return { status: 'expired', reason: 'The LinkedIn login has expired; log in again.' };
  if (pausedBecause !== null) return { status: 'paused', reason: pausedBecause };
  return { status: 'connected', reason: '' };
}

import type { MessageInitShape } from '@bufbuild/protobuf';
import type { IdentityPolicy as PolicyMessage, IdentitySchema } from '@overture/contracts';
import { defaultPolicy, type IdentityPolicy } from '@overture/domain-sync';
import { instant } from '@overture/kernel';
import { hoursMessage, hoursOf } from '@overture/service-kit';
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
    policy: policyMessage({ ...defaultPolicy(tier), ...row.policy }),
    ...row.allowances,
  };
}

/** The policy a message asks for: without a tier the identity's own, without a profile the careful one. */
export function policyOf(
  message: PolicyMessage | undefined,
  identity: Pick<IdentityRow, 'tier' | 'timeZone'>,
): IdentityPolicy {
  const { profile, tier, rampStartedAt, ramp, hours, holidayRegion } = message ?? {};
  const careful = defaultPolicy(tier || identity.tier);
  return {
    profile: profile || careful.profile,
    tier: careful.tier,
    ...(rampStartedAt && { rampStartedAt: instant(rampStartedAt) }),
    ...(ramp && { ramp: ramp as 'recovery' }),
    ...(hours && { hours: hoursOf(hours, identity.timeZone) }),
    ...(holidayRegion && { holidayRegion }),
  };
}

function policyMessage({ hours, ...policy }: IdentityPolicy) {
  return {
    ...policy,
    ...(hours && { hours: hoursMessage(hours) }),
  };
}

function statusOf({ login, pausedBecause }: IdentityRow): { status: string; reason: string } {
  if (login === 'expired')
    return { status: 'expired', reason: 'The LinkedIn login has expired; log in again.' };
  if (pausedBecause !== null) return { status: 'paused', reason: pausedBecause };
  return { status: 'connected', reason: '' };
}

import { plus, type Instant } from '@overture/kernel';
import { reinviteLockMs, type Enrollment } from '@overture/domain-campaign';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

type LockPorts = Pick<Ports, 'drafts' | 'clock'>;

/** Until when LinkedIn takes no new invitation, by lead: whoever's campaign took the last one back (F014, P21). */
export async function reinviteLocks(
  { drafts, clock }: LockPorts,
  scope: Scope,
  identityId: string,
  leadIds: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const known = await drafts.reinviteLocks(scope, leadIds, clock.now());
  const own = known.filter((each) => each.identityId === identityId);
  return new Map(own.map(({ leadId, withdrawnAt }) => [leadId, plus(withdrawnAt, reinviteLockMs)]));
}

/** The same for the lead of one enrollment, as a command wants it. */
export async function reinviteLock(
  ports: LockPorts,
  scope: Scope,
  state: Enrollment,
): Promise<{ reinviteLockedUntil?: Instant }> {
  if (state.status === 'new' || state.campaignType === 'messenger') return {};
  const { leadId, identityId } = state;
  const reinviteLockedUntil = (await reinviteLocks(ports, scope, identityId, [leadId])).get(leadId);
  return reinviteLockedUntil === undefined ? {} : { reinviteLockedUntil };
}

import type { CheckRelation } from '@overture/domain-campaign';
import type { Unstarted } from './enrollments.js';
import type { Ports } from './ports.js';
import { reinviteLocks } from './reinvite-lock.js';
import type { Scope } from './scope.js';

type Past = Pick<CheckRelation['data'], 'repliedBefore' | 'reinviteLockedUntil'>;

/** What other campaigns of this identity left behind: a reply, an invitation that was taken back (F014, P21). */
export async function pastOf(
  ports: Pick<Ports, 'drafts' | 'clock' | 'enrollments'>,
  scope: Scope,
  batch: readonly Unstarted[],
): Promise<(leadId: string) => Past> {
  const identityId = batch[0]?.identityId ?? '';
  const leadIds = batch.map(({ leadId }) => leadId);
  const locks = await reinviteLocks(ports, scope, identityId, leadIds);
  const rows = await ports.enrollments.ofLeads(scope, leadIds);
  const replied = new Set(
    rows.filter((row) => row.repliedAt && row.identityId === identityId).map((row) => row.leadId),
  );
  return (leadId) => {
    const reinviteLockedUntil = locks.get(leadId);
    return {
      ...(replied.has(leadId) && { repliedBefore: true }),
      ...(reinviteLockedUntil && { reinviteLockedUntil }),
    };
  };
}

import type { Transaction } from '@overture/event-store';
import { actionKinds } from '@overture/policy';
import {
  calmLane,
  giveBackUse,
  holdLane,
  liftLaterUses,
  lowerLaterUses,
  refreshLastUses,
} from './outcome.sql.js';
import type { Closed, KeptClaim } from './write-outcomes.js';

interface GivenBack {
  readonly ordinal: number;
  readonly company_key: string | null;
}

/** Takes a use out of the ledger; gives its company. Those behind it move up by one: places have no holes. */
export async function giveBack(
  tx: Transaction,
  tenantId: string,
  { identityId, kind, actionId }: KeptClaim,
): Promise<string | null> {
  const lane = [tenantId, identityId, kind];
  const { rows } = await tx.query<GivenBack>(giveBackUse, [...lane, actionId]);
  const [use] = rows;
  if (use === undefined) return null;
  const { rowCount } = await tx.query(liftLaterUses, [...lane, use.ordinal]);
  if (rowCount) await tx.query(lowerLaterUses, lane);
  await tx.query(refreshLastUses, [tenantId, identityId, actionKinds]);
  return use.company_key;
}

/** Holds the lanes that have to wait, and forgets the strikes of those that went well. */
export async function writeLanes(
  tx: Transaction,
  tenantId: string,
  closed: readonly Closed[],
): Promise<void> {
  for (const { claim, conclusion } of closed) {
    const { lane } = conclusion;
    if (lane === undefined) continue;
    const { identityId, kind, strikes } = claim;
    const values = [tenantId, identityId, kind, lane.strikes];
    if (lane.hold) await tx.query(holdLane, [...values, lane.hold.until, lane.hold.cause]);
    else if (lane.strikes !== strikes) await tx.query(calmLane, values);
  }
}

import type { Identity } from '../store/identities.sql.js';
import { windowUse, type WindowUse } from '../store/ledger.sql.js';
import { capacityOf, slotFreeAt, type CountedKind } from '../world/limits.js';
import { limitReached, type Answer } from './answer.js';
import type { Call, Scene } from './call.js';

export interface Budget extends WindowUse {
  readonly capacity: number;
}

/** The window as an effect records it, that effect included. */
export interface Window {
  readonly used: number;
  readonly capacity: number;
}

export async function budgetOf(
  scene: Scene,
  identity: Identity,
  kind: CountedKind,
): Promise<Budget> {
  const capacity = capacityOf(kind, identity.tier, rampOf(scene, identity));
  const use = { identityUid: identity.uid, kind, now: scene.now, capacity };
  return { ...(await windowUse(scene.sql, use)), capacity };
}

export function availableAt(scene: Scene, identity: Identity, budget: Budget) {
  const { used, capacity, blockingAt } = budget;
  if (used < capacity || blockingAt === null) return undefined;
  return slotFreeAt(blockingAt, rampOf(scene, identity));
}

/** Room for one more action of this kind, or Edges' refusal with the moment there is. */
export async function roomFor(
  call: Call,
  kind: CountedKind,
): Promise<{ readonly window: Window } | { readonly refused: Answer }> {
  const budget = await budgetOf(call, call.identity, kind);
  const at = availableAt(call, call.identity, budget);
  if (at !== undefined) return { refused: limitReached(at) };
  return { window: { used: budget.used + 1, capacity: budget.capacity } };
}

function rampOf({ world, now }: Scene, identity: Identity) {
  const since = identity.first_sync_at ?? identity.created_at;
  return world.knobs.rampUp ? { since, now } : undefined;
}

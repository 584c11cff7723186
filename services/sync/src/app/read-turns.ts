import { randomUUID } from 'node:crypto';
import { minuteMs, plus, secondMs, seededBetween, type Instant } from '@overture/kernel';
import {
  budgetOf,
  earliestEnd,
  leastSpacingMs,
  readKinds,
  type ReadBudget,
  type ReadKind,
} from './read-budgets.js';
import type { IdentityKey } from './ports.js';
import type { SyncDeps } from './sync-deps.js';

// A read whose process died is over for everybody else after this long: more than any call may take.
const heldMs = 2 * minuteMs;
const jitterMs = 15 * secondMs;

/** Permission to look up one thing. */
export interface Turn {
  readonly readId: string;
}

/** Why not now, and when to ask again. */
export interface NotYet {
  readonly cause: 'pace' | 'budget';
  readonly until: Instant;
}

/** Takes a turn: one read of an identity at a time, spaced, within its budget of the day (F051). */
export function takeTurn(
  { database, reads, clock }: SyncDeps,
  of: IdentityKey,
  kind: ReadKind,
): Promise<Turn | NotYet> {
  const now = clock.now();
  return database.tenant(of.tenantId, async (tx) => {
    const nextReadAt = await reads.lockPace(tx, of, now);
    if (nextReadAt > now) return { cause: 'pace', until: nextReadAt };
    const { freeAt } = budgetOf(kind, await reads.use(tx, of, { kind, now }));
    if (freeAt !== undefined) return { cause: 'budget', until: freeAt };
    const readId = randomUUID();
    await reads.count(tx, of, { readId, kind, at: now });
    await reads.pace(tx, of, plus(now, heldMs));
    return { readId };
  });
}

/** The read is over, well or not; gives the moment of the next. What the provider refused was no read. */
export async function endTurn(
  { database, reads, clock }: SyncDeps,
  of: IdentityKey,
  { readId, refused }: Turn & { readonly refused: boolean },
): Promise<Instant> {
  const nextReadAt = plus(clock.now(), leastSpacingMs + seededBetween(readId, 0, jitterMs));
  await database.tenant(of.tenantId, async (tx) => {
    await reads.pace(tx, of, nextReadAt);
    if (refused) await reads.giveBack(tx, of, readId);
  });
  return nextReadAt;
}

/** What of an identity's reads is used, and when the next is free. */
export function readBudgets(
  { database, reads, identities, clock }: SyncDeps,
  of: IdentityKey,
): Promise<ReadBudget[]> {
  const now = clock.now();
  return database.tenant(of.tenantId, async (tx) => {
    await identities.find(tx, of);
    const budgets: ReadBudget[] = [];
    for (const kind of readKinds) {
      budgets.push(budgetOf(kind, await reads.use(tx, of, { kind, now })));
    }
    return budgets;
  });
}

/** When an identity can have read so many more, were they the only ones; undefined: there are none. */
export function planReads(
  { database, reads, identities, clock }: SyncDeps,
  of: IdentityKey,
  { kind, count }: { readonly kind: ReadKind; readonly count: number },
): Promise<Instant | undefined> {
  const now = clock.now();
  return database.tenant(of.tenantId, async (tx) => {
    await identities.find(tx, of);
    return earliestEnd(kind, count, { taken: await reads.taken(tx, of, { kind, now }), now });
  });
}

import { dayMs, plus, secondMs, type Instant } from '@overture/kernel';

/** What one identity looks up at most in rolling 24 hours, counted apart from everything it does. */
export type ReadKind = 'search' | 'profile';

/** Ours, below what the provider lets through: hardly anybody turns more pages of results a day, or opens more profiles. */
export const readLimits: Readonly<Record<ReadKind, number>> = { search: 100, profile: 80 };
export const readKinds = Object.keys(readLimits) as readonly ReadKind[];
export const readWindowMs = dayMs;
/** About as long as a person needs for a page. */
export const leastSpacingMs = 20 * secondMs;

/** The reads of one kind in the window. */
export interface ReadUse {
  readonly used: number;
  /** The one that must leave the window before another fits; absent: there is room. */
  readonly blockingAt?: Instant;
}

export interface ReadBudget {
  readonly kind: ReadKind;
  readonly used: number;
  readonly limit: number;
  /** When the next is free; absent: now. */
  readonly freeAt?: Instant;
}

export function budgetOf(kind: ReadKind, { used, blockingAt }: ReadUse): ReadBudget {
  const known = { kind, used, limit: readLimits[kind] };
  return blockingAt === undefined ? known : { ...known, freeAt: plus(blockingAt, readWindowMs) };
}

export function isReadKind(kind: string): kind is ReadKind {
  return readKinds.some((known) => known === kind);
}

/**
 * When so many reads can all have begun, were they the only ones: spaced, and never more in rolling 24 hours than the
 * budget holds. `taken` are those of the window, the oldest first (F050).
 */
export function earliestEnd(
  kind: ReadKind,
  reads: number,
  { taken, now }: { readonly taken: readonly Instant[]; readonly now: Instant },
): Instant | undefined {
  const all = [...taken];
  let end: Instant | undefined;
  for (let read = 0; read < reads; read++) {
    const paced = end === undefined ? now : plus(end, leastSpacingMs);
    const blocking = all.at(-readLimits[kind]);
    const isFull = all.length >= readLimits[kind] && blocking !== undefined;
    const free = isFull ? plus(blocking, readWindowMs) : paced;
    end = free > paced ? free : paced;
    all.push(end);
  }
  return end;
}

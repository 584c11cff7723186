import { dayMs, plus, type Instant } from '@overture/kernel';

/** What one identity looks up at most in rolling 24 hours, counted apart from everything it does. */
export type ReadKind = 'search';

/** Ours, below what the provider lets through: hardly anybody turns a hundred pages of results a day. */
export const readLimits: Readonly<Record<ReadKind, number>> = { search: 100 };
export const readKinds = Object.keys(readLimits) as readonly ReadKind[];
export const readWindowMs = dayMs;

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

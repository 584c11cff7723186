import type { Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import type { IdentityKey } from './ports.js';
import type { ReadKind, ReadUse } from './read-budgets.js';

export interface CountedRead {
  readonly readId: string;
  readonly kind: ReadKind;
  readonly at: Instant;
}

/** What identities look up for others. Every method runs in the caller's transaction. */
export abstract class ReadRows {
  /** Locks the identity's pace until the transaction ends; gives when it may read next. */
  abstract lockPace(tx: Transaction, of: IdentityKey, now: Instant): Promise<Instant>;
  abstract pace(tx: Transaction, of: IdentityKey, nextReadAt: Instant): Promise<void>;
  abstract use(
    tx: Transaction,
    of: IdentityKey,
    asked: { kind: ReadKind; now: Instant },
  ): Promise<ReadUse>;
  /** When each of the window was taken, the oldest first. */
  abstract taken(
    tx: Transaction,
    of: IdentityKey,
    asked: { kind: ReadKind; now: Instant },
  ): Promise<readonly Instant[]>;
  /** Counts one and forgets those that have left the window. */
  abstract count(tx: Transaction, of: IdentityKey, read: CountedRead): Promise<void>;
  abstract giveBack(tx: Transaction, of: IdentityKey, readId: string): Promise<void>;
}

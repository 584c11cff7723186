import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Changes } from './changes.js';
import type { Decision, Visit } from './visit.js';

/** The timetable, as events change it. */
export abstract class Timetable {
  /** Where this transaction gathers what it changes; written right before it commits. */
  abstract changesOf(tx: Transaction, tenantId: string): Changes;
}

export interface DueQuery {
  readonly now: Instant;
  /** How many identities one transaction looks at. */
  readonly visitsMax: number;
  /** Of one workspace only. */
  readonly tenantId?: string;
}

/** The timetable, as the clock drives it. */
export abstract class DueIdentities {
  /** Locks identities whose time has come and nobody else is looking at, and reads what decides about them. */
  abstract lock(tx: Transaction, query: DueQuery): Promise<Visit[]>;

  /** Writes what was decided: claims, their uses and events, and when to look again. */
  abstract settle(tx: Transaction, decisions: readonly Decision[], now: Instant): Promise<void>;

  /** When the next identity is worth a look; undefined while nothing waits for time. */
  abstract nextVisitAt(): Promise<Instant | undefined>;
}

import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Decision, Visit } from '@overture/planner';
import type { ActionKind, CapSource, RampName } from '@overture/policy';
import type { Changes } from './changes.js';
import type { Explanation } from './explain-action.js';

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

  /** Writes what was decided: claims, their uses and events, and when to look again; returns how many claims. */
  abstract settle(tx: Transaction, decisions: readonly Decision[], now: Instant): Promise<number>;

  /** When the next identity is worth a look; undefined while nothing waits for time. */
  abstract nextVisitAt(): Promise<Instant | undefined>;
}

export interface OfferedAgain {
  readonly tenantId: string;
  readonly actionId: string;
  readonly epoch: number;
}

/** Claims that nobody took before their lease ended. */
export abstract class ExpiredClaims {
  /** Offers them again under a higher epoch; at most one batch at a time. */
  abstract offerAgain(now: Instant): Promise<readonly OfferedAgain[]>;
}

export interface KindBudget {
  readonly kind: ActionKind;
  readonly used24h: number;
  readonly cap24h: number;
  /** Whose figure binds: profile, tier or ramp. */
  readonly boundBy24h?: CapSource;
  readonly used7d: number;
  readonly cap7d?: number;
  readonly boundBy7d?: CapSource;
  readonly waiting: number;
  readonly nextAt?: Instant;
  readonly nextReason: string;
}

export interface IdentityBudget {
  readonly profile: string;
  /** Why nothing of this identity goes; absent while its gate is open. */
  readonly gateCause?: string;
  /** The ramp it is on, and when its next step begins; absent: on none. */
  readonly ramp?: RampName;
  readonly limitsChangeAt?: Instant;
  readonly kinds: readonly KindBudget[];
}

export interface TimetableQuery {
  readonly tenantId: string;
  readonly campaignId?: string;
  readonly identityId?: string;
  readonly actionIds?: readonly string[];
  readonly limit: number;
  readonly after?: TimetableCursor;
}

export interface TimetableCursor {
  readonly dueAt: Instant;
  readonly actionId: string;
}

export interface TimetableEntry extends TimetableCursor {
  readonly identityId: string;
  readonly campaignId: string;
  readonly kind: ActionKind;
  /** By which its hours are read. */
  readonly zone: string;
  readonly status: 'waiting' | 'claimed';
  /** Absent while it waits for something else than time. */
  readonly nextAt?: Instant;
  readonly reason: string;
}

/** What people see of the timetable. */
export abstract class TimetableViews {
  abstract budget(tenantId: string, identityId: string, now: Instant): Promise<IdentityBudget>;

  /** In the order they are due. */
  abstract entries(query: TimetableQuery): Promise<readonly TimetableEntry[]>;
}

/** Why each action waits or went. */
export abstract class Explanations {
  abstract explain(tenantId: string, actionId: string, now: Instant): Promise<Explanation>;
}

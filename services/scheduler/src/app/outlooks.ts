import type { Instant } from '@overture/kernel';
import type { ActionKind, Gate, RampName, Schedule, Trip, Use } from '@overture/policy';

/** What a forecast has to know of an identity, as it stands now. */
export interface IdentityOutlook {
  readonly identityId: string;
  readonly zone: string;
  readonly gate: Gate;
  readonly profile: string;
  readonly tier: string;
  readonly rampStartedAt?: Instant;
  readonly ramp?: RampName;
  readonly hours?: Schedule;
  readonly holidayRegion: string;
  readonly breaker?: Trip;
  readonly uses: readonly NotedUse[];
  readonly holds: readonly LaneHold[];
  readonly pendingInvitations?: number;
  /** As LinkedIn said, less what was used since. */
  readonly notesLeft?: number;
}

export interface NotedUse extends Use {
  /** An invitation that carried a note. */
  readonly hasNote: boolean;
}

export interface LaneHold {
  readonly kind: ActionKind;
  readonly until: Instant;
  readonly cause: string;
}

export abstract class Outlooks {
  /** Those of the asked that the timetable knows. */
  abstract of(
    tenantId: string,
    identityIds: readonly string[],
    now: Instant,
  ): Promise<readonly IdentityOutlook[]>;
}

import type { Instant } from '@overture/kernel';
import type { AttemptNews } from '@overture/planner';
import type { ActionKind, CampaignCaps, CompanyCap, RampName, Schedule } from '@overture/policy';
import { actionIdsOf, type EnrollmentRef, type PlannedAction } from './timetable.js';

/** How much an identity may do and when, as a person decided. */
export interface IdentityPolicy {
  readonly profile: string;
  readonly tier: string;
  readonly rampStartedAt?: Instant;
  readonly ramp?: RampName;
  readonly hours?: Schedule;
  readonly holidayRegion: string;
}

/** What LinkedIn shows of an identity's allowances; an absent number is not known. */
export interface AllowancesSeen {
  readonly pendingInvitations?: number | undefined;
  readonly inmailCredits?: number | undefined;
  readonly notesLeft?: number | undefined;
  readonly at: Instant;
}

export type IdentityNews =
  | { readonly type: 'added'; readonly zone: string; readonly tier: string }
  | { readonly type: 'policy_set'; readonly policy: IdentityPolicy }
  | { readonly type: 'allowances_seen'; readonly seen: AllowancesSeen }
  | { readonly type: 'login_lost' | 'login_restored'; readonly generation: number }
  | { readonly type: 'paused'; readonly cause: string }
  | { readonly type: 'resumed' };

export type CampaignNews =
  | { readonly type: 'launched' | 'rescheduled'; readonly schedule: Schedule }
  | {
      readonly type: 'capped';
      readonly caps: CampaignCaps;
      readonly companyCap?: CompanyCap;
      readonly waitsForNote?: boolean;
    }
  | { readonly type: 'paused'; readonly cause: string }
  | { readonly type: 'resumed' | 'archived' };

/** Action ids from the first to the last, in the order of bytes. */
export interface Dropped {
  readonly identityId: string;
  readonly firstId: string;
  readonly lastId: string;
}

export interface EnrollmentPause {
  readonly identityId: string;
  readonly enrollmentId: string;
  readonly pauseId: string;
  readonly open: boolean;
}

/** An effect that was seen after its claim had been given back: it counts after all. */
export interface LateUse {
  readonly identityId: string;
  readonly kind: ActionKind;
  readonly actionId: string;
}

/**
 * What the events of one transaction change about the timetable. Hundreds arrive together, so they are gathered, and
 * written at the end with one statement for each sort of change.
 */
export class Changes {
  readonly plans = new Map<string, PlannedAction>();
  readonly drops: Dropped[] = [];
  readonly pauses: EnrollmentPause[] = [];
  readonly news: AttemptNews[] = [];
  readonly lateUses: LateUse[] = [];
  readonly identities: { identityId: string; news: IdentityNews }[] = [];
  readonly campaigns: { campaignId: string; news: CampaignNews }[] = [];

  /** Whether anything changes what an identity may do next; taking actions away does not. */
  get concernsIdentities(): boolean {
    const { plans, pauses, news, lateUses, identities, campaigns } = this;
    return (
      plans.size > 0 ||
      [pauses, news, lateUses, identities, campaigns].some((all) => all.length > 0)
    );
  }

  plan(action: PlannedAction): void {
    this.plans.set(action.actionId, action);
  }

  dropAction({ identityId }: Pick<EnrollmentRef, 'identityId'>, actionId: string): void {
    this.drop({ identityId, firstId: actionId, lastId: actionId });
  }

  dropEnrollment({
    identityId,
    enrollmentId,
  }: Pick<EnrollmentRef, 'identityId' | 'enrollmentId'>): void {
    this.drop({ identityId, ...actionIdsOf(enrollmentId) });
  }

  pauseEnrollment(pause: EnrollmentPause): void {
    this.pauses.push(pause);
  }

  attempt(news: AttemptNews): void {
    this.news.push(news);
  }

  countLate(use: LateUse): void {
    this.lateUses.push(use);
  }

  identity(identityId: string, news: IdentityNews): void {
    this.identities.push({ identityId, news });
  }

  campaign(campaignId: string, news: CampaignNews): void {
    this.campaigns.push({ campaignId, news });
  }

  // Drops are written before plans, so a plan that came first has to go here.
  private drop(dropped: Dropped): void {
    this.drops.push(dropped);
    for (const actionId of this.plans.keys()) {
      if (actionId >= dropped.firstId && actionId <= dropped.lastId) this.plans.delete(actionId);
    }
  }
}

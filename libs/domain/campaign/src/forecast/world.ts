import type { Instant } from '@overture/kernel';
import type {
  ActionKind,
  CampaignCaps,
  CompanyCap,
  CompanyContact,
  Gate,
  LimitSources,
  RegionDays,
  Schedule,
  Trip,
  Use,
} from '@overture/policy';
import type { CheckRelation, Planning } from '../enrollment/commands.js';
import type { Relation } from '../enrollment/events.js';
import type { Enrollment } from '../enrollment/state.js';

/** Everything a forecast knows when it begins: what the live planner would know at that instant (M3). */
export interface World {
  readonly now: Instant;
  readonly identities: readonly KnownIdentity[];
  readonly campaigns: readonly KnownCampaign[];
  readonly leads: readonly KnownLead[];
  /** Who of which company was first contacted, for as long as any campaign counts; absent: nobody. */
  readonly contacts?: readonly KnownContact[];
}

export interface KnownContact extends CompanyContact {
  readonly companyKey: string;
}

export interface KnownIdentity {
  readonly identityId: string;
  readonly zone: string;
  readonly gate: Gate;
  readonly hours?: Schedule;
  readonly holidays?: RegionDays;
  readonly limits: Omit<LimitSources, 'campaign'>;
  /** The ledger of the last 31 days and longer; in any order. */
  readonly uses: readonly NotedUse[];
  readonly breaker?: Trip;
  readonly pendingInvitations?: number;
  readonly holds: readonly Hold[];
  /** Notes of invitations that LinkedIn still allows this month; absent: not known. */
  readonly notesLeft?: number;
}

export interface NotedUse extends Use {
  /** An invitation that carried a note. */
  readonly hasNote?: boolean;
}

export interface Hold {
  readonly kind: ActionKind;
  readonly until: Instant;
  readonly cause: string;
}

export interface KnownCampaign {
  readonly campaignId: string;
  readonly gate: Gate;
  readonly schedule: Schedule;
  readonly caps?: CampaignCaps;
  readonly companyCap?: CompanyCap;
  /** Companies of which somebody has answered it; absent: it does not stop at that. */
  readonly answered?: ReadonlySet<string>;
  /** Its invitations wait for a note once the month's are used up; absent: they go without. */
  readonly whenNotesUsedUp?: 'send_without' | 'wait';
  /** By zone of the lead. */
  readonly holidays: ReadonlyMap<string, RegionDays>;
}

export type Look = Pick<
  CheckRelation['data'],
  'passOver' | 'repliedBefore' | 'reinviteLockedUntil'
>;

export interface KnownLead {
  readonly enrollmentId: string;
  readonly leadId: string;
  readonly campaignId: string;
  readonly identityId: string;
  readonly state: Enrollment;
  readonly planning: Planning;
  /** What the look before the first step will find. */
  readonly relation: Relation;
  /** What that look will be told of other campaigns and by the rules; absent: nothing. */
  readonly look?: Look;
  /** Its open draft has no words: nobody can approve it. */
  readonly unapprovable?: boolean;
  /** Why this lead cannot be sent to, such as a field its texts need; absent: nothing. */
  readonly blocked?: string;
}

/** How people behave in a forecast; undefined is never. The same lead and step give the same answer, always. */
export interface Answers {
  /** After the invitation: when the lead accepts, and when that is seen. */
  readonly accepts: (lead: KnownLead) => Accepts | undefined;
  /** After the message of this step, until it is seen that the lead answered. */
  readonly repliesAfterMs: (lead: KnownLead, step: number) => number | undefined;
  /** After a draft was opened, until somebody approves it. */
  readonly approvesAfterMs: (lead: KnownLead, step: number) => number | undefined;
}

export interface Accepts {
  readonly afterMs: number;
  readonly seenAfterMs: number;
}

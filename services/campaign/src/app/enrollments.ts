import type { Instant } from '@overture/kernel';
import type { EventMeta } from '@overture/event-store';
import type { ActionRow } from './action-row.js';
import type { EnrollmentRow, LaunchOutcome } from './enrollment-view.js';
import type { AcceptedLead } from './move-accepted.js';
import type { Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

/** What planning a lead's next step takes from elsewhere. */
export interface PlanningFacts {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly sequenceVersion: number;
  readonly timeZone: string;
  /** Keyed fingerprint of the lead's company; empty: unknown. */
  readonly companyKey: string;
  /** What goes first when both wait; absent: follow-ups. */
  readonly first?: 'follow_ups' | 'new_leads';
}

/** A lead that no launch has looked at yet. */
export interface Unstarted {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
}

export interface ChangedEnrollment {
  readonly row: EnrollmentRow;
  readonly actions: readonly ActionRow[];
}

export interface LaunchedPerson {
  readonly enrollmentId: string;
  readonly leadId: string;
  readonly launchOutcome: LaunchOutcome;
  readonly messagesQueued: number;
  readonly reason: string;
}

export interface LaunchTotals {
  readonly queued: number;
  readonly skipped: number;
  readonly errors: number;
  readonly totalMessages: number;
}

export interface Tally {
  readonly status: string;
  readonly count: number;
}

export interface CampaignTotals {
  readonly leads: readonly Tally[];
  readonly actions: readonly Tally[];
  readonly sent: number;
  readonly accepted: number;
  readonly replied: number;
  readonly nextActionAt?: Instant;
}

/** Leads of a campaign that stand still for the same reason, or ended for it. */
export interface QuietGroup {
  readonly status: string;
  readonly reason: string;
  readonly ended: boolean;
  readonly leads: number;
  /** The first instant at which one of them goes on by itself. */
  readonly nextAt: Instant | null;
  readonly exampleLeadIds: readonly string[];
}

export interface ListedAction extends ActionRow {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
}

export interface LeadEventRow {
  readonly eventId: string;
  readonly streamId: string;
  readonly version: number;
  readonly type: string;
  readonly data: object;
  readonly meta: EventMeta;
  readonly recordedAt: Instant;
}

/** The read models of enrollments and actions, written in the transaction of the events they come from. */
export abstract class Enrollments {
  /** Rows to be written at the end of the transaction, once each and in one order, so that no two writers deadlock. */
  abstract save(scope: Scope, changed: readonly ChangedEnrollment[]): void;
  /** Writes them now, for whoever looks at rows in the transaction that changes them. */
  abstract settle(scope: Scope): Promise<void>;
  /** Holds the rows until the transaction ends, in one order. */
  abstract lock(scope: Scope, enrollmentIds: readonly string[]): Promise<void>;
  abstract find(scope: Scope, enrollmentId: string): Promise<EnrollmentRow | undefined>;
  abstract ofLeads(scope: Scope, leadIds: readonly string[]): Promise<readonly EnrollmentRow[]>;
  abstract planningFacts(
    scope: Scope,
    enrollmentIds: readonly string[],
  ): Promise<readonly PlanningFacts[]>;
  abstract unstarted(
    scope: Scope,
    campaignId: string,
    page: { afterId: string; limit: number },
  ): Promise<readonly Unstarted[]>;
  abstract ofIdentity(
    scope: Scope,
    identityId: string,
    page: { afterId: string; limit: number },
  ): Promise<readonly string[]>;
  /** Of a campaign: who follows a version and is under way; with version 0 everybody of any version. */
  abstract following(
    scope: Scope,
    page: {
      readonly campaignId: string;
      readonly version: number;
      /** Empty: all. */
      readonly leadIds: readonly string[];
      readonly afterId: string;
      readonly limit: number;
    },
  ): Promise<readonly string[]>;
  /** Who accepted the invitation of a campaign, in the order of their leads. */
  abstract accepted(
    scope: Scope,
    wanted: PageWanted & { campaignId: string },
  ): Promise<PageOf<AcceptedLead>>;
  /** True when somebody was enrolled and nobody is under way any more. */
  abstract allEnded(scope: Scope, campaignId: string): Promise<boolean>;

  /** Across workspaces: whose waiting is over, the longest first. */
  abstract overdue(
    now: Instant,
    limit: number,
  ): Promise<readonly { tenantId: string; enrollmentId: string }[]>;
  abstract nextDeadline(): Promise<Instant | undefined>;
  /** Across workspaces: launched campaigns with leads that no launch has looked at. */
  abstract campaignsToStart(): Promise<readonly CampaignRef[]>;
  abstract campaignsToFinish(): Promise<readonly CampaignRef[]>;
}

/** What people look at: counts and lists. */
export abstract class Views {
  /** Ids of streams of one category, in order. */
  abstract streams(
    scope: Scope,
    category: string,
    page: { afterId: string; limit: number },
  ): Promise<readonly string[]>;
  abstract launchTotals(scope: Scope, campaignId: string): Promise<LaunchTotals>;
  abstract launchedPeople(
    scope: Scope,
    campaignId: string,
    limit: number,
  ): Promise<readonly LaunchedPerson[]>;
  abstract totals(scope: Scope, campaignId: string): Promise<CampaignTotals>;
  /** Largest first. */
  abstract quietGroups(scope: Scope, campaignId: string): Promise<readonly QuietGroup[]>;
  abstract actions(
    scope: Scope,
    wanted: PageWanted & { campaignId: string; identityId: string; status: string },
  ): Promise<PageOf<ListedAction>>;
  abstract history(scope: Scope, leadId: string, page: PageWanted): Promise<PageOf<LeadEventRow>>;
}

export interface CampaignRef {
  readonly tenantId: string;
  readonly campaignId: string;
}

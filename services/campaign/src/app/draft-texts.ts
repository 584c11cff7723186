import type { Sealed } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Action } from '@overture/domain-campaign';
import type { ActionRow } from './action-row.js';
import type { Scope } from './scope.js';
import type { PageOf, PageWanted } from './tables.js';

/** The words of one draft, sealed under the key of the person they are for. */
export interface DraftRow {
  readonly actionId: string;
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly kind: Action['kind'];
  readonly stepId: string;
  /** Days from the enrollment to when it may go, as it was drafted (S3-13). */
  readonly dayOffset: number;
  readonly sealed: Sealed;
  /** Why there are no words; empty: there are. */
  readonly problem: string;
  readonly open: boolean;
}

export interface ListedDraft extends ActionRow {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
  readonly dayOffset: number;
  readonly sealed: Sealed;
  readonly problem: string;
}

export interface DraftsWanted extends PageWanted {
  readonly campaignId: string;
  /** drafted, planned, …; empty: drafted. */
  readonly status: string;
}

export interface ListedTask extends ActionRow {
  readonly enrollmentId: string;
  readonly campaignId: string;
  readonly leadId: string;
  readonly identityId: string;
}

export abstract class DraftTexts {
  abstract save(scope: Scope, rows: readonly DraftRow[]): Promise<void>;
  /** From here on another draft of the same step may be opened. */
  abstract close(scope: Scope, actionIds: readonly string[]): Promise<void>;
  abstract find(scope: Scope, actionId: string): Promise<DraftRow | undefined>;
  /** Which of these drafts have no words yet: nobody can approve them. */
  abstract wordless(scope: Scope, actionIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** The draft with its action, whatever became of it. */
  abstract listed(scope: Scope, actionId: string): Promise<ListedDraft | undefined>;
  abstract list(scope: Scope, wanted: DraftsWanted): Promise<PageOf<ListedDraft>>;
  abstract tasks(scope: Scope, wanted: DraftsWanted): Promise<PageOf<ListedTask>>;
  /** The enrollment an action is of; undefined for one nobody planned. */
  abstract enrollmentOf(scope: Scope, actionId: string): Promise<string | undefined>;
  /** The latest instant until which LinkedIn takes no new invitation; undefined: none is known. */
  abstract reinviteLocks(
    scope: Scope,
    leads: readonly string[],
    now: Instant,
  ): Promise<readonly { leadId: string; identityId: string; withdrawnAt: Instant }[]>;
}

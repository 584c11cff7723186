import type { Instant } from '@overture/kernel';
import type {
  AttemptEvent,
  AttemptRef,
  KnownAttempt,
  OpenAttemptStatus,
} from '@overture/domain-sender';
import type { StreamEvent, Transaction } from '@overture/event-store';

/** An attempt somebody works on. Every write about it carries `ownerEpoch`, so that an overtaken owner writes nothing. */
export interface HeldAttempt {
  readonly tenantId: string;
  readonly attempt: AttemptRef;
  readonly status: OpenAttemptStatus;
  readonly ownerEpoch: number;
  readonly person: string;
  readonly textSha256: string;
  readonly thread: string;
  readonly readBacksAt: readonly Instant[];
  readonly startedAt: Instant | null;
}

/** What the sender writes down before it calls, so that an unclear call can be read back. */
export interface CallTrace {
  readonly person: string;
  readonly textSha256: string;
  /** The conversation, or the post of a comment; empty where none is known. */
  readonly thread: string;
}

/** The rows of attempts. Every method runs in the caller's transaction. */
export abstract class AttemptRows {
  /** Takes at most `limit` attempts that are due and that nobody holds. */
  abstract takeDue(tx: Transaction, now: Instant, limit: number): Promise<HeldAttempt[]>;
  /** Locks the row for its holder; false when another owner has it by now. */
  abstract holds(tx: Transaction, held: HeldAttempt): Promise<boolean>;
  abstract trace(tx: Transaction, held: HeldAttempt, trace: CallTrace): Promise<void>;
  /** Lets go of it until then. */
  abstract postpone(tx: Transaction, held: HeldAttempt, until: Instant): Promise<void>;
  abstract addReadBack(tx: Transaction, held: HeldAttempt, at: Instant): Promise<void>;
  /** Brings the row up to the attempt's events, lets go of it and says when to look again. */
  abstract project(tx: Transaction, change: AttemptChange): Promise<void>;
  abstract nextDueAfter(tx: Transaction, now: Instant): Promise<Instant | undefined>;
  /** Frees what owners hold whose process is gone. */
  abstract freeGone(tx: Transaction): Promise<void>;
  abstract page(tx: Transaction, filter: AttemptFilter): Promise<AttemptView[]>;
}

export interface AttemptChange {
  readonly tenantId: string;
  readonly state: KnownAttempt;
  readonly events: readonly StreamEvent<AttemptEvent>[];
  /** Undefined: nothing more to do. */
  readonly dueAt: Instant | undefined;
  readonly keepHold: boolean;
}

export interface AttemptFilter {
  readonly tenantId: string;
  readonly actionId: string;
  readonly status: string;
  readonly after: string;
  readonly limit: number;
}

export interface AttemptView {
  readonly actionId: string;
  readonly identityId: string;
  readonly status: string;
  readonly epoch: number;
  readonly label: string;
  readonly detail: string;
  readonly startedAt: Instant | null;
  readonly settledAt: Instant | null;
}

/** The look into the conversation in the second before a send; sync answers it. */
export abstract class ConversationSync {
  abstract beforeSend(claim: ClaimCall): Promise<ConversationLook>;
}

/** Whether it may be done; campaign answers it, and throws a DomainError where a rule says no. */
export abstract class Authorisation {
  abstract intend(claim: ClaimCall, look: ConversationLook): Promise<AuthorisedAction>;
}

export interface ClaimCall {
  readonly tenantId: string;
  readonly attempt: AttemptRef;
}

export interface ConversationLook {
  /** Who acts for the identity: `edges`, or `companion` for the customer's own browser. */
  readonly provider: string;
  readonly syncedAt: Instant;
  readonly relation: string;
  readonly replied: boolean;
  readonly accountRef: string;
  readonly ready: boolean;
  readonly notReadyCause: string;
  readonly threadUrl: string;
}

export interface AuthorisedAction {
  readonly text: string;
  readonly profileUrl: string;
  /** Of an InMail. */
  readonly subject: string;
  /** Of a comment. */
  readonly postUrl: string;
  /** Every keyed name the person is known by. */
  readonly fingerprints: readonly string[];
}

/** LinkedIn, as the sender acts on it. */
export abstract class LinkedInHand {
  /** The one call. It answers whatever happens; what no rule covers is `unknown`. */
  abstract perform(call: ProviderCall): Promise<CallResult>;
  /** Looks for the effect of a call whose outcome is unclear. */
  abstract lookBack(search: EffectSearch): Promise<LookBack>;
  /** Keyed name, text hash and, of a comment, the post, as a read-back compares them. */
  abstract traceOf(tenantId: string, action: AuthorisedAction): CallTrace;
}

export interface ProviderCall {
  readonly tenantId: string;
  readonly attempt: AttemptRef;
  readonly accountRef: string;
  readonly action: AuthorisedAction;
}

export type CallResult =
  | {
      readonly kind: 'accepted';
      readonly fingerprints: readonly string[];
      readonly providerMessageId: string;
      readonly providerThreadId: string;
      readonly alreadyConnected: boolean;
      readonly alreadyPending: boolean;
    }
  | {
      readonly kind: 'rejected';
      readonly label: string;
      readonly detail: string;
      readonly postponedUntil?: Instant;
    }
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'not_sent'; readonly detail: string };

export interface EffectSearch extends CallTrace {
  readonly tenantId: string;
  readonly attempt: AttemptRef;
  readonly accountRef: string;
  readonly since: Instant;
}

export type LookBack =
  | { readonly kind: 'found'; readonly effectAt: Instant }
  | { readonly kind: 'not_found' }
  /** Nothing could be read, or what was read cannot tell. */
  | { readonly kind: 'blind'; readonly detail: string };

import type { Instant } from '@overture/kernel';
import type { Allowances, IdentityEvent, IdentityPolicy } from '@overture/domain-sync';
import type { StreamEvent, Transaction } from '@overture/event-store';
import type { SeenConnection, SeenConversation, SeenInvitation } from './reader.js';

export {
  LinkedInReader,
  type SeenConnection,
  type SeenConversation,
  type SeenInvitation,
  type SeenMessage,
  type SeenPage,
  type SeenProfile,
  type ThreadEntry,
} from './reader.js';

/** An identity as a sweep needs it. */
export interface SweptIdentity {
  readonly tenantId: string;
  readonly identityId: string;
  readonly provider: string;
  readonly accountRef: string;
  readonly login: 'valid' | 'expired';
  readonly generation: number;
  readonly pausedBecause: string | null;
  readonly ownNames: readonly string[];
  readonly connectionsReadAt: Instant | null;
  readonly conversationsReadAt: Instant | null;
  readonly loginCheck: boolean;
}

/** A conversation in which somebody wrote by hand below what we knew last. */
export interface DoubtfulConversation {
  readonly thread: string;
  /** Nothing older is worth a look. */
  readonly knownUntil: Instant;
}

/** A followed lead that was seen to accept or to reply. */
export interface LeadSighting {
  readonly leadId: string;
  readonly at: Instant;
  readonly messageId: string;
  readonly names: readonly string[];
}

export interface LeadRelation {
  readonly leadId: string;
  readonly relation: 'first_degree' | 'pending' | 'not_connected';
  /** An instant; empty when nobody ever wrote. */
  readonly lastMessageAt: string;
  readonly lastMessageFromLead: boolean;
  readonly answeredBefore: boolean;
  /** Empty: may be invited. */
  readonly reinviteLockedUntil: string;
  /** Every name under which the connection was seen. */
  readonly fingerprints: string[];
}

/** The rows of this service. Every method runs in the caller's transaction. */
export abstract class SightingRows {
  abstract saveConnections(
    tx: Transaction,
    of: IdentityKey,
    seen: readonly SeenConnection[],
  ): Promise<void>;
  abstract saveConversations(
    tx: Transaction,
    of: IdentityKey,
    seen: readonly SeenConversation[],
  ): Promise<void>;
  /** Followed leads among these names that connected after they were followed, not recorded yet. */
  abstract newlyConnected(
    tx: Transaction,
    of: IdentityKey,
    names: readonly string[],
  ): Promise<LeadSighting[]>;
  /** Followed leads among these names that wrote last, after they were followed, in a message not recorded yet. */
  abstract newlyReplied(
    tx: Transaction,
    of: IdentityKey,
    names: readonly string[],
  ): Promise<LeadSighting[]>;
  abstract markConnected(
    tx: Transaction,
    of: IdentityKey,
    sightings: readonly LeadSighting[],
  ): Promise<void>;
  abstract markReplied(
    tx: Transaction,
    of: IdentityKey,
    sightings: readonly LeadSighting[],
  ): Promise<void>;
  /** Of these, the conversations of followed leads in which the last message is ours, but not one of the product's. */
  abstract doubtful(
    tx: Transaction,
    of: IdentityKey,
    seen: readonly SeenConversation[],
  ): Promise<DoubtfulConversation[]>;
  abstract ownMessage(tx: Transaction, of: IdentityKey, messageId: string): Promise<void>;
  abstract relationsOf(
    tx: Transaction,
    of: IdentityKey,
    leads: readonly { leadId: string; names: readonly string[] }[],
  ): Promise<LeadRelation[]>;
  abstract leadState(tx: Transaction, of: IdentityKey, leadId: string): Promise<LeadState>;
  abstract follow(tx: Transaction, of: IdentityKey, lead: FollowedLead): Promise<void>;
  abstract learnNames(tx: Transaction, tenantId: string, lead: LeadNames): Promise<void>;
  /** Every keyed name a lead is known by; none of somebody nobody enrolled. */
  abstract namesOf(tx: Transaction, tenantId: string, leadId: string): Promise<string[]>;
}

export interface LeadNames {
  readonly leadId: string;
  readonly names: readonly string[];
}

export interface FollowedLead extends LeadNames {
  readonly since: Instant;
}

export interface LeadState {
  readonly connected: boolean;
  readonly replied: boolean;
  /** Empty while nobody wrote. */
  readonly thread: string;
}

/** The rows of identities. Every method runs in the caller's transaction. */
export abstract class IdentityRows {
  abstract add(tx: Transaction, identity: NewIdentity): Promise<void>;
  abstract find(tx: Transaction, of: IdentityKey): Promise<IdentityRow>;
  abstract page(
    tx: Transaction,
    tenantId: string,
    page: { after: string; limit: number },
  ): Promise<IdentityRow[]>;
  abstract byAccount(tx: Transaction, account: Account): Promise<IdentityKey | undefined>;
  /** Brings the row up to the identity's events. */
  abstract project(
    tx: Transaction,
    of: IdentityKey,
    events: readonly StreamEvent<IdentityEvent>[],
  ): Promise<void>;
  /** Takes identities whose sweep is due, across tenants; nobody else gets them until `heldUntil`. */
  abstract takeDue(tx: Transaction, now: Instant, heldUntil: Instant): Promise<SweptIdentity[]>;
  abstract nextSweepAt(tx: Transaction): Promise<Instant | undefined>;
  abstract update(tx: Transaction, of: IdentityKey, change: IdentityChange): Promise<void>;
}

export interface Account {
  readonly provider: string;
  readonly accountRef: string;
}

export interface NewIdentity extends IdentityKey, Account {
  readonly name: string;
  readonly timeZone: string;
  readonly tier: string;
  readonly at: Instant;
}

export interface IdentityRow extends SweptIdentity {
  readonly name: string;
  readonly timeZone: string;
  readonly tier: string;
  readonly version: number;
  readonly createdAt: Instant;
  /** Empty for an identity added before policies were: the careful default. */
  readonly policy: Partial<IdentityPolicy>;
  readonly allowances: Allowances;
}

/** The invitations of an identity. Every method runs in the caller's transaction. */
export abstract class InvitationRows {
  /** Takes a whole reading and answers with the followed leads whose invitation is gone for good. */
  abstract save(
    tx: Transaction,
    of: IdentityKey,
    reading: { readonly seen: readonly SeenInvitation[]; readonly at: Instant },
  ): Promise<LeadSighting[]>;
  /** Marks the open invitation to a lead as gone; answers when it was sent, if it was ever seen. */
  abstract close(
    tx: Transaction,
    of: IdentityKey & { readonly leadId: string },
    at: Instant,
  ): Promise<Instant | undefined>;
}

/** What a sweep leaves behind on the identity. */
export interface IdentityChange {
  readonly ownNames?: readonly string[];
  readonly connectionsReadAt?: Instant;
  readonly conversationsReadAt?: Instant;
  readonly nextSweepAt?: Instant;
  readonly loginCheck?: boolean;
}

export interface IdentityKey {
  readonly tenantId: string;
  readonly identityId: string;
}

import type { Allowances } from '@overture/domain-sync';
import type { Instant } from '@overture/kernel';
import type { SweptIdentity } from './ports.js';

/** A connection under the names it was seen by. */
export interface SeenConnection {
  readonly names: readonly string[];
  readonly connectedAt: Instant;
}

/** A conversation with one other person, and who wrote last. */
export interface SeenConversation {
  readonly names: readonly string[];
  readonly thread: string;
  readonly lastMessageId: string;
  readonly lastMessageAt: Instant;
  readonly lastFromLead: boolean;
  /** The newest message of the other person that was found; absent where nobody looked or nothing was there. */
  readonly leadMessage?: SeenMessage;
  /** How many messages the account ever got in it. */
  readonly received: number;
}

export interface SeenMessage {
  readonly messageId: string;
  readonly at: Instant;
}

/** A message of a conversation, and whose it is. */
export interface ThreadEntry extends SeenMessage {
  readonly fromLead: boolean;
}

/** An invitation that is open, under the names of the person invited. */
export interface SeenInvitation {
  readonly names: readonly string[];
  readonly invitationId: string;
  readonly sentAt: Instant;
}

/** A person as LinkedIn shows them, in clear: passed on to whoever asked, never kept here. Empty: not shown. */
export interface SeenProfile {
  readonly fullName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly headline: string;
  readonly jobTitle: string;
  readonly companyName: string;
  readonly location: string;
  readonly connectionDegree: string;
  readonly linkedinUrl: string;
  /** The id that no change of the address changes. */
  readonly memberId: string;
  /** Of every name; without any, of how the person is described, so that pages that overlap tell who is on both. */
  readonly fingerprints: readonly string[];
}

export interface SeenPage {
  readonly people: readonly SeenProfile[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** What LinkedIn shows of an account right now, under keyed names; pages come newest first. */
export abstract class LinkedInReader {
  abstract ownNames(identity: SweptIdentity): Promise<string[]>;
  abstract connections(identity: SweptIdentity): AsyncIterable<readonly SeenConnection[]>;
  abstract conversations(identity: SweptIdentity): AsyncIterable<readonly SeenConversation[]>;
  abstract messages(identity: SweptIdentity, thread: string): AsyncIterable<readonly ThreadEntry[]>;
  abstract invitations(identity: SweptIdentity): AsyncIterable<readonly SeenInvitation[]>;
  abstract allowances(identity: SweptIdentity): Promise<Omit<Allowances, 'pendingInvitations'>>;
  abstract searchPage(
    identity: SweptIdentity,
    wanted: { readonly searchUrl: string; readonly cursor: string },
  ): Promise<SeenPage>;
  abstract profile(identity: SweptIdentity, profileUrl: string): Promise<SeenProfile>;
  abstract loginIsValid(identity: SweptIdentity): Promise<boolean>;
  abstract loginLink(identity: SweptIdentity): Promise<string>;
}

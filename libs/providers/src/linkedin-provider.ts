import type { Instant } from '@overture/kernel';
import type { PersonIds, WriteOutcome } from './outcome.js';

/** The provider's own id of the LinkedIn account that acts (Edges: the identity's uuid). */
export interface AccountRequest {
  readonly accountRef: string;
  /** Hard bound on one HTTP call, on the monotonic clock; the adapter's default when absent. */
  readonly deadlineMs?: number;
}

export interface PersonRequest extends AccountRequest {
  /** Any form `parseProfileUrl` understands. */
  readonly profileUrl: string;
  /** Sent along and handed back by the provider, to recognise our own actions. */
  readonly attemptId?: string;
}

export interface ConnectRequest extends PersonRequest {
  readonly note?: string;
}

export interface MessageRequest extends PersonRequest {
  readonly text: string;
}

/** A message to somebody who need not be connected; it costs a credit. */
export interface InMailRequest extends MessageRequest {
  readonly subject: string;
}

export interface CommentRequest extends AccountRequest {
  /** Any form `parsePostUrl` understands. */
  readonly postUrl: string;
  readonly text: string;
  readonly attemptId?: string;
}

export interface WithdrawRequest extends AccountRequest {
  /** As found by `sentInvitations`. */
  readonly invitationUrn: string;
  readonly attemptId?: string;
}

export interface ThreadRequest extends AccountRequest {
  /** A thread's URL or its bare id. */
  readonly thread: string;
}

export interface Person {
  readonly ids: PersonIds;
  readonly profileUrl?: string;
  readonly fullName?: string;
}

export interface SentInvitation {
  readonly invitationId: string;
  readonly invitationUrn: string;
  readonly sentAt?: Instant;
  readonly person: Person;
}

export interface Connection {
  readonly connectedAt?: Instant;
  readonly person: Person;
}

export interface ThreadMessage {
  readonly messageId: string;
  readonly threadId: string;
  readonly text: string;
  readonly at?: Instant;
  /** Compare with `me`: in a thread we wrote in last, the last message is our own. */
  readonly sender: PersonIds;
}

export interface Conversation {
  readonly threadId: string;
  readonly threadUrl?: string;
  readonly participants: readonly Person[];
  readonly lastActivityAt?: Instant;
  readonly lastMessage?: ThreadMessage;
  /** How many messages the account ever got in it. */
  readonly received?: number;
  readonly sponsored: boolean;
}

export interface SearchRequest extends AccountRequest {
  /** Any form `parsePeopleSearchUrl` understands. */
  readonly searchUrl: string;
  /** Of the page before, which lives 24 hours; absent: from the beginning. */
  readonly cursor?: string;
}

/** What LinkedIn shows of a person, in a list or on their own page. */
export interface Profile extends Person {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly headline?: string;
  readonly jobTitle?: string;
  readonly companyName?: string;
  readonly location?: string;
  /** 1st, 2nd, 3rd, or what LinkedIn says instead. */
  readonly connectionDegree?: string;
}

/** One page of a search. Pages overlap: the same person may stand on two of them. */
export interface FoundPage {
  readonly people: readonly Profile[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface Me {
  readonly ids: PersonIds;
  readonly fullName?: string;
  readonly profileUrl?: string;
  readonly premium: boolean;
}

/** A comment somebody wrote under a post. */
export interface WrittenComment {
  readonly commentId: string;
  readonly text: string;
  readonly postUrl?: string;
  readonly at?: Instant;
}

/** What is left to an account of what LinkedIn rations; what is absent, the provider does not tell. */
export interface Allowances {
  readonly inmailCredits?: number;
  /** Personalised notes this month; a free account has few. */
  readonly notesLeft?: number;
}

export interface LoginLink {
  /** A secret of the person who logs in: show it to them, never log it. */
  readonly url: string;
}

export type AccountState = 'valid' | 'invalid' | 'pending' | 'limited' | 'restricted';

/**
 * LinkedIn behind one contract, whoever performs the action (F074).
 * Writes never throw for what the provider or the network does: the outcome says what is certain.
 * Reads throw ProviderRejection (a documented refusal) or TransientError (anything else).
 * Listings yield pages, newest first as the provider orders them, each item once; stop early with `break`.
 */
export abstract class LinkedInProvider {
  abstract visit(request: PersonRequest): Promise<WriteOutcome>;
  abstract connect(request: ConnectRequest): Promise<WriteOutcome>;
  abstract message(request: MessageRequest): Promise<WriteOutcome>;
  abstract inmail(request: InMailRequest): Promise<WriteOutcome>;
  abstract comment(request: CommentRequest): Promise<WriteOutcome>;
  abstract withdraw(request: WithdrawRequest): Promise<WriteOutcome>;

  abstract sentInvitations(request: AccountRequest): AsyncIterable<readonly SentInvitation[]>;
  abstract connections(request: AccountRequest): AsyncIterable<readonly Connection[]>;
  abstract conversations(request: AccountRequest): AsyncIterable<readonly Conversation[]>;
  abstract messages(request: ThreadRequest): AsyncIterable<readonly ThreadMessage[]>;
  /** What a person wrote under posts. */
  abstract comments(request: PersonRequest): AsyncIterable<readonly WrittenComment[]>;

  /** One page, because the caller keeps the cursor with what it made of the page. */
  abstract searchPeople(request: SearchRequest): Promise<FoundPage>;
  /** The profile as it stands now, under the names it has now. */
  abstract readProfile(request: PersonRequest): Promise<Profile>;

  abstract me(request: AccountRequest): Promise<Me>;
  /** Asked sparingly: providers want it so. */
  abstract allowances(request: AccountRequest): Promise<Allowances>;
  /** A fresh hosted login link; it lives 48 hours. */
  abstract loginLink(request: AccountRequest): Promise<LoginLink>;
  abstract accountState(request: AccountRequest): Promise<AccountState>;

  /** Ends idle connections; calls in flight are cut off. */
  abstract close(): Promise<void>;
}

import { secondMs } from '@overture/kernel';
import {
  LinkedInProvider,
  type AccountRequest,
  type AccountState,
  type Allowances,
  type CommentRequest,
  type ConnectRequest,
  type Connection,
  type Conversation,
  type FoundPage,
  type InMailRequest,
  type LoginLink,
  type Me,
  type MessageRequest,
  type PersonRequest,
  type Profile,
  type SearchRequest,
  type SentInvitation,
  type ThreadMessage,
  type ThreadRequest,
  type WithdrawRequest,
  type WrittenComment,
} from '../linkedin-provider.js';
import type { WriteOutcome } from '../outcome.js';
import { parseProfileUrl } from '../profile-url.js';
import { EdgesAccounts } from './accounts.js';
import { EdgesClient, type LiveRun } from './edges-client.js';
import { HttpDoor } from './http.js';
import { commentInput, customData } from './inputs.js';
import type { Json } from './json.js';
import { once } from './paging.js';
import { EdgesPeople } from './people.js';
import { commented, invited, messaged, visited, withdrawn, type ReadResult } from './results.js';
import {
  anyId,
  readComment,
  readConnection,
  readConversation,
  readMessage,
  readSentInvitation,
} from './rows.js';

export interface EdgesOptions {
  /** `https://api.edges.run/v1`, or wherever the simulator serves it. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Bound on one HTTP call when the request names none. */
  readonly deadlineMs?: number;
  readonly connectionsMax?: number;
  readonly responseBytesMax?: number;
}

const mebibyte = 1_048_576;

/** Edges over HTTP: live runs only, so that no action is left for Edges to finish later (I1). */
export class EdgesProvider extends LinkedInProvider {
  private readonly door: HttpDoor;
  private readonly client: EdgesClient;
  private readonly accounts: EdgesAccounts;
  private readonly people: EdgesPeople;
  private readonly deadlineMs: number;

  constructor(options: EdgesOptions) {
    super();
    this.deadlineMs = options.deadlineMs ?? 60 * secondMs;
    this.door = new HttpDoor({
      baseUrl: options.baseUrl,
      apiKey: options.apiKey,
      connectionsMax: options.connectionsMax ?? 32,
      responseBytesMax: options.responseBytesMax ?? 4 * mebibyte,
    });
    this.client = new EdgesClient(this.door);
    this.accounts = new EdgesAccounts(this.client);
    this.people = new EdgesPeople(this.client);
  }

  override visit(request: PersonRequest): Promise<WriteOutcome> {
    return this.writeTo(request, 'linkedin-visit-profile', visited);
  }

  override connect(request: ConnectRequest): Promise<WriteOutcome> {
    const parameters = request.note === undefined ? undefined : { message: request.note };
    return this.writeTo(request, 'linkedin-connect-profile', invited, parameters);
  }

  override message(request: MessageRequest): Promise<WriteOutcome> {
    const parameters = { message: request.text };
    return this.writeTo(request, 'linkedin-message-profile', messaged, parameters);
  }

  override inmail(request: InMailRequest): Promise<WriteOutcome> {
    const parameters = { subject: request.subject, message: request.text };
    return this.writeTo(request, 'linkedin-inmail-profile', messaged, parameters);
  }

  override async comment(request: CommentRequest): Promise<WriteOutcome> {
    const input = commentInput(request.postUrl);
    if (typeof input === 'string') {
      return { kind: 'rejected', label: 'INVALID_INPUT', detail: `Post URL: ${input}` };
    }
    const run = this.run('linkedin-comment-post', request, {
      ...input,
      ...customData(request.attemptId),
    });
    return this.client.write({ ...run, parameters: { comment: request.text } }, commented);
  }

  override withdraw(request: WithdrawRequest): Promise<WriteOutcome> {
    const input = {
      linkedin_invitation_urn: request.invitationUrn,
      ...customData(request.attemptId),
    };
    return this.client.write(this.run('linkedin-withdraw-invitation', request, input), withdrawn);
  }

  override sentInvitations(request: AccountRequest): AsyncIterable<readonly SentInvitation[]> {
    const pages = this.client.pages(this.run('linkedin-extract-sent-invitations', request));
    return once(pages, readSentInvitation, (invitation) => invitation.invitationUrn);
  }

  override connections(request: AccountRequest): AsyncIterable<readonly Connection[]> {
    const pages = this.client.pages(this.run('linkedin-extract-connections', request));
    return once(pages, readConnection, ({ person: { ids } }) => anyId(ids));
  }

  override conversations(request: AccountRequest): AsyncIterable<readonly Conversation[]> {
    const pages = this.client.pages(this.run('linkedin-extract-conversations', request));
    return once(pages, readConversation, (conversation) => conversation.threadId);
  }

  override messages(request: ThreadRequest): AsyncIterable<readonly ThreadMessage[]> {
    const input = { linkedin_thread_url: request.thread };
    const pages = this.client.pages(this.run('linkedin-extract-messages', request, input));
    return once(pages, readMessage, (message) => message.messageId);
  }

  override comments(request: PersonRequest): AsyncIterable<readonly WrittenComment[]> {
    const url = parseProfileUrl(request.profileUrl);
    const address = url.kind === 'refused' ? request.profileUrl : url.sendUrl;
    const run = this.run('linkedin-extract-people-comment-activity', request, {
      linkedin_profile_url: address,
    });
    return once(this.client.pages(run), readComment, (comment) => comment.commentId);
  }

  override searchPeople(request: SearchRequest): Promise<FoundPage> {
    return this.people.search(request, this.bounded(request));
  }

  override readProfile(request: PersonRequest): Promise<Profile> {
    return this.people.profile(request, this.bounded(request));
  }

  override me(request: AccountRequest): Promise<Me> {
    return this.accounts.me(this.bounded(request));
  }

  override allowances(request: AccountRequest): Promise<Allowances> {
    return this.accounts.allowances(this.bounded(request));
  }

  override loginLink(request: AccountRequest): Promise<LoginLink> {
    return this.accounts.loginLink(this.bounded(request));
  }

  override accountState(request: AccountRequest): Promise<AccountState> {
    return this.accounts.state(this.bounded(request));
  }

  override close(): Promise<void> {
    return this.door.close();
  }

  private async writeTo(
    request: PersonRequest,
    action: string,
    read: ReadResult,
    parameters?: Json,
  ): Promise<WriteOutcome> {
    const url = parseProfileUrl(request.profileUrl);
    if (url.kind === 'refused') {
      return { kind: 'rejected', label: 'INVALID_INPUT', detail: `Profile URL: ${url.message}` };
    }
    const input = { linkedin_profile_url: url.sendUrl, ...customData(request.attemptId) };
    const run = this.run(action, request, input);
    return this.client.write(parameters === undefined ? run : { ...run, parameters }, read);
  }

  private run(action: string, request: AccountRequest, input: Json = {}): LiveRun {
    return { action, input, ...this.bounded(request) };
  }

  private bounded({ accountRef, deadlineMs }: AccountRequest): Required<AccountRequest> {
    return { accountRef, deadlineMs: deadlineMs ?? this.deadlineMs };
  }
}

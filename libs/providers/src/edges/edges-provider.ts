import { TransientError, secondMs } from '@overture/kernel';
import {
  LinkedInProvider,
  type AccountRequest,
  type AccountState,
  type ConnectRequest,
  type Connection,
  type Conversation,
  type LoginLink,
  type Me,
  type MessageRequest,
  type Person,
  type PersonRequest,
  type SentInvitation,
  type ThreadMessage,
  type ThreadRequest,
  type WithdrawRequest,
} from '../linkedin-provider.js';
import type { WriteOutcome } from '../outcome.js';
import { parseProfileUrl } from '../profile-url.js';
import { readAccountState } from './account-state.js';
import { EdgesClient, type LiveRun } from './edges-client.js';
import { HttpDoor } from './http.js';
import { text, type Json } from './json.js';
import { once } from './paging.js';
import { invited, messaged, visited, withdrawn, type ReadResult } from './results.js';
import {
  readConnection,
  readConversation,
  readMe,
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
    return once(pages, readConnection, ({ person }) => anyIdOf(person));
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

  override async me(request: AccountRequest): Promise<Me> {
    const me = readMe(await this.client.one(this.run('linkedin-me', request)));
    if (me === undefined) throw new TransientError('linkedin-me: a result without any id');
    return me;
  }

  override async loginLink(request: AccountRequest): Promise<LoginLink> {
    const path = `${identityPath(request)}/generate-login-links`;
    const url = text((await this.client.object('POST', path, this.deadline(request)))['linkedin']);
    if (url === undefined)
      throw new TransientError('generate-login-links: a result without a link');
    return { url };
  }

  override async accountState(request: AccountRequest): Promise<AccountState> {
    const path = `${identityPath(request)}/integrations/linkedin`;
    return readAccountState(await this.client.object('GET', path, this.deadline(request)));
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
    return { action, accountRef: request.accountRef, input, deadlineMs: this.deadline(request) };
  }

  private deadline(request: AccountRequest): number {
    return request.deadlineMs ?? this.deadlineMs;
  }
}

function customData(attemptId: string | undefined): Json {
  return attemptId === undefined ? {} : { custom_data: { attempt_id: attemptId } };
}

function identityPath({ accountRef }: AccountRequest): string {
  return `/identities/${encodeURIComponent(accountRef)}`;
}

function anyIdOf({ ids }: Person): string | undefined {
  return ids.numericId ?? ids.memberId ?? ids.handle;
}

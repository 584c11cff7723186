import {
  LinkedInProvider,
  type AccountState,
  type Allowances,
  type CommentRequest,
  type Connection,
  type Conversation,
  type FoundPage,
  type InMailRequest,
  type LoginLink,
  type Me,
  type Profile,
  type SentInvitation,
  type ThreadMessage,
  type WithdrawRequest,
  type WriteOutcome,
  type WrittenComment,
} from '@overture/providers';

type Call = { readonly does: string } & Record<string, unknown>;

/** An account as lists; remembers what was asked of it. */
export class ListedProvider extends LinkedInProvider {
  readonly calls: Call[] = [];
  outcome: WriteOutcome = { kind: 'accepted', person: {} };
  invited: SentInvitation[] = [];
  connected: Connection[] = [];
  talks: Conversation[] = [];
  written: ThreadMessage[] = [];
  commented: WrittenComment[] = [];

  override visit = (request: object) => this.did('visit', request);
  override connect = (request: object) => this.did('connect', request);
  override message = (request: object) => this.did('message', request);
  override inmail = (request: InMailRequest) => this.did('inmail', request);
  override comment = (request: CommentRequest) => this.did('comment', request);
  override withdraw = (request: WithdrawRequest) => this.did('withdraw', request);

  override sentInvitations = () => page(this.invited);
  override connections = () => page(this.connected);
  override conversations = () => page(this.talks);
  override messages = () => page(this.written);
  override comments = () => page(this.commented);

  override async searchPeople(): Promise<FoundPage> {
    return { people: [] };
  }

  override async readProfile(): Promise<Profile> {
    return { ids: {} };
  }

  override async me(): Promise<Me> {
    return { ids: {}, premium: false, profileUrl: 'https://www.linkedin.com/in/me' };
  }

  override async allowances(): Promise<Allowances> {
    return {};
  }

  override async loginLink(): Promise<LoginLink> {
    return { url: '' };
  }

  override async accountState(): Promise<AccountState> {
    return 'valid';
  }

  override async close(): Promise<void> {
    this.calls.length = 0;
  }

  private async did(does: string, request: object): Promise<WriteOutcome> {
    this.calls.push({ does, ...request });
    return this.outcome;
  }
}

async function* page<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield items;
}

import type { Clock } from '@overture/kernel';
import {
  personNames,
  type Allowances,
  type Conversation,
  type LinkedInProvider,
  type Person,
  type PersonIds,
  type PersonName,
  type Profile,
} from '@overture/providers';
import { fingerprints } from '@overture/service-kit';
import {
  LinkedInReader,
  type SeenConnection,
  type SeenConversation,
  type SeenInvitation,
  type SeenPage,
  type SeenProfile,
  type SweptIdentity,
  type ThreadEntry,
} from '../app/ports.js';

interface ReaderOptions {
  readonly provider: LinkedInProvider;
  readonly clock: Pick<Clock, 'now'>;
  readonly fingerprintKey: string;
}

/** Reads an account through its provider; names leave this file as keyed fingerprints only. */
export class ProviderReader extends LinkedInReader {
  constructor(private readonly options: ReaderOptions) {
    super();
  }

  async ownNames(identity: SweptIdentity): Promise<string[]> {
    const me = await this.options.provider.me(identity);
    return this.names(identity, me);
  }

  async *connections(identity: SweptIdentity): AsyncGenerator<SeenConnection[]> {
    for await (const page of this.options.provider.connections(identity)) {
      yield page.map(({ person, connectedAt }) => ({
        names: this.names(identity, person),
        connectedAt: connectedAt ?? this.options.clock.now(),
      }));
    }
  }

  async *conversations(identity: SweptIdentity): AsyncGenerator<SeenConversation[]> {
    const isOwn = this.isOwn(identity);
    for await (const page of this.options.provider.conversations(identity)) {
      yield page.flatMap((conversation) => {
        const others = conversation.participants.filter(({ ids }) => !isOwn(ids));
        const [other] = others;
        // Groups and advertisements are nobody's answer to us.
        if (conversation.sponsored || !other || others.length > 1) return [];
        return seenConversation(conversation, { names: this.names(identity, other), isOwn });
      });
    }
  }

  async *messages(identity: SweptIdentity, thread: string): AsyncGenerator<ThreadEntry[]> {
    const isOwn = this.isOwn(identity);
    for await (const page of this.options.provider.messages({ ...identity, thread })) {
      yield page.flatMap(({ messageId, at, sender }) =>
        at ? [{ messageId, at, fromLead: !isOwn(sender) }] : [],
      );
    }
  }

  async *invitations(identity: SweptIdentity): AsyncGenerator<SeenInvitation[]> {
    for await (const page of this.options.provider.sentInvitations(identity)) {
      yield page.map(({ invitationId, sentAt, person }) => ({
        names: this.names(identity, person),
        invitationId,
        sentAt: sentAt ?? this.options.clock.now(),
      }));
    }
  }

  async searchPage(
    { tenantId, accountRef }: SweptIdentity,
    { searchUrl, cursor }: { searchUrl: string; cursor: string },
  ): Promise<SeenPage> {
    const page = { accountRef, searchUrl, ...(cursor && { cursor }) };
    const { people, nextCursor = '' } = await this.options.provider.searchPeople(page);
    return { people: people.map((each) => this.seen(tenantId, each)), nextCursor };
  }

  async profile({ tenantId, accountRef }: SweptIdentity, profileUrl: string): Promise<SeenProfile> {
    return this.seen(tenantId, await this.options.provider.readProfile({ accountRef, profileUrl }));
  }

  allowances(identity: SweptIdentity): Promise<Allowances> {
    return this.options.provider.allowances(identity);
  }

  async loginIsValid(identity: SweptIdentity): Promise<boolean> {
    const state = await this.options.provider.accountState(identity);
    return state === 'valid' || state === 'limited';
  }

  async loginLink(identity: SweptIdentity): Promise<string> {
    return (await this.options.provider.loginLink(identity)).url;
  }

  private isOwn(identity: SweptIdentity): (ids: PersonIds) => boolean {
    const own = new Set(identity.ownNames);
    return (ids) => this.names(identity, { ids }).some((name) => own.has(name));
  }

  private seen(tenantId: string, { ids, profileUrl = '', ...shown }: Profile): SeenProfile {
    const named = { ids, ...(profileUrl && { profileUrl }) };
    const names = personNames(named);
    const keyed = names.length > 0 ? names : [descriptionOf(shown)];
    const { fingerprintKey } = this.options;
    return {
      ...nothingShown,
      ...shown,
      linkedinUrl: profileUrl,
      memberId: ids.memberId ?? '',
      fingerprints: fingerprints(fingerprintKey, tenantId, keyed),
    };
  }

  private names({ tenantId }: SweptIdentity, person: Pick<Person, 'ids' | 'profileUrl'>): string[] {
    return fingerprints(this.options.fingerprintKey, tenantId, personNames(person));
  }
}

// A slash cannot occur in a handle, so this is nobody's name.
function descriptionOf({
  fullName = '',
  headline = '',
  location = '',
}: Partial<Profile>): PersonName {
  return { kind: 'handle', value: `/${fullName}/${headline}/${location}` };
}

const nothingShown = {
  fullName: '',
  firstName: '',
  lastName: '',
  headline: '',
  jobTitle: '',
  companyName: '',
  location: '',
  connectionDegree: '',
};

function seenConversation(
  { threadId, threadUrl, lastMessage, received = 0 }: Conversation,
  { names, isOwn }: { names: readonly string[]; isOwn: (ids: PersonIds) => boolean },
): SeenConversation[] {
  if (!lastMessage?.at) return [];
  const { messageId, at, sender } = lastMessage;
  const seen = {
    names,
    thread: threadUrl ?? threadId,
    lastMessageId: messageId,
    lastMessageAt: at,
  };
  if (isOwn(sender)) return [{ ...seen, lastFromLead: false, received }];
  const leadMessage = { messageId, at };
  return [{ ...seen, lastFromLead: true, received: Math.max(1, received), leadMessage }];
}

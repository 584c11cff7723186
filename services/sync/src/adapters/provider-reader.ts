import type { Clock } from '@overture/kernel';
import {
  personNames,
  type LinkedInProvider,
  type Person,
  type PersonIds,
} from '@overture/providers';
import { fingerprints } from '@overture/service-kit';
import {
  LinkedInReader,
  type SeenConnection,
  type SeenConversation,
  type SweptIdentity,
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
    const own = new Set(identity.ownNames);
    const isOwn = (ids: PersonIds): boolean =>
      this.names(identity, { ids }).some((name) => own.has(name));
    for await (const page of this.options.provider.conversations(identity)) {
      yield page.flatMap(({ threadId, threadUrl, participants, lastMessage, sponsored }) => {
        const others = participants.filter(({ ids }) => !isOwn(ids));
        const [other] = others;
        // Groups and advertisements are nobody's answer to us.
        if (sponsored || !other || others.length > 1 || !lastMessage?.at) return [];
        return {
          names: this.names(identity, other),
          thread: threadUrl ?? threadId,
          lastMessageId: lastMessage.messageId,
          lastMessageAt: lastMessage.at,
          lastFromLead: !isOwn(lastMessage.sender),
        };
      });
    }
  }

  async loginIsValid(identity: SweptIdentity): Promise<boolean> {
    const state = await this.options.provider.accountState(identity);
    return state === 'valid' || state === 'limited';
  }

  async loginLink(identity: SweptIdentity): Promise<string> {
    return (await this.options.provider.loginLink(identity)).url;
  }

  private names({ tenantId }: SweptIdentity, person: Pick<Person, 'ids' | 'profileUrl'>): string[] {
    return fingerprints(this.options.fingerprintKey, tenantId, personNames(person));
  }
}

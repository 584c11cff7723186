import { randomUUID } from 'node:crypto';
import { Database, type RecordedEvent } from '@overture/event-store';
import { instant, plus, TransientError, type Instant } from '@overture/kernel';
import { ProviderRejection } from '@overture/providers';
import { standaloneVirtualClock, type VirtualClock } from '@overture/service-kit';
import { afterTests, freshDatabase } from '@overture/testing';
import { SqlIdentityRows } from '../src/adapters/sql-identity-rows.js';
import { SqlInvitationRows } from '../src/adapters/sql-invitation-rows.js';
import { SqlReadRows } from '../src/adapters/sql-read-rows.js';
import { SqlSightingRows } from '../src/adapters/sql-sighting-rows.js';
import { followLead } from '../src/app/follow-leads.js';
import { addIdentity } from '../src/app/manage-identities.js';
import type { Allowances } from '@overture/domain-sync';
import type { RelationsWanted } from '../src/app/check-relations.js';
import {
  LinkedInReader,
  type SeenConnection,
  type SeenConversation,
  type SeenInvitation,
  type SeenPage,
  type SeenProfile,
  type ThreadEntry,
} from '../src/app/ports.js';
import { sweepDue } from '../src/app/sweep-due.js';
import type { SyncDeps } from '../src/app/sync-deps.js';

export const start = instant('2026-03-02T09:00:00.000Z');
export const tenantId = randomUUID();

const nobody: SeenProfile = {
  fullName: '',
  firstName: '',
  lastName: '',
  headline: '',
  jobTitle: '',
  companyName: '',
  location: '',
  connectionDegree: '',
  linkedinUrl: '',
  memberId: '',
  fingerprints: [],
};

/** LinkedIn as lists, newest first, in pages of two. */
export class ListedLinkedIn extends LinkedInReader {
  connected: SeenConnection[] = [];
  talks: SeenConversation[] = [];
  /** Newest first, by thread. */
  readonly threads = new Map<string, ThreadEntry[]>();
  invited: SeenInvitation[] = [];
  left: Allowances = {};
  valid = true;
  away = false;
  /** The cursors of the pages of searches that were asked for. */
  readonly searched: string[] = [];
  /** The profiles that were asked for. */
  readonly opened: string[] = [];
  /** What goes wrong when somebody is looked up. */
  failure: Error | undefined;
  pagesRead = 0;
  threadsRead = 0;

  async ownNames(): Promise<string[]> {
    return ['me'];
  }

  async *connections(): AsyncGenerator<SeenConnection[]> {
    yield* this.pages(this.connected);
  }

  async *conversations(): AsyncGenerator<SeenConversation[]> {
    yield* this.pages(this.talks);
  }

  async *messages(_: unknown, thread: string): AsyncGenerator<ThreadEntry[]> {
    this.threadsRead++;
    yield* this.pages(this.threads.get(thread) ?? []);
  }

  async *invitations(): AsyncGenerator<SeenInvitation[]> {
    yield* this.pages(this.invited);
  }

  async allowances(): Promise<Allowances> {
    return this.left;
  }

  async searchPage(_: unknown, { cursor }: { cursor: string }): Promise<SeenPage> {
    this.searched.push(cursor);
    if (this.failure !== undefined) throw this.failure;
    return { people: [], nextCursor: `after-${cursor}` };
  }

  async profile(_: unknown, profileUrl: string): Promise<SeenProfile> {
    this.opened.push(profileUrl);
    if (this.failure !== undefined) throw this.failure;
    return { ...nobody, linkedinUrl: profileUrl };
  }

  async loginIsValid(): Promise<boolean> {
    if (this.away) throw new TransientError('away');
    return this.valid;
  }

  async loginLink(): Promise<string> {
    return 'https://login.example/';
  }

  private *pages<T>(items: readonly T[]): Generator<T[]> {
    if (this.away) throw new TransientError('away');
    if (!this.valid) throw new ProviderRejection({ label: 'AUTH_EXPIRED', detail: 'expired' });
    for (let index = 0; index === 0 || index < items.length; index += 2) {
      this.pagesRead++;
      yield items.slice(index, index + 2);
    }
  }
}

// Every world has them.
const unsaid: ReadonlySet<string> = new Set(['IdentityAdded', 'AllowancesSeen']);

export interface World {
  readonly deps: SyncDeps;
  readonly clock: VirtualClock;
  readonly linkedIn: ListedLinkedIn;
  readonly identityId: string;
  follow(leadId: string, name?: string): Promise<void>;
  sweep(): Promise<Instant | undefined>;
  pass(ms: number): void;
  /** Types of all facts stated so far, in order. */
  facts(): Promise<string[]>;
  /** Who caused each event, where it is known. */
  actors(): Promise<string[]>;
}

export async function world(): Promise<World> {
  const { services } = await freshDatabase(['sync']);
  const clock = standaloneVirtualClock(start);
  const url = services['sync']!.databaseUrl;
  const database = new Database({ url, schema: 'sync', applicationName: 'test', clock });
  afterTests(() => database.close());
  const linkedIn = new ListedLinkedIn();
  const deps: SyncDeps = {
    database,
    clock,
    identities: new SqlIdentityRows(),
    sightings: new SqlSightingRows(),
    invitations: new SqlInvitationRows(),
    reads: new SqlReadRows(),
    reader: linkedIn,
  };
  const account = {
    name: 'Maya',
    provider: 'edges',
    accountRef: 'a-1',
    timeZone: 'Europe/Kyiv',
    tier: 'classic',
  };
  const { identityId } = await addIdentity(deps, { ...account, tenantId }, {});
  return {
    deps,
    clock,
    linkedIn,
    identityId,
    follow: (leadId, name = leadId) =>
      database.tenant(tenantId, (tx) =>
        followLead(deps, tx, { tenantId, identityId, leadId, names: [name], since: clock.now() }),
      ),
    sweep: () => sweepDue(deps),
    pass: (ms) => clock.set({ mode: 'virtual', now: plus(clock.now(), ms) }),
    facts: async () => {
      const { rows } = await database.worker((tx) =>
        tx.query<RecordedEvent>('select type from events order by position'),
      );
      return rows.map(({ type }) => type).filter((type) => !unsaid.has(type));
    },
    actors: async () => {
      const { rows } = await database.worker((tx) =>
        tx.query<{ actor: string }>(
          "select meta ->> 'actor' as actor from events where meta ? 'actor' order by position",
        ),
      );
      return rows.map(({ actor }) => actor);
    },
  };
}

export function talk(
  name: string,
  at: Instant,
  { fromLead = true, id = `${name}-${at}` } = {},
): SeenConversation {
  return {
    names: [name],
    thread: `t-${name}`,
    lastMessageId: id,
    lastMessageAt: at,
    lastFromLead: fromLead,
    received: fromLead ? 1 : 0,
    ...(fromLead && { leadMessage: { messageId: id, at } }),
  };
}

export function wanted(leads: RelationsWanted['leads']): RelationsWanted {
  return { leads, assumeConnected: false };
}

import { Database } from '@overture/event-store';
import { instant, plus, type Instant } from '@overture/kernel';
import { standaloneVirtualClock, type VirtualClock } from '@overture/service-kit';
import { freshDatabase, withClient, type TestDatabase } from '@overture/testing';
import type { AttemptEvent, AttemptRef } from '@overture/domain-sender';
import { pino } from 'pino';
import { OwnerPresence } from '../src/adapters/owner-presence.js';
import { SqlAttemptRows } from '../src/adapters/sql-attempt-rows.js';
import { SqlJobRows } from '../src/adapters/sql-job-rows.js';
import { attemptStream } from '../src/app/decide-attempt.js';
import {
  Authorisation,
  ConversationSync,
  LinkedInHand,
  type AuthorisedAction,
  type CallResult,
  type CallTrace,
  type ConversationLook,
  type LookBack,
  type ProviderCall,
} from '../src/app/ports.js';
import { reserveAttempt } from '../src/app/reserve-attempt.js';
import type { SenderDeps } from '../src/app/sender-deps.js';
import { putBack, takeDue, workOn } from '../src/app/work-attempts.js';
import { tenantId } from './claims.js';

export const start = instant('2026-03-02T09:00:00.000Z');
export const accepted: CallResult = {
  kind: 'accepted',
  fingerprints: [],
  providerMessageId: 'm-1',
  providerThreadId: 't-1',
  alreadyConnected: false,
  alreadyPending: false,
};

/** LinkedIn as a list: what was truly done, and what the next calls answer. */
export class ScriptedLinkedIn extends LinkedInHand {
  readonly effects: string[] = [];
  /** Whether the n-th call has its effect, and what it answers; the last one repeats. */
  calls: { effect: boolean; answer: CallResult | 'dies' }[] = [{ effect: true, answer: accepted }];
  looks: LookBack[] = [];

  async perform({ attempt }: ProviderCall): Promise<CallResult> {
    const call = this.calls.length > 1 ? this.calls.shift() : this.calls[0];
    if (call?.effect) this.effects.push(attempt.actionId);
    if (call?.answer === 'dies') return new Promise(() => undefined);
    return call?.answer ?? accepted;
  }

  async lookBack(): Promise<LookBack> {
    const found = this.effects.length > 0 ? { kind: 'found' as const, effectAt: start } : undefined;
    return this.looks.shift() ?? found ?? { kind: 'not_found' };
  }

  traceOf(): CallTrace {
    return { person: 'p', textSha256: 'h', thread: '' };
  }
}

export class ScriptedSync extends ConversationSync {
  look: Partial<ConversationLook> = {};

  constructor(private readonly clock: VirtualClock) {
    super();
  }

  async beforeSend(): Promise<ConversationLook> {
    return {
      provider: 'edges',
      syncedAt: this.clock.now(),
      relation: 'first_degree',
      replied: false,
      accountRef: 'a-1',
      ready: true,
      notReadyCause: '',
      threadUrl: '',
      ...this.look,
    };
  }
}

export class ScriptedCampaign extends Authorisation {
  intend: () => Promise<AuthorisedAction> = async () => ({
    text: 'Hello',
    profileUrl: 'https://x/in/y',
    subject: '',
    postUrl: '',
    fingerprints: [],
  });
}

/** One sender process on a real database. */
export class Sender {
  readonly linkedIn: ScriptedLinkedIn;
  readonly sync: ScriptedSync;
  readonly campaign = new ScriptedCampaign();
  readonly presence: OwnerPresence;
  readonly deps: SenderDeps;

  constructor(
    readonly database: Database,
    readonly clock: VirtualClock,
    linkedIn = new ScriptedLinkedIn(),
  ) {
    this.linkedIn = linkedIn;
    this.sync = new ScriptedSync(clock);
    this.presence = new OwnerPresence(database, pino({ level: 'silent' }));
    this.deps = {
      database,
      clock,
      attempts: new SqlAttemptRows(this.presence),
      jobs: new SqlJobRows(this.presence),
      sync: this.sync,
      campaign: this.campaign,
      linkedIn,
    };
  }

  reserve(attempt: AttemptRef): Promise<void> {
    return this.database.tenant(tenantId, (tx) =>
      reserveAttempt(this.deps, tx, { tenantId, attempt, meta: {} }),
    );
  }

  /** Takes what is due and works on it, as the loop does. */
  async work(): Promise<number> {
    const { taken } = await takeDue(this.deps, 10);
    for (const held of taken) await workOn(this.deps, held).catch(() => putBack(this.deps, held));
    return taken.length;
  }

  /** Works until nothing is due, letting time pass to whatever is due next. */
  async workUntilDone(): Promise<void> {
    for (let step = 0; step < 50; step++) {
      const { taken, nextDueAt } = await takeDue(this.deps, 10);
      for (const held of taken) await workOn(this.deps, held);
      if (taken.length > 0) continue;
      if (nextDueAt === undefined) return;
      this.clock.set({ mode: 'virtual', now: nextDueAt });
    }
    throw new Error('The attempts never came to an end.');
  }

  async events(attempt: AttemptRef): Promise<readonly AttemptEvent[]> {
    const { events } = await this.database.tenant(tenantId, (tx) =>
      tx.read<AttemptEvent>(tenantId, attemptStream(attempt.actionId)),
    );
    return events;
  }

  async types(attempt: AttemptRef): Promise<string[]> {
    return (await this.events(attempt)).map(({ type }) => type.replace('Attempt', ''));
  }
}

export interface World {
  readonly test: TestDatabase;
  sender(linkedIn?: ScriptedLinkedIn): Sender;
  pass(ms: number): void;
  now(): Instant;
  /** As if the holds of dead processes had run out. */
  endHolds(): Promise<void>;
}

export async function world(): Promise<World & { close(): Promise<void> }> {
  const test = await freshDatabase(['sender']);
  const clock = standaloneVirtualClock(start);
  const open: Database[] = [];
  const url = test.services['sender']!.databaseUrl;
  return {
    test,
    sender: (linkedIn) => {
      const database = new Database({
        url,
        schema: 'sender',
        applicationName: 'test',
        clock,
        max: 4,
      });
      open.push(database);
      return new Sender(database, clock, linkedIn);
    },
    now: () => clock.now(),
    pass: (ms) => clock.set({ mode: 'virtual', now: plus(clock.now(), ms) as Instant }),
    endHolds: () =>
      withClient(test.adminUrl, async (client) => {
        await client.query('update sender.attempts set held_until = null');
      }),
    close: async () => {
      await Promise.all(open.map((database) => database.close()));
    },
  };
}

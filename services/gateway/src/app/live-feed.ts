import { setTimeout as sleep } from 'node:timers/promises';

export interface FeedEvent {
  readonly eventId: string;
}

export interface FeedPage<Event extends FeedEvent> {
  readonly events: readonly Event[];
  /** Where the next page begins; empty: as before. */
  readonly nextCursor: string;
}

/** One event, and what to come back with after it. */
export interface FedEvent<Event extends FeedEvent> {
  readonly event: Event;
  readonly resumeFrom: string;
}

type ReadPage<Event extends FeedEvent> = (
  tenantId: string,
  cursor: string,
) => Promise<FeedPage<Event>>;
type Listener<Event extends FeedEvent> = (fed: FedEvent<Event>) => void;

/** The cursor after everything there is. */
export const latest = 'latest';

/** New events of a workspace to everybody who watches it: one reading per workspace, however many watch. */
export class LiveFeed<Event extends FeedEvent> {
  private readonly watched = new Map<string, Watched<Event>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly read: ReadPage<Event>,
    private readonly everyMs: number,
  ) {}

  /** Hears everything from now on; the result ends it. */
  watch(tenantId: string, listener: Listener<Event>): () => void {
    const known = this.watched.get(tenantId);
    const watched = known ?? { listeners: new Set(), place: { cursor: latest, lastSeen: '' } };
    watched.listeners.add(listener);
    if (known === undefined) {
      this.watched.set(tenantId, watched);
      void this.follow(tenantId, watched);
    }
    return () => void watched.listeners.delete(listener);
  }

  /** Where a watched workspace stands, for who comes back before anything has happened. */
  position(tenantId: string): string {
    const { cursor = latest, lastSeen = '' } = this.watched.get(tenantId)?.place ?? {};
    return `${cursor}~${lastSeen}`;
  }

  /** What came after a place named by `resumeFrom`, up to now; throws when it names none. */
  async *since(tenantId: string, resumeFrom: string): AsyncGenerator<FedEvent<Event>> {
    const [, cursor, lastSeen] = /^([^~]+)~([^~]*)$/.exec(resumeFrom) ?? [];
    if (cursor === undefined || lastSeen === undefined || cursor === latest) {
      throw new Error('This is no place in the events.');
    }
    const place = { cursor, lastSeen };
    for (;;) {
      const { events, last } = await this.next(tenantId, place);
      yield* events;
      if (last) return;
    }
  }

  close(): void {
    this.closing.abort();
  }

  private async follow(tenantId: string, { listeners, place }: Watched<Event>): Promise<void> {
    while (listeners.size > 0 && !this.closing.signal.aborted) {
      // A service that does not answer now is asked again; watchers see the gap as a pause.
      const { events, last } = await this.next(tenantId, place).catch(() => nothing);
      for (const fed of events) listeners.forEach((listener) => listener(fed));
      if (last) await this.pause();
    }
    this.watched.delete(tenantId);
  }

  private async next(tenantId: string, place: Place): Promise<Reading<Event>> {
    const { cursor, lastSeen } = place;
    const { events, nextCursor } = await this.read(tenantId, cursor);
    const from = events.findIndex(({ eventId }) => eventId === lastSeen) + 1;
    const end = events.at(-1);
    if (nextCursor !== '') Object.assign(place, { cursor: nextCursor, lastSeen: '' });
    else if (end !== undefined) place.lastSeen = end.eventId;
    return {
      events: events
        .slice(from)
        .map((event) => ({ event, resumeFrom: `${cursor}~${event.eventId}` })),
      last: events.length === 0 || (nextCursor === '' && from === events.length),
    };
  }

  private pause(): Promise<void> {
    return sleep(this.everyMs, undefined, { signal: this.closing.signal }).catch(() => undefined);
  }
}

interface Watched<Event extends FeedEvent> {
  readonly listeners: Set<Listener<Event>>;
  readonly place: Place;
}

interface Reading<Event extends FeedEvent> {
  readonly events: readonly FedEvent<Event>[];
  /** Nothing more to read for now. */
  readonly last: boolean;
}

const nothing = { events: [], last: true };

interface Place {
  cursor: string;
  lastSeen: string;
}

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
  private readonly watched = new Map<string, Set<Listener<Event>>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly read: ReadPage<Event>,
    private readonly everyMs: number,
  ) {}

  /** Hears everything from now on; the result ends it. */
  watch(tenantId: string, listener: Listener<Event>): () => void {
    const listeners = this.watched.get(tenantId) ?? new Set();
    listeners.add(listener);
    if (!this.watched.has(tenantId)) {
      this.watched.set(tenantId, listeners);
      void this.follow(tenantId, listeners);
    }
    return () => void listeners.delete(listener);
  }

  /** What came after a place named by `resumeFrom`, up to now. */
  async *since(tenantId: string, resumeFrom: string): AsyncGenerator<FedEvent<Event>> {
    const end = resumeFrom.lastIndexOf('~');
    const page = { cursor: resumeFrom.slice(0, end), lastSeen: resumeFrom.slice(end + 1) };
    for (;;) {
      const { events, last } = await this.next(tenantId, page);
      yield* events;
      if (last) return;
    }
  }

  close(): void {
    this.closing.abort();
  }

  private async follow(tenantId: string, listeners: Set<Listener<Event>>): Promise<void> {
    const page: Place = { cursor: latest, lastSeen: '' };
    while (listeners.size > 0 && !this.closing.signal.aborted) {
      // A service that does not answer now is asked again; watchers see the gap as a pause.
      const { events, last } = await this.next(tenantId, page).catch(() => nothing);
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

import type { MessageEvent } from '@nestjs/common';
import type { FedEvent, FeedEvent, LiveFeed } from '../../app/live-feed.js';
import type { JsonObject } from '../http/public-json.js';

interface LiveViewOptions<Event extends FeedEvent> {
  readonly feed: LiveFeed<Event>;
  readonly tenantId: string;
  /** The Last-Event-ID of a watcher who comes back; empty: from now on. */
  readonly resumeFrom: string;
  readonly send: (message: MessageEvent) => void;
  readonly describe: (fed: FedEvent<Event>) => MessageEvent;
  readonly stats: (() => Promise<JsonObject>) | undefined;
}

const heartbeatMs = 15_000;
// Counts of a busy campaign are read at most this often.
const statsEveryMs = 1_000;

/** What one watcher sees: what was missed, then what happens, each event once. */
export class LiveView<Event extends FeedEvent> {
  private readonly held: FedEvent<Event>[] = [];
  private readonly sent = new Set<string>();
  private readonly heartbeat: NodeJS.Timeout;
  private readonly unwatch: () => void;
  private statsTimer: NodeJS.Timeout | undefined;
  private lastId: string;
  private caughtUp = false;

  constructor(private readonly options: LiveViewOptions<Event>) {
    // Listening begins before the past is read, so that nothing falls between.
    this.unwatch = options.feed.watch(options.tenantId, (fed) => this.hear(fed));
    this.lastId = options.resumeFrom;
    // The first one opens the stream: the answer's headers leave with the first message.
    this.send('heartbeat', {});
    this.heartbeat = setInterval(() => this.send('heartbeat', {}), heartbeatMs);
    this.statsSoon(0);
    void this.catchUp();
  }

  close(): void {
    this.unwatch();
    clearInterval(this.heartbeat);
    clearTimeout(this.statsTimer);
  }

  private hear(fed: FedEvent<Event>): void {
    if (!this.caughtUp) this.held.push(fed);
    else this.show(fed);
  }

  private async catchUp(): Promise<void> {
    const { feed, tenantId, resumeFrom } = this.options;
    try {
      if (resumeFrom !== '') {
        for await (const fed of feed.since(tenantId, resumeFrom)) {
          this.sent.add(fed.event.eventId);
          this.show(fed);
        }
      }
    } catch {
      // What was missed cannot be told: the watcher reads again what it shows.
      this.lastId = '';
      this.send('reset', {});
    }
    this.caughtUp = true;
    this.held.filter(({ event }) => !this.sent.has(event.eventId)).forEach((fed) => this.show(fed));
    this.held.length = 0;
    this.sent.clear();
  }

  private show(fed: FedEvent<Event>): void {
    this.lastId = fed.resumeFrom;
    this.options.send(this.options.describe(fed));
    this.statsSoon(statsEveryMs);
  }

  // Whatever is sent names the last place: a watcher comes back with the id it heard last.
  private send(type: string, data: JsonObject): void {
    const { feed, tenantId, send } = this.options;
    send({ id: this.lastId || feed.position(tenantId), type, data });
  }

  private statsSoon(afterMs: number): void {
    const { stats } = this.options;
    if (stats === undefined || this.statsTimer !== undefined) return;
    this.statsTimer = setTimeout(() => {
      this.statsTimer = undefined;
      stats().then(
        (data) => this.send('stats', data),
        // The next event asks again.
        () => undefined,
      );
    }, afterMs);
  }
}

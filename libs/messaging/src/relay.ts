import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { PostgresEventStore, type BucketName, type Database } from '@overture/event-store';
import type { Activity } from './activity.js';
import { BucketReader, movesOf, type Page } from './bucket-reader.js';
import { counters } from './counters.js';
import { CursorMoves } from './cursor-moves.js';
import type { OutgoingEvent, PublishMap } from './envelope.js';
import type { Fence } from './progress.js';
import type { Publisher } from './publisher.js';
import { RelayBacklog } from './relay-backlog.js';
import type { RelayCursors } from './relay-cursors.js';
import type { RelayWatch } from './relay-watch.js';
import { Signal } from './signal.js';
import { inSpan, SpanKind } from './tracing.js';

export interface RelayOptions {
  readonly service: string;
  readonly database: Database;
  readonly publish: PublishMap;
  readonly publisher: Publisher;
  readonly cursors: RelayCursors;
  readonly watch: RelayWatch;
  readonly activity: Activity;
  /** The lease on a bucket, while it is ours. */
  readonly fenceOf: (bucket: BucketName) => Fence | undefined;
  readonly pollMs: number;
}

const bucketsAtOnce = 32;
const eventsAtOnce = 1_000;
const batchesInFlightMax = 3;
const retryMs = 500;
// To read, publish and move the cursor costs the same for one event as for fifty.
const gatherMs = 5;

/** Publishes every stored event of this replica's buckets, in bucket order, at least once. (P3, P12) */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly reader: BucketReader;
  private readonly backlog: RelayBacklog;
  private readonly moves: CursorMoves;
  private readonly signal = new Signal();
  private inFlight: readonly Promise<void>[] = [];
  private unsubscribe: (() => void) | undefined;
  private loop: Promise<void> | undefined;
  private running = false;
  private resting = true;
  private begunAt = Number.NEGATIVE_INFINITY;
  // Grows when what is in flight has become void; its cursors then stay where they are.
  private generation = 0;

  constructor(private readonly options: RelayOptions) {
    this.reader = new BucketReader({ ...options, store: new PostgresEventStore(options.database) });
    this.backlog = new RelayBacklog((bucket) => options.fenceOf(bucket) !== undefined);
    this.moves = new CursorMoves(
      (moves, created) => options.cursors.move(moves, created),
      (error) => this.publishAgain(error),
    );
    options.activity.addBacklog(
      () => this.backlog.amount + this.inFlight.length + (this.resting ? 0 : 1),
    );
  }

  start(): void {
    this.running = true;
    const { notifier } = this.options.database;
    // Whose lease we hold is published here and nowhere else: a replica that takes it over looks for itself.
    this.unsubscribe = notifier.subscribe((bucket) => this.wake([bucket]));
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.unsubscribe?.();
    this.signal.ring();
    await this.loop;
    await this.settled();
  }

  /** These buckets have grown; none named: any may have. Says whether one of those named is ours. */
  wake(buckets: readonly BucketName[]): boolean {
    if (buckets.length === 0) this.backlog.wakeAll();
    const own = buckets.filter((bucket) => this.backlog.wake(bucket));
    if (own.length > 0 || buckets.length === 0) this.signal.ring();
    return own.length > 0;
  }

  /** Begins again from the cursors: NATS was away, or buckets have changed hands. */
  restart(): void {
    this.options.watch.request();
    this.startOver();
    this.signal.ring();
  }

  /** Resolves when nothing published waits for its cursor. */
  async settled(): Promise<void> {
    await Promise.all(this.inFlight);
    await this.moves.settled();
  }

  private async run(): Promise<void> {
    this.resting = false;
    let lookedAt = Number.NEGATIVE_INFINITY;
    while (this.running) {
      try {
        await this.verify();
        if (this.backlog.needsLook || performance.now() - lookedAt >= this.options.pollMs) {
          await this.look();
          lookedAt = performance.now();
        }
        if (this.backlog.isEmpty) await this.rest(this.options.pollMs);
        else await this.publishNext();
      } catch (error) {
        this.logger.warn(`Publishing waits: ${String(error)}`);
        this.startOver();
        await this.signal.wait(retryMs);
      }
    }
    this.resting = true;
  }

  private async rest(longestMs: number): Promise<void> {
    this.resting = true;
    await this.signal.wait(longestMs);
    this.resting = false;
  }

  private async verify(): Promise<void> {
    const { watch, activity } = this.options;
    if (!watch.isDue) return;
    await this.settled();
    if (await watch.isWhole(this.options.fenceOf)) return;
    activity.forgetPublished();
    this.startOver();
  }

  private async look(): Promise<void> {
    this.backlog.looking();
    this.backlog.looked(await this.options.cursors.behind());
  }

  private async publishNext(): Promise<void> {
    const waitMs = this.begunAt + gatherMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    this.begunAt = performance.now();
    await this.publishSome();
  }

  private async publishSome(): Promise<void> {
    const buckets = this.backlog.take(bucketsAtOnce);
    const limit = Math.ceil(eventsAtOnce / Math.max(1, buckets.length));
    const generation = this.generation;
    const read = await Promise.all(buckets.map((bucket) => this.reader.read(bucket, limit)));
    const pages = read.filter((page) => page !== undefined);
    if (pages.length === 0 || generation !== this.generation) return;
    for (const { bucket, events } of pages) if (events.length === limit) this.backlog.wake(bucket);
    const sent = this.send(pages, generation).finally(() => {
      this.inFlight = this.inFlight.filter((each) => each !== sent);
    });
    this.inFlight = [...this.inFlight, sent];
    if (this.inFlight.length >= batchesInFlightMax) await this.inFlight[0];
  }

  private async send(pages: readonly Page[], generation: number): Promise<void> {
    const { publisher, watch, activity } = this.options;
    const created = watch.streamCreated;
    const earlier = this.inFlight.at(-1);
    const events = pages.flatMap((page) => page.events);
    try {
      const sequences = await inPublishSpan(events, () => publisher.publish(events));
      events.forEach(({ partition }, index) =>
        activity.publishedUpTo(partition, sequences[index] ?? 0),
      );
      await earlier;
      if (generation !== this.generation) return;
      this.moves.add(movesOf(pages, sequences), created);
      counters.published.add(events.length);
    } catch (error) {
      if (generation === this.generation) this.publishAgain(error);
    }
  }

  private publishAgain(error: unknown): void {
    this.logger.warn(`A batch is published again: ${String(error)}`);
    this.options.watch.request();
    this.startOver();
    this.signal.ring();
  }

  private startOver(): void {
    this.generation++;
    this.moves.forget();
    this.backlog.forget();
  }
}

// A batch mixes many traces; the span stands in the first of them. Consumers follow each event's own.
function inPublishSpan<T>(events: readonly OutgoingEvent[], work: () => Promise<T>): Promise<T> {
  const attributes = {
    'messaging.system': 'nats',
    'messaging.operation': 'publish',
    'messaging.batch.message_count': events.length,
  };
  const parent = events[0]?.headers['traceparent'];
  return inSpan('publish events', { kind: SpanKind.PRODUCER, parent, attributes }, work);
}

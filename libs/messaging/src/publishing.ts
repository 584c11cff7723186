import { AppendListener } from '@overture/event-store';
import type { PublishMap } from './envelope.js';
import type { PartitionWork } from './ownership.js';
import { Publisher } from './publisher.js';
import { Relay } from './relay.js';
import { RelayCursors } from './relay-cursors.js';
import { RelayWatch } from './relay-watch.js';
import type { MessagingParts } from './messaging-parts.js';

/** A service's facts on their way out. */
export class Publishing implements PartitionWork {
  private readonly publisher: Publisher;
  private readonly relay: Relay;
  private readonly listener: AppendListener;
  private started = false;

  constructor(parts: MessagingParts, publish: PublishMap) {
    const { service, database, nats, activity, ownership, topology, tuning, inboxPrefix } = parts;
    const cursors = new RelayCursors(database);
    this.publisher = new Publisher(nats, inboxPrefix);
    this.relay = new Relay({
      service,
      database,
      publish,
      cursors,
      activity,
      publisher: this.publisher,
      watch: new RelayWatch(topology, cursors, tuning.verifyMs),
      fenceOf: (bucket) => ownership.fenceOfBucket(bucket),
      pollMs: tuning.pollMs,
    });
    // The relay knows of this process's own appends already, so the database's word matters among replicas only.
    this.listener = new AppendListener(database, (buckets) => {
      if (!ownership.isSole) this.relay.wake(buckets);
    });
  }

  adopt(): void {
    if (this.started) {
      this.relay.wake([]);
      return;
    }
    this.started = true;
    this.relay.start();
    this.listener.start();
  }

  async drop(): Promise<void> {
    await this.relay.settled();
  }

  async stop(): Promise<void> {
    await this.listener.stop();
    if (this.started) await this.relay.stop();
    this.publisher.close();
  }

  reconnected(): void {
    this.relay.restart();
  }
}

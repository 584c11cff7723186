import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from './database.js';
import type { BucketName } from './events.js';
import { appendChannel, bucketsNamed } from './notifier.js';

const reconnectMs = 1_000;

/** Called after appends; an empty list means that any bucket may have grown. */
export type Wake = (buckets: readonly BucketName[]) => void;

/** Listens for appends by any process and reconnects by itself. A wake-up may be lost: poll as well. */
export class AppendListener {
  private readonly stopped = new AbortController();
  private client: pg.Client | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly wake: Wake,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.client?.end().catch(() => undefined);
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      await this.listen().catch(() => undefined);
      await sleep(reconnectMs, undefined, { signal: this.stopped.signal }).catch(() => undefined);
    }
  }

  /** Resolves when the connection is gone. */
  private async listen(): Promise<void> {
    const client = this.database.dedicatedClient();
    this.client = client;
    const gone = new Promise<void>((resolve) => {
      client.on('error', () => resolve()).on('end', () => resolve());
    });
    client.on('notification', ({ payload }) => this.wake(bucketsNamed(payload ?? '')));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(appendChannel(this.database.schema))}`);
      // Whatever was appended while nobody listened.
      this.wake([]);
      if (!this.stopped.signal.aborted) await gone;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

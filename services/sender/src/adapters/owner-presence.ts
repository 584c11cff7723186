import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { Database, Transaction } from '@overture/event-store';
import type { Logger } from 'pino';

const reconnectMs = 500;

/**
 * Shows other senders that this process lives, by an advisory lock of its own session, so that a dead owner's work is
 * taken up at once instead of when its hold runs out. A short cut only: every write is fenced by the owner epoch.
 */
export class OwnerPresence {
  /** Names this process among the owners. */
  readonly id = randomInt(2 ** 47);
  private client: pg.Client | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    const client = this.database.dedicatedClient();
    this.client = client;
    client.on('error', (error) => this.logger.warn({ err: error }, 'the presence session broke'));
    client.on('end', () => this.restartLater());
    try {
      await client.connect();
      await client.query('select pg_advisory_lock($1)', [this.id]);
    } catch (error) {
      this.logger.warn({ err: error }, 'no presence session yet');
      await client.end().catch(() => undefined);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.client?.end().catch(() => undefined);
  }

  /** Owners among these whose session is gone. */
  async gone(tx: Transaction, owners: readonly number[]): Promise<number[]> {
    const others = owners.filter((owner) => owner !== this.id);
    if (others.length === 0) return [];
    const { rows } = await tx.query<{ owner: number }>(
      'select owner from unnest($1::bigint[]) owner where pg_try_advisory_xact_lock(owner)',
      [others],
    );
    return rows.map(({ owner }) => owner);
  }

  private restartLater(): void {
    if (this.stopped) return;
    setTimeout(() => void (this.stopped ? undefined : this.start()), reconnectMs).unref();
  }
}

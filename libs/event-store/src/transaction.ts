import type pg from 'pg';
import type { Instant } from '@overture/kernel';
import {
  appendStatement,
  appendedRows,
  type AppendRow,
  type EncodedAppend,
} from './append-statement.js';
import { eventColumns, fromRow, type EventRow } from './codec.js';
import type { Database } from './database.js';
import { classified, codeOf, ConflictError } from './errors.js';
import type { AppendRequest, DomainEvent, NewEvent, StreamEvent, StreamRead } from './events.js';

/**
 * One database transaction. Appends are buffered and written once, right before the commit, so that every
 * transaction takes its locks in one order: its own rows, then streams, then bucket heads.
 */
export class Transaction {
  private readonly buffered = new Map<string, BufferedAppend>();
  private readonly hooks: (() => void)[] = [];
  private readonly lastSteps: (() => Promise<void>)[] = [];
  private state: 'open' | 'ending' | 'committed' | 'over' = 'open';
  private firstAppendAt: Instant | undefined;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly database: Pick<Database, 'clock' | 'codec' | 'notifier'>,
    private readonly tenantId: string | undefined,
  ) {}

  /** Runs a statement with this transaction's role and tenant. */
  async query<Row extends pg.QueryResultRow = pg.QueryResultRow>(
    statement: string | { name: string; text: string },
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    this.mustBeOpen();
    const config = typeof statement === 'string' ? { text: statement } : statement;
    try {
      return await this.client.query<Row>({ ...config, values: [...values] });
    } catch (error) {
      throw classified(error);
    }
  }

  /** A whole stream, with what this transaction has appended to it so far. */
  async read<E extends DomainEvent>(
    tenantId: string,
    streamId: string,
  ): Promise<StreamRead<StreamEvent<E>>> {
    const [stream] = await this.readMany<E>(tenantId, [streamId]);
    return stream as StreamRead<StreamEvent<E>>;
  }

  /** The same for many streams with one statement; the answers come in the order asked. */
  async readMany<E extends DomainEvent>(
    tenantId: string,
    streamIds: readonly string[],
  ): Promise<StreamRead<StreamEvent<E>>[]> {
    const { rows } = await this.query<EventRow>(readStreams, [tenantId, [...new Set(streamIds)]]);
    const stored = new Map<string, StreamEvent[]>();
    for (const row of rows) {
      const events = stored.get(row.stream_id) ?? [];
      if (events.push(this.database.codec.decode(fromRow(row))) === 1)
        stored.set(row.stream_id, events);
    }
    return streamIds.map((streamId) => {
      const own = this.buffered.get(key(tenantId, streamId))?.events ?? [];
      // What another writer has added since is for the flush to find, not for this transaction to mix in.
      const before = own[0] === undefined ? undefined : own[0].version - 1;
      const events = [...(stored.get(streamId) ?? []).slice(0, before), ...own];
      return { events: events as StreamEvent<E>[], version: events.length };
    });
  }

  /** Buffers events. A conflict with another writer shows at the end and undoes the whole transaction. */
  async append(
    tenantId: string,
    streamId: string,
    events: readonly NewEvent[],
    expectedVersion: number,
  ): Promise<StreamEvent[]> {
    this.mustBeOpen();
    if (this.tenantId !== undefined && this.tenantId !== tenantId) {
      throw new Error('A transaction of one tenant appends to streams of that tenant only.');
    }
    const request = { tenantId, streamId, events, expectedVersion };
    const encoded = this.database.codec.encode(request, this.recordedAt());
    this.buffer(request, encoded);
    return encoded;
  }

  /** Runs `step` when all other work is done, right before the commit: for effects that are cheaper done together. */
  beforeCommit(step: () => Promise<void>): void {
    this.lastSteps.push(step);
  }

  /** Runs `hook` once the transaction has committed; never when it has not. */
  afterCommit(hook: () => void): void {
    this.hooks.push(hook);
  }

  /** For Database alone: writes what is buffered and commits. */
  async commit(): Promise<void> {
    for (const step of this.lastSteps) await step();
    this.state = 'ending';
    await this.flush();
    const { command } = await this.client.query('commit');
    // PostgreSQL answers ROLLBACK, without an error, when a statement failed and its error was swallowed.
    if (command !== 'COMMIT') throw new Error('A failed statement was ignored: nothing was kept.');
    this.state = 'committed';
  }

  /** For Database alone: closes the transaction and runs the hooks of a committed one. */
  settle(): void {
    const committed = this.state === 'committed';
    this.state = 'over';
    // What is committed stays so: a hook that throws is a bug of its own and must not look like a rollback.
    if (committed) this.hooks.forEach((hook) => queueMicrotask(hook));
  }

  // Work that nobody awaited would be lost without a sound.
  private mustBeOpen(): void {
    if (this.state !== 'open') throw new Error('This transaction is over: await all its work.');
  }

  // What commits together is recorded at one moment.
  private recordedAt(): Instant {
    this.firstAppendAt ??= this.database.clock.now();
    return this.firstAppendAt;
  }

  private buffer(request: AppendRequest, encoded: StreamEvent[]): void {
    if (encoded.length === 0) return;
    const { tenantId, streamId, expectedVersion } = request;
    const before = this.buffered.get(key(tenantId, streamId));
    if (before === undefined) {
      const append = { ...request, recordedAt: this.recordedAt(), events: [...encoded] };
      this.buffered.set(key(tenantId, streamId), append);
      return;
    }
    const version = before.expectedVersion + before.events.length;
    if (version !== expectedVersion) {
      throw ConflictError.versions(streamId, { expectedVersion, version });
    }
    for (const event of encoded) before.events.push(event);
  }

  private async flush(): Promise<void> {
    if (this.buffered.size === 0) return;
    const appends = [...this.buffered.values()];
    const rows = await this.write(appends);
    appends.forEach(({ streamId, expectedVersion }, index) => {
      const row = rows[index];
      if (row?.appended === true) return;
      const version = row?.version ?? 0;
      throw ConflictError.versions(streamId, { expectedVersion, version });
    });
    this.afterCommit(() => this.database.notifier.appended(appends, rows));
  }

  private async write(appends: BufferedAppend[]): Promise<AppendRow[]> {
    try {
      const statement = appendStatement(appends);
      return appendedRows(await this.client.query(statement));
    } catch (error) {
      if (codeOf(error) !== '23505') throw error;
      const streams = appends.map(({ streamId }) => streamId).join(', ');
      throw new ConflictError(streams, 'An event with this id is already recorded.', {
        cause: error,
      });
    }
  }
}

interface BufferedAppend extends EncodedAppend {
  readonly events: StreamEvent[];
}

const key = (tenantId: string, streamId: string) => `${tenantId}\n${streamId}`;

const readStreams = {
  name: 'overture-read-streams',
  text: `select ${eventColumns} from events
    where tenant_id = $1 and stream_id = any ($2) order by stream_id, version`,
};

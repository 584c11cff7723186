import {
  appendStatement,
  appendedRows,
  type AppendRow,
  type EncodedAppend,
} from './append-statement.js';
import { eventColumns, fromRow, type EventRow } from './codec.js';
import type { Database } from './database.js';
import { classified, codeOf, ConflictError } from './errors.js';
import { EventStore } from './event-store.js';
import type {
  AppendRequest,
  AppendResult,
  BucketName,
  DomainEvent,
  RecordedEvent,
  StreamEvent,
  StreamName,
} from './events.js';
import { GroupAppend } from './group-append.js';

/** The store in PostgreSQL. Its statements name their tenant themselves and run as the worker role. */
export class PostgresEventStore extends EventStore {
  private readonly group = new GroupAppend((requests) => this.write(requests));

  constructor(private readonly database: Database) {
    super();
  }

  /** Joins the statement of whoever else appends at this moment. */
  async append(request: AppendRequest): Promise<AppendResult> {
    const { tenantId, streamId, expectedVersion } = request;
    const recordedAt = this.database.clock.now();
    const events = this.database.codec.encode(request, recordedAt);
    if (events.length === 0) return { outcome: 'appended', version: expectedVersion, events: [] };
    const row = await this.group.append({
      tenantId,
      streamId,
      expectedVersion,
      recordedAt,
      events,
    });
    return row.appended
      ? { outcome: 'appended', version: row.version, events: placed(events, row) }
      : { outcome: 'conflict', expectedVersion, version: row.version };
  }

  appendAll(requests: readonly AppendRequest[]): Promise<AppendResult[]> {
    return Promise.all(requests.map((request) => this.append(request)));
  }

  readPage<E extends DomainEvent>(
    { tenantId, streamId }: StreamName,
    fromVersion: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]> {
    return this.select<E>(readStreamPage, [tenantId, streamId, fromVersion, limit]);
  }

  readBucket<E extends DomainEvent>(
    { tenantId, bucket }: BucketName,
    afterPosition: number,
    limit: number,
  ): Promise<RecordedEvent<E>[]> {
    return this.select<E>(readBucketPage, [tenantId, bucket, afterPosition, limit]);
  }

  private async select<E extends DomainEvent>(
    statement: { name: string; text: string },
    values: unknown[],
  ): Promise<RecordedEvent<E>[]> {
    try {
      const { rows } = await this.database.statements.query<EventRow>({ ...statement, values });
      return rows.map((row) => this.database.codec.decode(fromRow(row))) as RecordedEvent<E>[];
    } catch (error) {
      throw classified(error);
    }
  }

  private async write(requests: EncodedAppend[]): Promise<AppendRow[]> {
    try {
      const rows = appendedRows(await this.database.statements.query(appendStatement(requests)));
      this.database.notifier.appended(requests, rows);
      return rows;
    } catch (error) {
      throw codeOf(error) === '23505' ? taken(requests, error) : classified(error);
    }
  }
}

function taken(requests: EncodedAppend[], cause: unknown): Error {
  if (requests.length > 1) return cause as Error;
  const streamId = requests[0]?.streamId ?? '';
  return new ConflictError(streamId, 'An event with this id is already recorded.', { cause });
}

function placed(events: readonly StreamEvent[], row: AppendRow): RecordedEvent[] {
  const first = row.first_position ?? 0;
  const bucket = row.bucket ?? 0;
  return events.map((event, index) => Object.assign(event, { bucket, position: first + index }));
}

const readStreamPage = {
  name: 'overture-read-stream-page',
  text: `select ${eventColumns} from events
    where tenant_id = $1 and stream_id = $2 and version >= $3 order by version limit $4`,
};

const readBucketPage = {
  name: 'overture-read-bucket-page',
  text: `select ${eventColumns} from events
    where tenant_id = $1 and bucket = $2 and position > $3 order by position limit $4`,
};

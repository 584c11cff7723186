import { randomUUID } from 'node:crypto';
import type { Database, Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import type { Envelope } from './envelope.js';
import { LostRaceError, Progress, type StreamState } from './progress.js';

export interface DeadLetterRow {
  readonly dead_letter_id: string;
  readonly context: string;
  readonly stream_id: string;
  readonly version: number;
  readonly event_type: string;
  readonly error: string;
  readonly tries: number;
  readonly first_failed_at: Instant;
  readonly last_failed_at: Instant;
  readonly status: 'parked' | 'released';
}

export interface FinalFailure {
  readonly envelope: Envelope;
  readonly error: unknown;
  readonly tries: number;
  readonly firstFailedAt: Instant;
}

const stackCharactersMax = 4_000;
const errorCharactersMax = 1_000;

/** Events that no try could handle, and the streams that wait for their release. */
export class DeadLetters {
  constructor(
    private readonly consumer: string,
    private readonly database: Database,
  ) {}

  /** Writes the dead letter and parks its stream, and nothing else. */
  async park({ envelope, error, tries, firstFailedAt }: FinalFailure): Promise<void> {
    const { tenantId, streamId, version, context, eventId, type } = envelope;
    const now = this.database.clock.now();
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    await this.database.tenant(tenantId, (tx) =>
      tx.query(park, [
        tenantId,
        randomUUID(),
        this.consumer,
        context,
        streamId,
        version,
        eventId,
        type,
        String(error).slice(0, errorCharactersMax),
        stack.slice(0, stackCharactersMax),
        tries,
        firstFailedAt,
        now,
      ]),
    );
  }

  /** Later events of parked streams are left to the release, which must know how far it has to go. */
  async rememberSeen(
    tx: Transaction,
    tenantId: string,
    seen: readonly { streamId: string; version: number }[],
  ): Promise<void> {
    if (seen.length === 0) return;
    const { rowCount } = await tx.query(rememberSeen, [
      tenantId,
      this.consumer,
      seen.map(({ streamId }) => streamId),
      seen.map(({ version }) => version),
    ]);
    if (rowCount !== seen.length) throw new LostRaceError('a stream was released');
  }

  async list(tenantId: string, limit: number, after: string): Promise<DeadLetterRow[]> {
    const values = [tenantId, this.consumer, after, limit];
    const { rows } = await this.database.tenant(tenantId, (tx) =>
      tx.query<DeadLetterRow>(list, values),
    );
    return rows;
  }

  async find(tenantId: string, deadLetterId: string): Promise<DeadLetterRow | undefined> {
    const { rows } = await this.database.tenant(tenantId, (tx) =>
      tx.query<DeadLetterRow>(find, [tenantId, deadLetterId]),
    );
    return rows[0];
  }

  /** Lets the stream go, unless events arrived that the release has not handled yet. */
  async unpark(tenantId: string, { stream_id }: DeadLetterRow): Promise<boolean> {
    const values = [tenantId, this.consumer, stream_id];
    const { rowCount } = await this.database.tenant(tenantId, (tx) => tx.query(unpark, values));
    return rowCount === 1;
  }

  /** How far the stream is handled, and whether it still waits. */
  async stateOf(tenantId: string, { stream_id: streamId }: DeadLetterRow): Promise<StreamState> {
    const progress = new Progress(this.consumer);
    const states = await this.database.tenant(tenantId, (tx) =>
      progress.read(tx, tenantId, [streamId]),
    );
    return states.get(streamId) ?? { version: 0, parked: false };
  }
}

const park = {
  name: 'overture-dead-letter-park',
  text: `with letter as (
      insert into dead_letters as d (tenant_id, dead_letter_id, consumer, context, stream_id, version,
        event_id, event_type, error, stack, tries, first_failed_at, last_failed_at, status)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'parked')
      on conflict (tenant_id, consumer, stream_id, version) do update
        set error = excluded.error, stack = excluded.stack, tries = d.tries + excluded.tries,
          last_failed_at = excluded.last_failed_at, status = 'parked'
      returning dead_letter_id
    )
    insert into parked_streams as k (tenant_id, consumer, stream_id, dead_letter_id, parked_at, seen_version)
    select $1, $3, $5, dead_letter_id, $13, $6 from letter
    on conflict (tenant_id, consumer, stream_id) do update
      set dead_letter_id = excluded.dead_letter_id,
        seen_version = greatest(k.seen_version, excluded.seen_version)`,
};

const rememberSeen = {
  name: 'overture-parked-seen',
  text: `update parked_streams k set seen_version = greatest(k.seen_version, s.version)
    from unnest($3::text[], $4::integer[]) as s (stream_id, version)
    where k.tenant_id = $1 and k.consumer = $2 and k.stream_id = s.stream_id`,
};

const list = {
  name: 'overture-dead-letter-list',
  text: `select dead_letter_id, context, stream_id, version, event_type, error, tries,
      first_failed_at, last_failed_at, status
    from dead_letters
    where tenant_id = $1 and consumer = $2 and dead_letter_id > $3
    order by dead_letter_id limit $4`,
};

const find = {
  name: 'overture-dead-letter-find',
  text: `select dead_letter_id, context, stream_id, version, event_type, error, tries,
      first_failed_at, last_failed_at, status
    from dead_letters where tenant_id = $1 and dead_letter_id = $2`,
};

const unpark = {
  name: 'overture-dead-letter-unpark',
  text: `with gone as (
      delete from parked_streams k using progress p
      where k.tenant_id = $1 and k.consumer = $2 and k.stream_id = $3
        and p.tenant_id = $1 and p.consumer = $2 and p.stream_id = $3
        and p.version >= k.seen_version
      returning k.dead_letter_id
    )
    update dead_letters d set status = 'released' from gone g
    where d.tenant_id = $1 and d.dead_letter_id = g.dead_letter_id`,
};

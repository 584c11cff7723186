import type { Transaction } from '@overture/event-store';
import { TransientError } from '@overture/kernel';

/** The lease a consumer works under; a release works without. */
export interface Fence {
  readonly owner: string;
  readonly key: string;
  readonly epoch: number;
}

export interface StreamState {
  readonly version: number;
  readonly parked: boolean;
}

export interface Move {
  readonly streamId: string;
  readonly from: number;
  readonly to: number;
  readonly fence: Fence | undefined;
}

/** Somebody else handled the same events, or took over the partition. Nothing was written. */
export class LostRaceError extends TransientError {
  constructor(what: string) {
    super(`Somebody else was faster: ${what}.`);
    this.name = 'LostRaceError';
  }
}

/** One row per stream: how far this consumer has handled it. Written with the effect, never after it. */
export class Progress {
  constructor(private readonly consumer: string) {}

  async read(
    tx: Transaction,
    tenantId: string,
    streamIds: readonly string[],
  ): Promise<Map<string, StreamState>> {
    const { rows } = await tx.query<StreamState & { stream_id: string }>(read, [
      tenantId,
      this.consumer,
      streamIds,
    ]);
    return new Map(rows.map(({ stream_id, version, parked }) => [stream_id, { version, parked }]));
  }

  /**
   * Moves the streams that stand right before their move and are not parked, and says which: what arrives in order is
   * looked up and moved at once.
   */
  async follow(tx: Transaction, tenantId: string, moves: readonly Move[]): Promise<Set<string>> {
    if (moves.length === 0) return new Set();
    const { rows } = await tx.query<{ stream_id: string }>(
      follow,
      valuesOf(tenantId, this.consumer, moves),
    );
    return new Set(rows.map((row) => row.stream_id));
  }

  /** Moves all or fails: each from the version that was read, and only while its lease is still the caller's. */
  async advance(tx: Transaction, tenantId: string, moves: readonly Move[]): Promise<void> {
    if (moves.length === 0) return;
    const { rowCount } = await tx.query(advance, valuesOf(tenantId, this.consumer, moves));
    if (rowCount === moves.length) return;
    throw new LostRaceError(
      `${moves.length - (rowCount ?? 0)} of ${moves.length} streams did not move`,
    );
  }
}

function valuesOf(tenantId: string, consumer: string, moves: readonly Move[]): unknown[] {
  return [
    tenantId,
    consumer,
    moves.map(({ streamId }) => streamId),
    moves.map(({ from }) => from),
    moves.map(({ to }) => to),
    moves.map(({ fence }) => fence?.key ?? null),
    moves.map(({ fence }) => fence?.epoch ?? null),
    moves.map(({ fence }) => fence?.owner ?? null),
  ];
}

// The statements find rows by key, one by one. A join would be planned once, while the table is small, as a scan of
// all of it, and stay so until the statistics catch up.
const read = {
  name: 'overture-progress-read',
  text: `select a.stream_id,
      coalesce((select p.version from progress p
        where p.tenant_id = $1 and p.consumer = $2 and p.stream_id = a.stream_id), 0) as version,
      exists (select from parked_streams k
        where k.tenant_id = $1 and k.consumer = $2 and k.stream_id = a.stream_id) as parked
    from unnest($3::text[]) as a (stream_id)`,
};

const moved = `insert into progress as p (tenant_id, consumer, stream_id, version, step)
    select $1, $2, m.stream_id, m.after, m.after - m.before
    from unnest($3::text[], $4::integer[], $5::integer[], $6::text[], $7::bigint[], $8::text[])
      as m (stream_id, before, after, lease, epoch, owner)
    where (m.lease is null or exists (
      select from leases l where l.name = m.lease and l.epoch = m.epoch and l.owner = m.owner))`;

const unlessOvertaken = `order by m.stream_id
    on conflict (tenant_id, consumer, stream_id) do update
      set version = excluded.version, step = excluded.step
      where p.version = excluded.version - excluded.step`;

const advance = { name: 'overture-progress-advance', text: `${moved} ${unlessOvertaken}` };

// A stream of which nothing is known yet stands at 0. Scalar subqueries again: `exists` could be planned as a join.
const follow = {
  name: 'overture-progress-follow',
  text: `${moved}
      and m.before = coalesce((select k.version from progress k
        where k.tenant_id = $1 and k.consumer = $2 and k.stream_id = m.stream_id), 0)
      and (select true from parked_streams k
        where k.tenant_id = $1 and k.consumer = $2 and k.stream_id = m.stream_id) is null
    ${unlessOvertaken}
    returning p.stream_id`,
};

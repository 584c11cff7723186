import type { BucketName, Database } from '@overture/event-store';
import type { Fence } from './progress.js';
import type { StreamMark } from './topology.js';

export interface CursorMove extends BucketName {
  readonly before: number;
  readonly after: number;
  /** How far into the event stream it went, and which event went that far. */
  readonly sequence: number;
  readonly eventId: string;
  readonly fence: Fence;
}

export interface CursorRow {
  readonly tenant_id: string;
  readonly bucket: number;
  readonly position: number;
}

/** How far each bucket is published. All statements name their tenants and run across them. */
export class RelayCursors {
  constructor(private readonly database: Database) {}

  /** Every bucket that has events behind its cursor. */
  async behind(): Promise<CursorRow[]> {
    const { rows } = await this.database.statements.query<CursorRow>({ ...behind, values: [] });
    return rows;
  }

  /** Moves each cursor that stands where the caller left it, under a lease that still holds; says how many. */
  async move(moves: readonly CursorMove[], streamCreated: string): Promise<number> {
    const values = [
      moves.map(({ tenantId }) => tenantId),
      moves.map(({ bucket }) => bucket),
      moves.map(({ before }) => before),
      moves.map(({ after }) => after),
      moves.map(({ sequence }) => sequence),
      moves.map(({ eventId }) => eventId),
      ...fences(moves),
      streamCreated,
    ];
    const { rowCount } = await this.database.statements.query({ ...move, values });
    return rowCount ?? 0;
  }

  /** Buckets of which the event stream has less than was published: it began anew, or lost its end. */
  async lost({ created, lastSequence }: StreamMark): Promise<CursorRow[]> {
    const values = [created, lastSequence];
    const { rows } = await this.database.statements.query<CursorRow>({ ...lost, values });
    return rows;
  }

  /** The event that was stored last, by our books. */
  async lastStored(created: string): Promise<{ sequence: number; eventId: string } | undefined> {
    const { rows } = await this.database.statements.query<{ sequence: number; eventId: string }>({
      ...lastStored,
      values: [created],
    });
    return rows[0];
  }

  /** Publishes these buckets from their beginning again; consumers drop what they have handled. */
  async rewind(rows: readonly (CursorRow & { fence: Fence })[]): Promise<number> {
    const values = [
      rows.map(({ tenant_id }) => tenant_id),
      rows.map(({ bucket }) => bucket),
      rows.map(({ position }) => position),
      ...fences(rows),
    ];
    const { rowCount } = await this.database.statements.query({ ...rewind, values });
    return rowCount ?? 0;
  }
}

function fences(rows: readonly { fence: Fence }[]): unknown[] {
  return [
    rows.map(({ fence }) => fence.key),
    rows.map(({ fence }) => fence.epoch),
    rows.map(({ fence }) => fence.owner),
  ];
}

const behind = {
  name: 'overture-relay-behind',
  text: `with behind as (
      select h.tenant_id, h.bucket, c.position
      from bucket_head h left join relay_cursors c using (tenant_id, bucket)
      where h.head > coalesce(c.position, 0)
    ), born as (
      insert into relay_cursors (tenant_id, bucket)
      select tenant_id, bucket from behind where position is null order by tenant_id, bucket
      on conflict do nothing
    )
    select tenant_id, bucket, coalesce(position, 0) as position from behind`,
};

// A move that is lost with the server is made again: its events are published once more and known to all.
const move = {
  name: 'overture-relay-move',
  text: `update relay_cursors c
    set position = m.after, stream_sequence = m.sequence, stream_event_id = m.event_id,
      stream_created = $10
    from (select set_config('synchronous_commit', 'off', true)) as unhurried,
      unnest($1::text[], $2::smallint[], $3::bigint[], $4::bigint[], $5::bigint[],
        $6::text[], $7::text[], $8::bigint[], $9::text[])
      as m (tenant_id, bucket, before, after, sequence, event_id, lease, epoch, owner)
    where c.tenant_id = m.tenant_id and c.bucket = m.bucket and c.position = m.before
      and exists (select from leases l
        where l.name = m.lease and l.epoch = m.epoch and l.owner = m.owner)`,
};

const lost = {
  name: 'overture-relay-lost',
  text: `select tenant_id, bucket, position from relay_cursors
    where position > 0 and (stream_created <> $1 or stream_sequence > $2)`,
};

const lastStored = {
  name: 'overture-relay-last-stored',
  text: `select stream_sequence as sequence, stream_event_id as "eventId" from relay_cursors
    where stream_created = $1 and stream_sequence > 0 order by stream_sequence desc limit 1`,
};

const rewind = {
  name: 'overture-relay-rewind',
  text: `update relay_cursors c set position = 0, stream_sequence = 0
    from unnest($1::text[], $2::smallint[], $3::bigint[], $4::text[], $5::bigint[], $6::text[])
      as r (tenant_id, bucket, position, lease, epoch, owner)
    where c.tenant_id = r.tenant_id and c.bucket = r.bucket and c.position = r.position
      and exists (select from leases l
        where l.name = r.lease and l.epoch = r.epoch and l.owner = r.owner)`,
};

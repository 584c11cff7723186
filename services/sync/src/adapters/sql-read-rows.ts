import { plus, type Instant } from '@overture/kernel';
import type { Transaction } from '@overture/event-store';
import type { IdentityKey } from '../app/ports.js';
import { readLimits, readWindowMs, type ReadKind, type ReadUse } from '../app/read-budgets.js';
import { ReadRows, type CountedRead } from '../app/reads.js';

export class SqlReadRows extends ReadRows {
  async lockPace(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    now: Instant,
  ): Promise<Instant> {
    const { rows } = await tx.query<{ at: Instant }>(
      `insert into identity_pace as p (tenant_id, identity_id, next_read_at) values ($1, $2, $3)
       on conflict (tenant_id, identity_id) do update set next_read_at = p.next_read_at
       returning next_read_at as at`,
      [tenantId, identityId, now],
    );
    return rows[0]?.at ?? now;
  }

  async pace(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    nextReadAt: Instant,
  ): Promise<void> {
    await tx.query(
      'update identity_pace set next_read_at = $3 where tenant_id = $1 and identity_id = $2',
      [tenantId, identityId, nextReadAt],
    );
  }

  async use(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    { kind, now }: { kind: ReadKind; now: Instant },
  ): Promise<ReadUse> {
    const { rows } = await tx.query<{ used: number; blockingAt: Instant | null }>(
      `select count(*)::integer as used, (array_agg(at order by at desc))[$5] as "blockingAt"
       from identity_reads where tenant_id = $1 and identity_id = $2 and kind = $3 and at > $4`,
      [tenantId, identityId, kind, plus(now, -readWindowMs), readLimits[kind]],
    );
    const { used = 0, blockingAt = null } = rows[0] ?? {};
    return blockingAt === null ? { used } : { used, blockingAt };
  }

  async taken(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    { kind, now }: { kind: ReadKind; now: Instant },
  ): Promise<readonly Instant[]> {
    const { rows } = await tx.query<{ at: Instant }>(
      `select at from identity_reads
       where tenant_id = $1 and identity_id = $2 and kind = $3 and at > $4 order by at`,
      [tenantId, identityId, kind, plus(now, -readWindowMs)],
    );
    return rows.map(({ at }) => at);
  }

  async count(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    { readId, kind, at }: CountedRead,
  ): Promise<void> {
    await tx.query(
      `with old as (
         delete from identity_reads where tenant_id = $1 and identity_id = $2 and at <= $6)
       insert into identity_reads (tenant_id, identity_id, read_id, kind, at)
       values ($1, $2, $3, $4, $5)`,
      [tenantId, identityId, readId, kind, at, plus(at, -readWindowMs)],
    );
  }

  async giveBack(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    readId: string,
  ): Promise<void> {
    await tx.query(
      'delete from identity_reads where tenant_id = $1 and identity_id = $2 and read_id = $3',
      [tenantId, identityId, readId],
    );
  }
}

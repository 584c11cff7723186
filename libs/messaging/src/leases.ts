import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Database } from '@overture/event-store';

export interface Lease {
  readonly name: string;
  /** Grows with each change of owner; every write done under the lease is conditional on it. */
  readonly epoch: number;
}

export interface LeaseOptions {
  readonly database: Database;
  /** Prefix of the names: replicas share out what has the same group. */
  readonly group: string;
  readonly names: readonly string[];
  readonly ttlMs: number;
  readonly onAcquired?: (leases: readonly Lease[]) => void;
  /** Must resolve when all work under these leases has ended; only then they are given to others. */
  readonly onLost?: (names: readonly string[]) => Promise<void>;
}

interface Held extends Lease {
  readonly validUntil: number;
}

const membersKeptMs = 3_600_000;

/**
 * Shares names among the replicas of a service. Expiry is by the database's clock; each owner stops by its own
 * monotonic clock a margin earlier, also when a renewal is merely late.
 */
export class Leases {
  readonly owner = randomUUID();
  private readonly logger = new Logger('Leases');
  private readonly mine = new Map<string, Held>();
  private timer: NodeJS.Timeout | undefined;
  private renewing: Promise<void> = Promise.resolve();
  private running = false;

  constructor(private readonly options: LeaseOptions) {}

  /** Takes a fair share of what is free and keeps it until `stop`. */
  async start(): Promise<void> {
    this.running = true;
    await this.statement(create, [this.keys()]);
    await this.renew();
  }

  /** Ends the work, then gives everything back at once. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.renewing;
    await this.lose([...this.mine.keys()]);
    await this.statement(leave, [this.memberName()]);
  }

  /** The lease, if it is safe to write under it at this moment. */
  held(name: string): Lease | undefined {
    const lease = this.mine.get(name);
    return lease !== undefined && performance.now() < lease.validUntil ? lease : undefined;
  }

  /** The lease's name as the table has it, for conditions in statements. */
  key(name: string): string {
    return `${this.options.group}/${name}`;
  }

  /** Renews and takes what is free; also called by the timer, at a third of the TTL. */
  renew(): Promise<void> {
    this.renewing = this.renewing.then(() => this.tick());
    return this.renewing;
  }

  private async tick(): Promise<void> {
    clearTimeout(this.timer);
    try {
      await this.claim();
    } catch (error) {
      this.logger.warn(`Leases of ${this.options.group} were not renewed: ${String(error)}`);
      await this.dropExpired();
    }
    if (this.running) this.timer = setTimeout(() => void this.renew(), this.options.ttlMs / 3);
  }

  private async claim(): Promise<void> {
    const { group, ttlMs } = this.options;
    const askedAt = performance.now();
    const values = [this.memberName(), `${group}/member/%`, this.owner];
    const rows = await this.statement(claim, [...values, this.keys(), ttlMs, membersKeptMs]);
    const validUntil = askedAt + ttlMs - ttlMs / 5;
    const kept = new Set<string>();
    const gained: Lease[] = [];
    for (const { name: key, epoch } of rows) {
      const name = key.slice(group.length + 1);
      kept.add(name);
      if (this.mine.get(name)?.epoch !== epoch) gained.push({ name, epoch });
      this.mine.set(name, { name, epoch, validUntil });
    }
    const lost = [...this.mine.keys()].filter((name) => !kept.has(name));
    // Above the fair share: still ours until it expires, but no longer renewed.
    if (lost.length > 0) await this.lose(lost);
    if (gained.length > 0) this.options.onAcquired?.(gained);
  }

  private async lose(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await this.options.onLost?.(names);
    for (const name of names) this.mine.delete(name);
    await this.statement(release, [names.map((name) => this.key(name)), this.owner]);
  }

  private async dropExpired(): Promise<void> {
    const expired = [...this.mine.keys()].filter((name) => this.held(name) === undefined);
    if (expired.length === 0) return;
    await this.options.onLost?.(expired);
    for (const name of expired) this.mine.delete(name);
  }

  private keys(): string[] {
    return this.options.names.map((name) => this.key(name));
  }

  private memberName(): string {
    return `${this.options.group}/member/${this.owner}`;
  }

  private async statement(
    { name, text }: { name: string; text: string },
    values: unknown[],
  ): Promise<{ name: string; epoch: number }[]> {
    const { rows } = await this.options.database.statements.query<{ name: string; epoch: number }>({
      name,
      text,
      values,
    });
    return rows;
  }
}

const create = {
  name: 'overture-leases-create',
  text: `insert into leases (name, owner, epoch, expires_at)
    select name, '', 0, '-infinity' from unnest($1::text[]) as name order by name
    on conflict (name) do nothing`,
};

// One statement: sign in as a member, count the members, renew what is ours up to the fair share, take what is free.
const claim = {
  name: 'overture-leases-claim',
  text: `with me as (
      insert into leases as l (name, owner, epoch, expires_at)
      values ($1, $3, 1, now() + $5 * interval '1 ms')
      on conflict (name) do update set expires_at = excluded.expires_at
    ), gone as (
      delete from leases where name like $2 and expires_at < now() - $6 * interval '1 ms'
    ), share as (
      select ceil(cardinality($4::text[])::numeric / (count(*) + 1))::integer as amount
      from leases where name like $2 and owner <> $3 and expires_at > now()
    ), claimable as (
      select name from leases
      where name = any($4::text[]) and (owner = $3 or expires_at <= now())
      order by owner <> $3, name
      limit (select amount from share)
      for update skip locked
    )
    update leases l
    set owner = $3, epoch = l.epoch + (l.owner <> $3)::integer, expires_at = now() + $5 * interval '1 ms'
    from claimable c where l.name = c.name
    returning l.name, l.epoch`,
};

const release = {
  name: 'overture-leases-release',
  text: `update leases set expires_at = '-infinity' where name = any($1::text[]) and owner = $2`,
};

const leave = {
  name: 'overture-leases-leave',
  text: `delete from leases where name = $1`,
};

import { NotFoundError, type Instant } from '@overture/kernel';
import {
  defaultPolicy,
  type Allowances,
  type IdentityEvent,
  type IdentityPolicy,
} from '@overture/domain-sync';
import type { StreamEvent, Transaction } from '@overture/event-store';
import {
  IdentityRows,
  type Account,
  type IdentityChange,
  type IdentityKey,
  type IdentityRow,
  type NewIdentity,
  type SweptIdentity,
} from '../app/ports.js';

const columns = `tenant_id as "tenantId", identity_id as "identityId", name, provider, account_ref as "accountRef",
  time_zone as "timeZone", tier, login, generation, paused_because as "pausedBecause", version,
  own_names as "ownNames", connections_read_at as "connectionsReadAt",
  conversations_read_at as "conversationsReadAt", login_check as "loginCheck", created_at as "createdAt",
  policy, allowances`;

// Nobody but the customer's own browser sees the account of a companion (S3-02).
const isRead = "provider <> 'companion'";

const sweptAtOnceMax = 50;

export class SqlIdentityRows extends IdentityRows {
  async add(tx: Transaction, identity: NewIdentity): Promise<void> {
    const { tenantId, identityId, name, provider, accountRef, timeZone, tier, at } = identity;
    await tx.query(
      `insert into identities
         (tenant_id, identity_id, name, provider, account_ref, time_zone, tier, version, login_since,
          next_sweep_at, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8, $8)`,
      [tenantId, identityId, name, provider, accountRef, timeZone, tier, at],
    );
  }

  async find(tx: Transaction, { tenantId, identityId }: IdentityKey): Promise<IdentityRow> {
    const { rows } = await tx.query<IdentityRow>(
      `select ${columns} from identities where tenant_id = $1 and identity_id = $2`,
      [tenantId, identityId],
    );
    if (!rows[0]) throw new NotFoundError('identity', identityId);
    return rows[0];
  }

  async page(
    tx: Transaction,
    tenantId: string,
    { after, limit }: { after: string; limit: number },
  ): Promise<IdentityRow[]> {
    const { rows } = await tx.query<IdentityRow>(
      `select ${columns} from identities where tenant_id = $1 and identity_id > $2
       order by identity_id limit $3`,
      [tenantId, after, limit],
    );
    return rows;
  }

  async byAccount(
    tx: Transaction,
    { provider, accountRef }: Account,
  ): Promise<IdentityKey | undefined> {
    const { rows } = await tx.query<IdentityKey>(
      `select tenant_id as "tenantId", identity_id as "identityId" from identities
       where provider = $1 and account_ref = $2 and tenant_id = current_setting('app.tenant_id', true)`,
      [provider, accountRef],
    );
    return rows[0];
  }

  async project(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    events: readonly StreamEvent<IdentityEvent>[],
  ): Promise<void> {
    for (const event of events) {
      const { login, generation, paused, policy, allowances } = changeOf(event);
      await tx.query(
        `update identities set version = $3,
           login = coalesce($4::text, login), generation = coalesce($5::integer, generation),
           login_since = case when $4 is null then login_since else $6::timestamptz end,
           paused_because = case when $7::boolean then $8::text else paused_because end,
           next_sweep_at = case when $4 = 'valid' then $6::timestamptz else next_sweep_at end,
           tier = coalesce($9::jsonb ->> 'tier', tier),
           policy = coalesce($9::jsonb, policy), allowances = coalesce($10::jsonb, allowances)
         where tenant_id = $1 and identity_id = $2`,
        [
          tenantId,
          identityId,
          event.version,
          login,
          generation,
          event.data.at,
          paused !== undefined,
          paused ?? null,
          policy && JSON.stringify(policy),
          allowances && JSON.stringify(allowances),
        ],
      );
    }
  }

  async takeDue(tx: Transaction, now: Instant, heldUntil: Instant): Promise<SweptIdentity[]> {
    const { rows } = await tx.query<SweptIdentity>(
      `update identities set next_sweep_at = $2
       where (tenant_id, identity_id) in (
         select tenant_id, identity_id from identities where next_sweep_at <= $1 and ${isRead}
         order by next_sweep_at limit ${sweptAtOnceMax} for update skip locked)
       returning ${columns}`,
      [now, heldUntil],
    );
    return rows;
  }

  async nextSweepAt(tx: Transaction): Promise<Instant | undefined> {
    const { rows } = await tx.query<{ at: Instant | null }>(
      `select min(next_sweep_at) as at from identities where ${isRead}`,
    );
    return rows[0]?.at ?? undefined;
  }

  async update(
    tx: Transaction,
    { tenantId, identityId }: IdentityKey,
    change: IdentityChange,
  ): Promise<void> {
    await tx.query(
      `update identities set
         own_names = coalesce($3::text[], own_names),
         connections_read_at = greatest($4::timestamptz, connections_read_at),
         conversations_read_at = greatest($5::timestamptz, conversations_read_at),
         -- A doubt about the login that came up meanwhile is looked into first.
         next_sweep_at = case when login_check and $7::boolean is null then next_sweep_at
                              else coalesce($6::timestamptz, next_sweep_at) end,
         login_check = coalesce($7::boolean, login_check)
       where tenant_id = $1 and identity_id = $2`,
      [
        tenantId,
        identityId,
        change.ownNames ?? null,
        change.connectionsReadAt ?? null,
        change.conversationsReadAt ?? null,
        change.nextSweepAt ?? null,
        change.loginCheck ?? null,
      ],
    );
  }
}

interface RowChange {
  readonly login: 'valid' | 'expired' | null;
  readonly generation: number | null;
  /** A text: paused because of it; null: no longer paused; absent: as before. */
  readonly paused?: string | null;
  readonly policy?: IdentityPolicy;
  readonly allowances?: Allowances;
}

const nothing: RowChange = { login: null, generation: null };

function changeOf(event: IdentityEvent): RowChange {
  switch (event.type) {
    case 'IdentityAdded':
      return { ...nothing, policy: defaultPolicy(event.data.tier) };
    case 'LoginExpired':
      return { ...nothing, login: 'expired' };
    case 'LoginRestored':
      return { login: 'valid', generation: event.data.generation };
    case 'IdentityPaused':
      return { ...nothing, paused: event.data.cause };
    case 'IdentityResumed':
      return { ...nothing, paused: null };
    case 'IdentityPolicySet': {
      const { identityId: _, raises: __, at: ___, ...policy } = event.data;
      return { ...nothing, policy };
    }
    case 'AllowancesSeen': {
      const { identityId: _, at: __, ...allowances } = event.data;
      return { ...nothing, allowances };
    }
  }
}

import type { Database } from '@overture/event-store';
import { fromMs, latest, NotFoundError, plus, type Instant } from '@overture/kernel';
import { actionKinds, capWindowMs, type ActionKind, type EffectiveCap } from '@overture/policy';
import {
  TimetableViews,
  type IdentityBudget,
  type KindBudget,
  type TimetableEntry,
  type TimetableQuery,
} from '../app/ports.js';
import { limitsInForce, type LimitedBy } from './limits-in-force.js';
import { gateOf, type GateRow } from './standing.js';

interface IdentityRow extends GateRow, LimitedBy {}

interface KindRow {
  readonly kind: ActionKind;
  readonly used_24h: number;
  readonly used_7d: number;
  readonly waiting: number;
  readonly next_at: Instant | null;
  readonly next_reason: string | null;
}

interface EntryRow extends GateRow {
  readonly action_id: string;
  readonly identity_id: string;
  readonly campaign_id: string;
  readonly kind: ActionKind;
  readonly zone: string;
  readonly due_at: Instant;
  readonly claimed: boolean;
  readonly held: boolean;
  /** Its company keeps it waiting. */
  readonly is_set_back: boolean;
  /** Of its queue, and of its identity: neither lets it go before. */
  readonly next_slot_at: Instant | null;
  readonly rests_until: Instant | null;
  readonly reason: string;
}

export class PostgresTimetableViews extends TimetableViews {
  constructor(private readonly database: Database) {
    super();
  }

  budget(tenantId: string, identityId: string, now: Instant): Promise<IdentityBudget> {
    return this.database.tenant(tenantId, async (tx) => {
      const { rows } = await tx.query<IdentityRow>(identityById, [tenantId, identityId]);
      const [identity] = rows;
      if (identity === undefined) throw new NotFoundError('identity', identityId);
      const since = [plus(now, -capWindowMs.per24h), plus(now, -capWindowMs.per7d)];
      const budgets = await tx.query<KindRow>(kindBudgets, [
        tenantId,
        identityId,
        actionKinds,
        ...since,
      ]);
      const { caps, ramp, changesAt } = limitsInForce(identity, undefined, now);
      const { cause: gateCause } = gateOf(identity);
      return {
        profile: identity.profile,
        ...(ramp && { ramp }),
        ...(changesAt && { limitsChangeAt: changesAt }),
        ...(gateCause !== undefined && { gateCause }),
        kinds: budgets.rows.map((row) => kindBudget(caps[row.kind], row)),
      };
    });
  }

  entries(query: TimetableQuery): Promise<readonly TimetableEntry[]> {
    const { tenantId, campaignId, identityId, actionIds, limit, after } = query;
    const from = after ?? { dueAt: fromMs(0), actionId: '' };
    return this.database.tenant(tenantId, async (tx) => {
      const { rows } = await tx.query<EntryRow>(timetable, [
        tenantId,
        campaignId ?? null,
        identityId ?? null,
        actionIds ?? null,
        from.dueAt,
        from.actionId,
        limit,
      ]);
      return rows.map(entryOf);
    });
  }
}

function kindBudget({ per24h, per7d, boundBy = {} }: EffectiveCap, row: KindRow): KindBudget {
  const { kind, used_24h, used_7d, waiting, next_at, next_reason } = row;
  return {
    kind,
    used24h: used_24h,
    cap24h: per24h,
    ...(boundBy.per24h && { boundBy24h: boundBy.per24h }),
    used7d: used_7d,
    ...(per7d !== undefined && { cap7d: per7d }),
    ...(boundBy.per7d && { boundBy7d: boundBy.per7d }),
    waiting,
    ...(next_at && waiting > 0 && { nextAt: next_at }),
    nextReason: next_reason ?? '',
  };
}

function entryOf(row: EntryRow): TimetableEntry {
  const { cause: gateCause } = gateOf(row);
  const entry = {
    actionId: row.action_id,
    identityId: row.identity_id,
    campaignId: row.campaign_id,
    kind: row.kind,
    zone: row.zone,
    dueAt: row.due_at,
  };
  if (row.claimed) return { ...entry, status: 'claimed', reason: '' };
  const waiting = { ...entry, status: 'waiting' } as const;
  if (gateCause !== undefined) return { ...waiting, reason: gateCause };
  if (row.held) return { ...waiting, reason: 'enrollment_paused' };
  if (row.next_slot_at === null) return { ...waiting, reason: row.reason };
  return { ...waiting, ...slotOf(row, row.next_slot_at) };
}

function slotOf({ due_at, rests_until, reason, is_set_back }: EntryRow, slotAt: Instant) {
  const nextAt = latest(due_at, slotAt, rests_until ?? slotAt);
  if (nextAt === due_at) return { nextAt, reason: is_set_back ? 'company_cap' : 'not_before' };
  return { nextAt, reason: nextAt === slotAt ? reason : 'spacing' };
}

const identityById = `
  select profile, tier, ramp_started_at, ramp, known, login_lost, paused_cause from identities
  where tenant_id = $1 and identity_id = $2`;

const kindBudgets = `
  select k.kind, (
      select count(*)::integer from uses u
      where u.tenant_id = $1 and u.identity_id = $2 and u.kind = k.kind and u.used_at > $4
    ) as used_24h, (
      select count(*)::integer from uses u
      where u.tenant_id = $1 and u.identity_id = $2 and u.kind = k.kind and u.used_at > $5
    ) as used_7d, (
      select count(*)::integer from queues q join planned_actions p on p.queue_id in (q.queue_id, -q.queue_id)
      where q.tenant_id = $1 and q.identity_id = $2 and q.kind = k.kind
    ) as waiting, case when next.next_slot_at is not null then greatest(next.next_slot_at, i.next_slot_at) end as next_at,
    next.reason as next_reason
  from unnest($3::text[]) k (kind)
  left join lateral (
    select q.next_slot_at, q.reason from queues q
    where q.tenant_id = $1 and q.identity_id = $2 and q.kind = k.kind
    order by q.next_slot_at nulls last limit 1
  ) next on true
  join identities i on i.tenant_id = $1 and i.identity_id = $2`;

const timetable = `
  select t.*, i.next_slot_at as rests_until, i.known, i.login_lost, i.paused_cause from (
    select p.action_id, q.identity_id, q.campaign_id, q.kind, q.zone, p.due_at, false as claimed, p.queue_id < 0 as held,
      q.next_slot_at, q.reason, p.is_set_back
    from queues q
    cross join lateral unnest(array[q.queue_id, -q.queue_id]) as place (queue_id)
    cross join lateral (
      select a.action_id, a.due_at, a.queue_id, a.wanted_at is not null as is_set_back from planned_actions a
      where a.queue_id = place.queue_id and (a.due_at, a.action_id) > ($5, $6)
      order by a.due_at, a.action_id limit $7
    ) p
    where q.tenant_id = $1 and $4::text[] is null
      and ($2::text is null or q.campaign_id = $2) and ($3::text is null or q.identity_id = $3)
    union all
    select p.action_id, q.identity_id, q.campaign_id, q.kind, q.zone, p.due_at, false, p.queue_id < 0, q.next_slot_at, q.reason,
      p.wanted_at is not null
    from planned_actions p join queues q on q.tenant_id = $1 and q.queue_id = abs(p.queue_id)
    where p.tenant_id = $1 and p.action_id = any ($4) and (p.due_at, p.action_id) > ($5, $6)
    union all
    select c.action_id, q.identity_id, q.campaign_id, q.kind, q.zone, c.due_at, true, false, null, '', false
    from (
      select i.busy_with as action_id, i.flight_queue_id as queue_id, i.flight_due_at as due_at
      from identities i where i.tenant_id = $1 and i.busy_with is not null
      union all
      select c.action_id, c.queue_id, c.due_at from settling_claims c where c.tenant_id = $1
    ) c
    join queues q on q.tenant_id = $1 and q.queue_id = c.queue_id
    where ($4::text[] is null or c.action_id = any ($4))
      and ($2::text is null or q.campaign_id = $2) and ($3::text is null or q.identity_id = $3)
      and (c.due_at, c.action_id) > ($5, $6)
  ) t
  join identities i on i.tenant_id = $1 and i.identity_id = t.identity_id
  order by t.due_at, t.action_id limit $7`;

import type { Database, Transaction } from '@overture/event-store';
import { NotFoundError, plus, type Instant } from '@overture/kernel';
import { decideAgain, type RecordedDecision } from '@overture/planner';
import { capWindowMs, type Usage } from '@overture/policy';
import { claimStream, type ClaimEvent } from '../app/claim-events.js';
import { explainWaiting, type Explanation, type WaitingAction } from '../app/explain-action.js';
import { Explanations } from '../app/ports.js';
import { standingColumns } from './due.sql.js';
import { visitsOf, type QueueRow } from './read-visits.js';
import type { StandingRow } from './standing.js';

type Claimed = Extract<ClaimEvent, { type: 'ActionClaimed' }>;

/** Answers from the timetable for what waits, and from the log for what went. */
export class PostgresExplanations extends Explanations {
  constructor(private readonly database: Database) {
    super();
  }

  explain(tenantId: string, actionId: string, now: Instant): Promise<Explanation> {
    return this.database.tenant(tenantId, async (tx) => {
      const waiting = await readWaiting(tx, { tenantId, actionId }, now);
      if (waiting !== undefined) return explainWaiting(waiting, now);
      const { events } = await tx.read<ClaimEvent>(tenantId, claimStream(actionId));
      const claims = events.filter((event) => event.type === 'ActionClaimed') as Claimed[];
      const decided =
        claims.findLast(({ data }) => data.decisionJson !== undefined) ?? claims.at(-1);
      if (decided === undefined) throw new NotFoundError('action', actionId);
      const isOver = events.at(-1)?.type !== 'ActionClaimed';
      return explainClaimed(decided.data, isOver ? 'over' : 'claimed');
    });
  }
}

/** The decision that was recorded, taken again. */
function explainClaimed(data: Claimed['data'], status: Explanation['status']): Explanation {
  const { enrollment, actionId, kind, epoch, at, decisionJson, note } = data;
  const { identityId, campaignId, leadId } = enrollment;
  const again =
    decisionJson === undefined
      ? undefined
      : decideAgain(JSON.parse(decisionJson) as RecordedDecision, { identityId, at });
  return {
    actionId,
    identityId,
    campaignId,
    leadId,
    kind,
    status,
    decidedAt: at,
    // It was claimed, whatever the rules of today would say.
    go: true,
    rules: again?.rules ?? [],
    epoch,
    ...(note && { note }),
  };
}

interface WaitingRow extends QueueRow, StandingRow {
  readonly is_lead_paused: boolean;
  readonly ahead: number;
  readonly looks_again_at: Instant | null;
  readonly used_24h: number;
  readonly used_7d: number;
}

async function readWaiting(
  tx: Transaction,
  { tenantId, actionId }: { tenantId: string; actionId: string },
  now: Instant,
): Promise<WaitingAction | undefined> {
  const since = [plus(now, -capWindowMs.per24h), plus(now, -capWindowMs.per7d)];
  const { rows } = await tx.query<WaitingRow>(waitingAction, [tenantId, actionId, now, ...since]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const [visit] = await visitsOf(tx, { identities: [row], queues: [row] }, { now, lock: false });
  const [queue] = visit?.queues ?? [];
  if (visit === undefined || queue?.head === undefined) return undefined;
  const { is_lead_paused: isLeadPaused, ahead, looks_again_at: looksAgainAt } = row;
  return {
    visit,
    queue: { ...queue, usage: counted(queue.usage, row) },
    head: queue.head,
    isLeadPaused,
    ahead,
    ...(looksAgainAt && { looksAgainAt }),
  };
}

/** A claim only needs to know which use is in its way; people want to know how many there are. */
function counted(usage: Usage, { used_24h, used_7d }: WaitingRow): Usage {
  return {
    ...usage,
    last24h: { ...usage.last24h, used: used_24h },
    last7d: { ...usage.last7d, used: used_7d },
  };
}

const aheadMax = 10_000;

const waitingAction = `
  select ${standingColumns}, 1 as place, q.ctid as queue_row, q.queue_id, q.kind, q.campaign_id, q.zone as lead_zone,
    q.priority, q.first_touch, $3::timestamptz as next_slot_at, l.hold_until, l.hold_cause, p.ctid as action_row,
    p.action_id, p.lead_id, coalesce(p.wanted_at, p.due_at) as due_at, p.has_note, p.company_key, p.version, null as next_due_at, p.queue_id < 0 as is_lead_paused,
    (select count(*)::integer from (
      select from planned_actions b where b.queue_id = p.queue_id and (b.due_at, b.action_id) < (p.due_at, p.action_id)
      limit ${aheadMax}
    ) b) as ahead,
    greatest(i.next_slot_at, case when p.wanted_at is not null then p.due_at end) as looks_again_at,
    (select count(*)::integer from uses u where u.tenant_id = $1 and u.identity_id = i.identity_id
      and u.kind = q.kind and u.used_at > $4) as used_24h,
    (select count(*)::integer from uses u where u.tenant_id = $1 and u.identity_id = i.identity_id
      and u.kind = q.kind and u.used_at > $5) as used_7d
  from planned_actions p
  join queues q on q.tenant_id = $1 and q.queue_id = abs(p.queue_id)
  join identities i on i.tenant_id = $1 and i.identity_id = q.identity_id
  left join lanes l on l.tenant_id = $1 and l.identity_id = q.identity_id and l.kind = q.kind
  where p.tenant_id = $1 and p.action_id = $2`;

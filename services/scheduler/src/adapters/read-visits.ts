import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import { defaultLimits, limitProfile, type Gate, type LimitProfile } from '@overture/policy';
import type { LaneLedger } from '../app/ledger.js';
import type { DueQuery } from '../app/ports.js';
import type { DueQueue, Visit } from '../app/visit.js';
import { lockDue, readQueues } from './due.sql.js';
import { capColumns, ledgerOf, type LaneRow } from './read-ledgers.js';
import { readSchedules, type Schedules } from './read-schedules.js';

interface IdentityRow {
  readonly row: string;
  readonly tenant_id: string;
  readonly identity_id: string;
  readonly profile: string;
  readonly zone: string;
  readonly last_used_at: Instant | null;
  readonly last_first_touch_at: Instant | null;
  readonly held: boolean;
}

interface QueueRow extends LaneRow {
  readonly place: number;
  readonly queue_row: string;
  readonly queue_id: number;
  readonly campaign_id: string;
  readonly zone: string;
  readonly priority: number;
  readonly first_touch: boolean;
  readonly next_slot_at: Instant;
  readonly launched: boolean;
  readonly paused_cause: string | null;
  readonly archived: boolean;
  readonly hold_until: Instant | null;
  readonly hold_cause: string | null;
  readonly row: string;
  readonly action_id: string | null;
  readonly lead_id: string;
  readonly due_at: Instant;
  readonly version: number;
  readonly next_due_at: Instant | null;
}

/** A visit while it is being put together. */
interface Draft {
  readonly identity: IdentityRow;
  readonly limits: LimitProfile;
  readonly queues: DueQueue[];
  readonly lanes: Map<string, LaneLedger>;
  otherSlotAt?: Instant;
}

/** Locks what is due, then reads it: only what was committed before the lock may decide. */
export async function readVisits(tx: Transaction, query: DueQuery): Promise<Visit[]> {
  const { now, visitsMax, tenantId } = query;
  const { rows } = await tx.query<IdentityRow>(lockDue, [now, visitsMax, tenantId ?? null]);
  if (rows.length === 0) return [];
  const drafts = rows.map(draftOf);
  await addQueues(tx, drafts, now);
  return drafts.map(visitOf);
}

function draftOf(identity: IdentityRow): Draft {
  const limits = limitProfile(identity.profile) ?? defaultLimits;
  return { identity, limits, queues: [], lanes: new Map() };
}

function visitOf({ identity, limits, queues, lanes, otherSlotAt }: Draft): Visit {
  const { row, tenant_id: tenantId, identity_id: identityId, zone } = identity;
  const ledger = {
    lastAt: identity.last_used_at ?? undefined,
    lastFirstTouchAt: identity.last_first_touch_at ?? undefined,
    lanes,
  };
  const visit = { row, tenantId, identityId, zone, limits, queues, ledger };
  return otherSlotAt === undefined ? visit : { ...visit, otherSlotAt };
}

async function addQueues(tx: Transaction, drafts: readonly Draft[], now: Instant): Promise<void> {
  const { rows } = await tx.query<QueueRow>(readQueues, [
    drafts.map(({ identity }) => identity.tenant_id),
    drafts.map(({ identity }) => identity.identity_id),
    drafts.map(({ identity }) => identity.profile),
    drafts.map(({ identity }) => identity.held),
    now,
    ...capColumns(new Map(drafts.map(({ identity, limits }) => [identity.profile, limits]))),
  ]);
  const tenantOf = ({ place }: QueueRow) => drafts[place - 1]?.identity.tenant_id ?? '';
  const due = rows.filter((row) => row.next_slot_at <= now);
  const schedules = await readSchedules(
    tx,
    due.map((row) => ({ tenantId: tenantOf(row), campaignId: row.campaign_id })),
  );
  for (const row of rows) {
    const draft = drafts[row.place - 1] as Draft;
    if (row.next_slot_at <= now) {
      draft.queues.push(queueOf(draft.identity, row, schedules));
      if (row.action_id !== null) draft.lanes.set(row.kind, ledgerOf(row, draft.limits));
    } else if (draft.otherSlotAt === undefined || row.next_slot_at < draft.otherSlotAt) {
      draft.otherSlotAt = row.next_slot_at;
    }
  }
}

function queueOf(
  { tenant_id: tenantId, identity_id: identityId }: IdentityRow,
  row: QueueRow,
  schedules: Schedules,
): DueQueue {
  return {
    row: row.queue_row,
    queueId: row.queue_id,
    identityId,
    kind: row.kind,
    campaignId: row.campaign_id,
    zone: row.zone,
    priority: row.priority,
    firstTouch: row.first_touch,
    gate: gateOf(row),
    schedule: schedules.of(tenantId, row.campaign_id),
    ...waitingOf(row),
  };
}

function gateOf({ launched, archived, paused_cause }: QueueRow): Gate {
  if (!launched) return { open: false, cause: 'not_launched' };
  if (archived) return { open: false, cause: 'archived' };
  return paused_cause === null ? { open: true } : { open: false, cause: paused_cause };
}

function waitingOf(row: QueueRow): Pick<DueQueue, 'hold' | 'head' | 'nextDueAt'> {
  const { hold_until, hold_cause, action_id: actionId, next_due_at } = row;
  const { lead_id: leadId, due_at: dueAt, version } = row;
  return {
    ...(hold_until && { hold: { until: hold_until, cause: hold_cause ?? '' } }),
    ...(actionId && { head: { row: row.row, actionId, leadId, dueAt, version } }),
    ...(next_due_at && { nextDueAt: next_due_at }),
  };
}

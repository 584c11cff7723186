import type { Transaction } from '@overture/event-store';
import type { Instant } from '@overture/kernel';
import {
  defaultLimits,
  limitProfile,
  type ActionKind,
  type Gate,
  type LimitProfile,
} from '@overture/policy';
import type { LaneLedger } from '../app/ledger.js';
import type { DueQuery } from '../app/ports.js';
import type { DueQueue, Head, Visit } from '../app/visit.js';
import { lockDue, readQueues } from './due.sql.js';
import { readLedgers, type LedgersWanted } from './read-ledgers.js';
import { scheduleOf } from './schedules.js';

interface IdentityRow {
  readonly row: string;
  readonly tenant_id: string;
  readonly identity_id: string;
  readonly profile: string;
  readonly zone: string;
}

interface QueueRow {
  readonly place: number;
  readonly queue_row: string;
  readonly queue_id: number;
  readonly kind: ActionKind;
  readonly campaign_id: string;
  readonly zone: string;
  readonly priority: number;
  readonly first_touch: boolean;
  readonly next_slot_at: Instant;
  readonly launched: boolean;
  readonly schedule: string | null;
  readonly paused_cause: string | null;
  readonly archived: boolean;
  readonly hold_until: Instant | null;
  readonly hold_cause: string | null;
  readonly row: string;
  readonly action_id: string | null;
  readonly lead_id: string;
  readonly due_at: Instant;
  readonly version: number;
}

/** A visit while it is being put together. */
interface Draft {
  readonly identity: IdentityRow;
  readonly limits: LimitProfile;
  readonly queues: Map<number, DueQueue & { readonly heads: Head[] }>;
  otherSlotAt?: Instant;
}

/** Locks what is due, then reads it: only what was committed before the lock may decide. */
export async function readVisits(tx: Transaction, query: DueQuery): Promise<Visit[]> {
  const { now, visitsMax, tenantId } = query;
  const { rows } = await tx.query<IdentityRow>(lockDue, [now, visitsMax, tenantId ?? null]);
  if (rows.length === 0) return [];
  const drafts = rows.map(draftOf);
  await addQueues(tx, drafts, now);
  const ledgers = await readLedgers(tx, drafts.map(wantedOf));
  return drafts.map((draft, index) => visitOf(draft, ledgers[index] ?? new Map()));
}

function draftOf(identity: IdentityRow): Draft {
  const limits = limitProfile(identity.profile) ?? defaultLimits;
  return { identity, limits, queues: new Map() };
}

function wantedOf({ identity, limits, queues }: Draft): LedgersWanted {
  const { tenant_id: tenantId, identity_id: identityId } = identity;
  const due = [...queues.values()];
  const kinds = new Set(due.map(({ kind }) => kind));
  const touches = due.some(({ firstTouch }) => firstTouch);
  return { tenantId, identityId, limits, kinds: [...kinds], touches };
}

function visitOf(
  { identity, limits, queues, otherSlotAt }: Draft,
  lanes: ReadonlyMap<string, LaneLedger>,
): Visit {
  return {
    row: identity.row,
    tenantId: identity.tenant_id,
    identityId: identity.identity_id,
    zone: identity.zone,
    limits,
    queues: [...queues.values()],
    lanes,
    ...(otherSlotAt && { otherSlotAt }),
  };
}

async function addQueues(tx: Transaction, drafts: readonly Draft[], now: Instant): Promise<void> {
  const { rows } = await tx.query<QueueRow>(readQueues, [
    drafts.map(({ identity }) => identity.tenant_id),
    drafts.map(({ identity }) => identity.identity_id),
    now,
  ]);
  for (const row of rows) {
    const draft = drafts[row.place - 1] as Draft;
    if (row.next_slot_at > now) {
      const { otherSlotAt = row.next_slot_at } = draft;
      draft.otherSlotAt = row.next_slot_at < otherSlotAt ? row.next_slot_at : otherSlotAt;
      continue;
    }
    const queue = draft.queues.get(row.queue_id) ?? queueOf(draft.identity, row);
    draft.queues.set(row.queue_id, queue);
    if (row.action_id !== null) queue.heads.push(headOf(row, row.action_id));
  }
}

function queueOf({ identity_id }: IdentityRow, row: QueueRow): DueQueue & { heads: Head[] } {
  const { hold_until, hold_cause } = row;
  const hold = hold_until && hold_cause ? { hold: { until: hold_until, cause: hold_cause } } : {};
  return {
    row: row.queue_row,
    queueId: row.queue_id,
    identityId: identity_id,
    kind: row.kind,
    campaignId: row.campaign_id,
    zone: row.zone,
    priority: row.priority,
    firstTouch: row.first_touch,
    gate: gateOf(row),
    schedule: scheduleOf(row.schedule),
    heads: [],
    ...hold,
  };
}

function gateOf({ launched, archived, paused_cause }: QueueRow): Gate {
  if (!launched) return { open: false, cause: 'not_launched' };
  if (archived) return { open: false, cause: 'archived' };
  return paused_cause === null ? { open: true } : { open: false, cause: paused_cause };
}

function headOf({ row, lead_id, due_at, version }: QueueRow, actionId: string): Head {
  return { row, actionId, leadId: lead_id, dueAt: due_at, version };
}

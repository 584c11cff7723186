import type { Transaction } from '@overture/event-store';
import { plus, type Instant } from '@overture/kernel';
import type { Allowances } from '@overture/planner';
import {
  capWindowMs,
  type ActionKind,
  type EffectiveLimits,
  type Usage,
  type WindowUse,
} from '@overture/policy';
import { readLedgers as ledgers, readNotes as notes } from './due.sql.js';
import { columns } from './sql.js';
import type { StandingRow } from './standing.js';

/** A lane somebody asks about: of one identity, of one kind, under these caps. */
export interface Lane {
  readonly identity: StandingRow;
  readonly kind: ActionKind;
  readonly limits: EffectiveLimits;
  /** Whether the next action would be an invitation with a note. */
  readonly wantsNote: boolean;
}

/** What the ledger says about a lane, as the rules want it. */
export interface LaneLedger {
  /** How many uses it has that count: the next one gets the place behind them. */
  readonly uses: number;
  readonly usage: Usage;
  readonly allowances: Allowances;
}

interface LedgerRow {
  readonly place: number;
  readonly uses: number;
  readonly last_at: Instant;
  readonly fills_24h: Instant | null;
  readonly fills_7d: Instant | null;
  readonly fills_day: Instant | null;
}

/** In the order asked. */
export async function readLedgers(
  tx: Transaction,
  lanes: readonly Lane[],
  now: Instant,
): Promise<LaneLedger[]> {
  if (lanes.length === 0) return [];
  const { rows } = await tx.query<LedgerRow>(ledgers, laneColumns(lanes));
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  const noted = await readNotes(tx, lanes, now);
  return lanes.map((lane, index) => ledgerOf(lane, byPlace.get(index + 1), noted.get(lane)));
}

function laneColumns(lanes: readonly Lane[]): string[] {
  return columns<Lane>(
    lanes,
    ({ identity }) => identity.tenant_id,
    ({ identity }) => identity.identity_id,
    ({ kind }) => kind,
    ({ limits, kind }) => limits.caps[kind].per24h,
    ({ limits, kind }) => limits.caps[kind].per7d ?? null,
    ({ limits, kind }) => limits.caps[kind].perDay ?? null,
  );
}

function ledgerOf(
  lane: Lane,
  row: LedgerRow | undefined,
  notesUsed?: Allowances['notes'],
): LaneLedger {
  const uses = row?.uses ?? 0;
  const allowances = allowancesOf(lane, uses);
  return {
    uses,
    usage: { ...lastUses(lane.identity, row), ...windowsOf(lane, uses, row) },
    allowances: notesUsed === undefined ? allowances : { ...allowances, notes: notesUsed },
  };
}

function lastUses({ last_used_at, last_first_touch_at }: StandingRow, row: LedgerRow | undefined) {
  return {
    ...(last_used_at && { lastAt: last_used_at }),
    ...(row && { lastOfKindAt: row.last_at }),
    ...(last_first_touch_at && { lastFirstTouchAt: last_first_touch_at }),
  };
}

function windowsOf({ limits, kind }: Lane, uses: number, row: LedgerRow | undefined) {
  const windows = {
    last24h: windowUse(uses, row?.fills_24h),
    last7d: windowUse(uses, row?.fills_7d),
  };
  if (limits.caps[kind].perDay === undefined) return windows;
  return { ...windows, today: windowUse(uses, row?.fills_day) };
}

// Until the cap has been filled once, all uses there ever were are fewer than it; after that the use that fills it tells.
function windowUse(used: number, blockingAt: Instant | null | undefined): WindowUse {
  return blockingAt ? { used, blockingAt } : { used };
}

function allowancesOf({ identity, kind }: Lane, uses: number): Allowances {
  const {
    pending_invitations: pending,
    connects_then,
    inmail_credits: credits,
    inmails_then,
  } = identity;
  if (kind === 'connect' && pending !== null) {
    return { pendingInvitations: pending + Math.max(0, uses - connects_then) };
  }
  if (kind === 'inmail' && credits !== null) {
    return { inmail: { credits: credits - Math.max(0, uses - inmails_then) } };
  }
  return {};
}

interface NotesRow {
  readonly place: number;
  readonly used: number;
  readonly since_seen: number;
  readonly fills: Instant | null;
}

async function readNotes(
  tx: Transaction,
  lanes: readonly Lane[],
  now: Instant,
): Promise<Map<Lane, NonNullable<Allowances['notes']>>> {
  const asking = lanes.filter(
    ({ wantsNote, limits, identity }) =>
      wantsNote && (limits.notesPerMonth !== undefined || identity.notes_left !== null),
  );
  if (asking.length === 0) return new Map();
  const { rows } = await tx.query<NotesRow>(notes, [
    ...columns<Lane>(
      asking,
      ({ identity }) => identity.tenant_id,
      ({ identity }) => identity.identity_id,
      ({ limits }) => limits.notesPerMonth ?? 0,
      ({ identity }) => identity.notes_seen_at,
    ),
    plus(now, -capWindowMs.perMonth),
  ]);
  const byPlace = new Map(rows.map((row) => [row.place, row]));
  return new Map(asking.map((lane, index) => [lane, notesOf(lane, byPlace.get(index + 1))]));
}

function notesOf({ identity: { notes_left: left } }: Lane, row: NotesRow | undefined) {
  return {
    ...windowUse(row?.used ?? 0, row?.fills),
    ...(left !== null && { left: Math.max(0, left - (row?.since_seen ?? 0)) }),
  };
}

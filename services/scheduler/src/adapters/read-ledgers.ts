import type { Transaction } from '@overture/event-store';
import { fromMs, type Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile } from '@overture/policy';
import type { Blocking, LaneLedger } from '../app/ledger.js';
import { kinds } from '../kinds.js';
import { readLanes } from './due.sql.js';
import { columns } from './sql.js';

/** Whose ledger is wanted, for which kinds of action, under which caps. */
export interface LedgersWanted {
  readonly tenantId: string;
  readonly identityId: string;
  readonly limits: LimitProfile;
  readonly kinds: readonly ActionKind[];
  /** Whether the last first contact matters. */
  readonly touches: boolean;
}

interface LaneRow {
  readonly place: number;
  readonly kind: ActionKind;
  readonly uses: number | null;
  readonly last_of_kind_at: Instant | null;
  readonly last_of_others_at: Instant | null;
  readonly last_first_touch_at: Instant | null;
  readonly fill_24h: readonly number[];
  readonly fill_7d: readonly number[];
}

/** The ledgers of many identities, in the order asked for. */
export async function readLedgers(
  tx: Transaction,
  wanted: readonly LedgersWanted[],
): Promise<Map<string, LaneLedger>[]> {
  const ledgers = wanted.map(() => new Map<string, LaneLedger>());
  const { rows } = await tx.query<LaneRow>(readLanes, [...laneColumns(wanted), kinds]);
  for (const row of rows) {
    const limits = wanted[row.place]?.limits;
    if (limits !== undefined) ledgers[row.place]?.set(row.kind, ledgerOf(row, limits));
  }
  return ledgers;
}

function ledgerOf(row: LaneRow, limits: LimitProfile): LaneLedger {
  const { last_of_kind_at: ofKind, last_of_others_at: ofOthers } = row;
  const uses = row.uses ?? 0;
  const { per24h, per7d = 0 } = limits.caps[row.kind];
  return {
    uses,
    lastAt: later(ofKind, ofOthers) ?? undefined,
    lastOfKindAt: ofKind ?? undefined,
    lastFirstTouchAt: row.last_first_touch_at ?? undefined,
    per24h: blocking(row.fill_24h, uses, per24h),
    per7d: blocking(row.fill_7d, uses, per7d),
  };
}

function later(a: Instant | null, b: Instant | null): Instant | null {
  return b === null || (a !== null && a > b) ? a : b;
}

// The cap-th newest comes first, then the one after it; one use below the cap, only the latter is there.
function blocking(fill: readonly number[], uses: number, cap: number): Blocking {
  if (cap === 0 || uses < cap - 1) return {};
  const [first, second] = fill.map(fromMs);
  return uses < cap ? { next: first } : { now: first, next: second };
}

function laneColumns(wanted: readonly LedgersWanted[]): unknown[][] {
  const lanes = wanted.flatMap((each, place) =>
    each.kinds.map((kind) => ({ ...each, place, kind, cap: each.limits.caps[kind] })),
  );
  return columns<(typeof lanes)[number], unknown>(
    lanes,
    ({ tenantId }) => tenantId,
    ({ identityId }) => identityId,
    ({ place }) => place,
    ({ kind }) => kind,
    ({ cap }) => cap.per24h,
    ({ cap }) => cap.per7d ?? 0,
    ({ touches }) => touches,
  );
}

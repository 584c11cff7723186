import { fromMs, type Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile } from '@overture/policy';
import type { Blocking, LaneLedger } from '../app/ledger.js';
import { kinds } from '../kinds.js';

/** What a row says about the ledger of its lane. */
export interface LaneRow {
  readonly kind: ActionKind;
  readonly uses: number | null;
  readonly last_of_kind_at: Instant | null;
  readonly fill_24h: readonly number[] | null;
  readonly fill_7d: readonly number[] | null;
}

export function ledgerOf(row: LaneRow, limits: LimitProfile): LaneLedger {
  const uses = row.uses ?? 0;
  const { per24h, per7d = 0 } = limits.caps[row.kind];
  return {
    uses,
    lastAt: row.last_of_kind_at ?? undefined,
    per24h: blocking(row.fill_24h, uses, per24h),
    per7d: blocking(row.fill_7d, uses, per7d),
  };
}

/** The caps of these profiles as columns: profile, kind, in 24 hours, in 7 days (0: no such cap). */
export function capColumns(profiles: ReadonlyMap<string, LimitProfile>): unknown[][] {
  const caps = [...profiles].flatMap(([name, { caps }]) =>
    kinds.map((kind) => ({ name, kind, cap: caps[kind] })),
  );
  return [
    caps.map(({ name }) => name),
    caps.map(({ kind }) => kind),
    caps.map(({ cap }) => cap.per24h),
    caps.map(({ cap }) => cap.per7d ?? 0),
  ];
}

// The cap-th newest comes first, then the one after it; one use below the cap, only the latter is there.
function blocking(fill: readonly number[] | null, uses: number, cap: number): Blocking {
  if (fill === null || cap === 0 || uses < cap - 1) return {};
  const [first, second] = fill.map(fromMs);
  return uses < cap ? { next: first } : { now: first, next: second };
}

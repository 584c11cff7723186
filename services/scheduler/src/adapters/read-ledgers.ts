import type { Transaction } from '@overture/event-store';
import { fromMs, plus, type Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile } from '@overture/policy';
import type { Blocking, LaneLedger } from '../app/ledger.js';
import { readLanes, readLastUses } from './due.sql.js';
import { kinds } from '../kinds.js';
import { columns } from './sql.js';

/** Whose ledger is wanted, for which kinds of action, under which caps. */
export interface LedgersWanted {
  readonly tenantId: string;
  readonly identityId: string;
  readonly limits: LimitProfile;
  readonly kinds: readonly ActionKind[];
}

interface LaneRow {
  readonly place: number;
  readonly kind: ActionKind;
  readonly last_at: Instant | null;
  readonly fill_24h: readonly number[];
  readonly fill_7d: readonly number[];
}

interface LastUseRow {
  readonly place: number;
  readonly last_at: Instant | null;
  readonly last_first_touch_at: Instant | null;
}

/** The ledgers of many identities, in the order asked for. */
export async function readLedgers(
  tx: Transaction,
  wanted: readonly LedgersWanted[],
  now: Instant,
): Promise<Map<string, LaneLedger>[]> {
  const last = await tx.query<LastUseRow>(readLastUses, [...nameColumns(wanted, now), kinds]);
  const lanes = await tx.query<LaneRow>(readLanes, laneColumns(wanted));
  const ledgers = wanted.map(() => new Map<string, LaneLedger>());
  const lastUses = new Map(last.rows.map((row) => [row.place, row]));
  for (const row of lanes.rows) {
    const limits = wanted[row.place]?.limits;
    if (limits === undefined) continue;
    ledgers[row.place]?.set(row.kind, ledgerOf(row, lastUses.get(row.place), limits));
  }
  return ledgers;
}

function ledgerOf(
  { kind, last_at, fill_24h, fill_7d }: LaneRow,
  last: LastUseRow | undefined,
  limits: LimitProfile,
): LaneLedger {
  const { per24h, per7d = 0 } = limits.caps[kind];
  return {
    lastAt: last?.last_at ?? undefined,
    lastOfKindAt: last_at ?? undefined,
    lastFirstTouchAt: last?.last_first_touch_at ?? undefined,
    per24h: blocking(fill_24h, per24h),
    per7d: blocking(fill_7d, per7d),
  };
}

// Newest first: the use before the cap-th, then the cap-th. A cap of one has no use before.
function blocking(fill: readonly number[], cap: number): Blocking {
  const [first, second] = fill.map(fromMs);
  return cap === 1 ? { now: first } : { next: first, now: second };
}

function nameColumns(wanted: readonly LedgersWanted[], now: Instant): unknown[][] {
  return [
    ...columns<LedgersWanted, unknown>(
      wanted,
      ({ tenantId }) => tenantId,
      ({ identityId }) => identityId,
    ),
    wanted.map((_, place) => place),
    wanted.map(({ limits }) => plus(now, -limits.firstTouchGapMs)),
  ];
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
  );
}

import type { Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile, Usage, WindowUse } from '@overture/policy';

/** What an identity's ledger says, for the kinds of action that have something due. */
export interface Ledger {
  /** Of any kind. */
  readonly lastAt?: Instant | undefined;
  readonly lastFirstTouchAt?: Instant | undefined;
  readonly lanes: ReadonlyMap<string, LaneLedger>;
}

export interface LaneLedger {
  /** How many uses it has ever had that count. */
  readonly uses: number;
  readonly lastAt?: Instant | undefined;
  readonly per24h: Blocking;
  readonly per7d: Blocking;
}

/** The use that fills a cap, the cap-th newest; and which one will once there is one use more. Absent: not yet full. */
export interface Blocking {
  readonly now?: Instant | undefined;
  readonly next?: Instant | undefined;
}

const unused: LaneLedger = { uses: 0, per24h: {}, per7d: {} };

/** The usage of one lane as the rules want it. */
export function usageNow({ lastAt, lastFirstTouchAt, lanes }: Ledger, kind: ActionKind): Usage {
  const lane = lanes.get(kind) ?? unused;
  const last = { lastAt, lastOfKindAt: lane.lastAt, lastFirstTouchAt };
  return usage(last, { per24h: lane.per24h.now, per7d: lane.per7d.now });
}

export interface NextUse {
  readonly kind: ActionKind;
  readonly firstTouch: boolean;
  readonly at: Instant;
  readonly limits: LimitProfile;
}

/** The same once `used` is in the ledger too. */
export function usageAfter(ledger: Ledger, kind: ActionKind, used: NextUse): Usage {
  const lane = ledger.lanes.get(kind) ?? unused;
  const { at, limits } = used;
  const isSame = used.kind === kind;
  const last = {
    lastAt: at,
    lastOfKindAt: isSame ? at : lane.lastAt,
    lastFirstTouchAt: used.firstTouch ? at : ledger.lastFirstTouchAt,
  };
  const { per24h, per7d } = lane;
  if (!isSame) return usage(last, { per24h: per24h.now, per7d: per7d.now });
  const caps = limits.caps[kind];
  return usage(last, {
    per24h: caps.per24h === 1 ? at : per24h.next,
    per7d: caps.per7d === 1 ? at : per7d.next,
  });
}

type Last = Record<'lastAt' | 'lastOfKindAt' | 'lastFirstTouchAt', Instant | undefined>;

// How many were used is for people; a claim only needs to know which use stands in its way.
function usage(
  { lastAt, lastOfKindAt, lastFirstTouchAt }: Last,
  { per24h, per7d }: { per24h: Instant | undefined; per7d: Instant | undefined },
): Usage {
  return {
    ...(lastAt && { lastAt }),
    ...(lastOfKindAt && { lastOfKindAt }),
    ...(lastFirstTouchAt && { lastFirstTouchAt }),
    last24h: windowUse(per24h),
    last7d: windowUse(per7d),
  };
}

function windowUse(blockingAt: Instant | undefined): WindowUse {
  return blockingAt === undefined ? { used: 0 } : { used: 0, blockingAt };
}

import type { Instant } from '@overture/kernel';
import type { ActionKind, LimitProfile, Usage, WindowUse } from '@overture/policy';

/** What one lane's uses say about another one now, and about another one after that. */
export interface LaneLedger {
  /** How many uses it has ever had that count. */
  readonly uses: number;
  /** Of any kind. */
  readonly lastAt?: Instant | undefined;
  readonly lastOfKindAt?: Instant | undefined;
  readonly lastFirstTouchAt?: Instant | undefined;
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
export function usageFor(lanes: ReadonlyMap<string, LaneLedger>, kind: ActionKind): Usage {
  const lane = lanes.get(kind) ?? unused;
  return usage(lane, { per24h: lane.per24h.now, per7d: lane.per7d.now });
}

/** The same once `used` has been claimed at this instant. */
export function usageAfter(
  lanes: ReadonlyMap<string, LaneLedger>,
  { kind, used, at, limits }: NextUse,
): Usage {
  const lane = lanes.get(kind) ?? unused;
  const isSame = used.kind === kind;
  const touched = used.firstTouch ? { lastFirstTouchAt: at } : {};
  const later = { ...lane, lastAt: at, ...(isSame && { lastOfKindAt: at }), ...touched };
  const { per24h, per7d } = lane;
  if (!isSame) return usage(later, { per24h: per24h.now, per7d: per7d.now });
  const caps = limits.caps[kind];
  return usage(later, {
    per24h: caps.per24h === 1 ? at : per24h.next,
    per7d: caps.per7d === 1 ? at : per7d.next,
  });
}

export interface NextUse {
  readonly kind: ActionKind;
  readonly used: { readonly kind: ActionKind; readonly firstTouch: boolean };
  readonly at: Instant;
  readonly limits: LimitProfile;
}

// How many were used is for people; a claim only needs to know which use stands in its way.
function usage(
  { lastAt, lastOfKindAt, lastFirstTouchAt }: LaneLedger,
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

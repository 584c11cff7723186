import { fromMs, toMs, type Instant } from '@overture/kernel';
import type { ActionKind } from './kinds.js';
import { capWindowMs, type LimitProfile } from './limits.js';

/** One action of an identity that counts: claimed and not certainly unsent. */
export interface Use {
  readonly kind: ActionKind;
  readonly at: Instant;
  readonly firstTouch: boolean;
}

export interface WindowUse {
  readonly used: number;
  /** Of the uses of this kind, newest first, the cap-th: once it has left the window another may go. */
  readonly blockingAt?: Instant;
}

/** What an identity has done lately, as the rules see it for one kind of action. */
export interface Usage {
  /** Of any kind. */
  readonly lastAt?: Instant;
  readonly lastOfKindAt?: Instant;
  readonly lastFirstTouchAt?: Instant;
  readonly last24h: WindowUse;
  readonly last7d: WindowUse;
  /** By the cap of a calendar day; `blockingAt` may lie before midnight. Absent where there is no such cap. */
  readonly today?: Partial<WindowUse>;
}

/** Sums up the ledger of one identity; uses may come in any order and may be older than the windows. */
export function usageOf(
  uses: readonly Use[],
  kind: ActionKind,
  limits: LimitProfile,
  now: Instant,
): Usage {
  const ofKind = uses.filter((use) => use.kind === kind);
  const newestFirst = ofKind.map((use) => toMs(use.at)).sort((a, b) => b - a);
  const cap = limits.caps[kind];
  return {
    ...optional('lastAt', newest(uses)),
    ...optional('lastOfKindAt', newest(ofKind)),
    ...optional('lastFirstTouchAt', newest(uses.filter((use) => use.firstTouch))),
    last24h: windowUse(newestFirst, toMs(now) - capWindowMs.per24h, cap.per24h),
    last7d: windowUse(newestFirst, toMs(now) - capWindowMs.per7d, cap.per7d),
    ...(cap.perDay !== undefined && { today: blockedBy(newestFirst, cap.perDay) }),
  };
}

function windowUse(newestFirst: readonly number[], sinceMs: number, cap?: number): WindowUse {
  const used = newestFirst.filter((ms) => ms > sinceMs).length;
  return { used, ...blockedBy(newestFirst, cap) };
}

function blockedBy(newestFirst: readonly number[], cap?: number): Pick<WindowUse, 'blockingAt'> {
  const blocking = cap === undefined ? undefined : newestFirst[cap - 1];
  return blocking === undefined ? {} : { blockingAt: fromMs(blocking) };
}

function newest(uses: readonly Use[]): Instant | undefined {
  return uses.reduce<Instant | undefined>(
    (last, { at }) => (last === undefined || at > last ? at : last),
    undefined,
  );
}

function optional<Key extends string>(key: Key, at: Instant | undefined): { [K in Key]?: Instant } {
  return (at === undefined ? {} : { [key]: at }) as { [K in Key]?: Instant };
}

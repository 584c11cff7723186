import { fromMs, toMs, type Instant } from '@overture/kernel';
import {
  capWindowMs,
  type ActionKind,
  type EffectiveLimits,
  type Usage,
  type Use,
  type WindowUse,
} from '@overture/policy';

/** What one identity has done, summed up without looking at all of it again for every question. */
export class Ledger {
  private readonly ofKind = new Map<ActionKind, number[]>();
  private last = 0;
  private lastFirstTouch = 0;

  constructor(uses: readonly Use[]) {
    [...uses].sort((a, b) => (a.at < b.at ? -1 : 1)).forEach((use) => this.add(use));
  }

  /** Uses come in the order of time. */
  add({ kind, at, firstTouch }: Use): void {
    const ms = toMs(at);
    this.last = Math.max(this.last, ms);
    if (firstTouch) this.lastFirstTouch = Math.max(this.lastFirstTouch, ms);
    const known = this.ofKind.get(kind);
    if (known === undefined) this.ofKind.set(kind, [ms]);
    else known.push(ms);
  }

  uses(kind: ActionKind): number {
    return this.ofKind.get(kind)?.length ?? 0;
  }

  usage(kind: ActionKind, limits: EffectiveLimits, now: Instant): Usage {
    const oldestFirst = this.ofKind.get(kind) ?? [];
    const cap = limits.caps[kind];
    const nowMs = toMs(now);
    return {
      ...at('lastAt', this.last),
      ...at('lastOfKindAt', oldestFirst.at(-1) ?? 0),
      ...at('lastFirstTouchAt', this.lastFirstTouch),
      last24h: within(oldestFirst, nowMs - capWindowMs.per24h, cap.per24h),
      last7d: within(oldestFirst, nowMs - capWindowMs.per7d, cap.per7d),
      ...(cap.perDay !== undefined && { today: blockedBy(oldestFirst, cap.perDay) }),
    };
  }
}

/** How many of these instants lie after `sinceMs`, and which of them a cap would have to see leave. */
export function within(
  oldestFirst: readonly number[],
  sinceMs: number,
  cap: number | undefined,
): WindowUse {
  return {
    used: oldestFirst.length - countUpTo(oldestFirst, sinceMs),
    ...blockedBy(oldestFirst, cap),
  };
}

function blockedBy(
  oldestFirst: readonly number[],
  cap: number | undefined,
): Pick<WindowUse, 'blockingAt'> {
  const blocking = cap === undefined ? undefined : oldestFirst[oldestFirst.length - cap];
  return blocking === undefined ? {} : { blockingAt: fromMs(blocking) };
}

function countUpTo(oldestFirst: readonly number[], ms: number): number {
  let [low, high] = [0, oldestFirst.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((oldestFirst[middle] as number) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

function at<Key extends string>(key: Key, ms: number): { [K in Key]?: Instant } {
  return (ms === 0 ? {} : { [key]: fromMs(ms) }) as { [K in Key]?: Instant };
}

import { plus, type Instant } from '@overture/kernel';
import {
  capWindowMs,
  type ActionKind,
  type EffectiveLimits,
  type Usage,
  type WindowUse,
} from '@overture/policy';
import type { NotedUse } from './world.js';

/** What one identity has done, summed up without looking at all of it again for every question. */
export class Ledger {
  private readonly ofKind = new Map<ActionKind, Instant[]>();
  private readonly noted: Instant[] = [];
  private last: Instant | undefined;
  private lastFirstTouch: Instant | undefined;
  /** Where the windows begin, as of the instant last asked about. */
  private begins: { now: Instant; day: Instant; week: Instant } | undefined;

  constructor(uses: readonly NotedUse[]) {
    [...uses].sort((a, b) => (a.at < b.at ? -1 : 1)).forEach((use) => this.add(use));
  }

  /** Uses come in the order of time. */
  add({ kind, at, firstTouch, hasNote = false }: NotedUse): void {
    this.last = at;
    if (hasNote) this.noted.push(at);
    if (firstTouch) this.lastFirstTouch = at;
    const known = this.ofKind.get(kind);
    if (known === undefined) this.ofKind.set(kind, [at]);
    else known.push(at);
  }

  uses(kind: ActionKind): number {
    return this.ofKind.get(kind)?.length ?? 0;
  }

  /** Notes that LinkedIn counts and nobody here knows of; taken as used just now. */
  addUnknownNotes(count: number, at: Instant): void {
    for (let note = 0; note < count; note++) this.noted.push(at);
  }

  /** Invitations with a note, of which so many are allowed in a month. */
  notes(perMonth: number, now: Instant): WindowUse {
    return within(this.noted, plus(now, -capWindowMs.perMonth), perMonth);
  }

  usage(kind: ActionKind, limits: EffectiveLimits, now: Instant): Usage {
    const oldestFirst = this.ofKind.get(kind) ?? [];
    const cap = limits.caps[kind];
    const { day, week } = this.windowsAt(now);
    return {
      ...known('lastAt', this.last),
      ...known('lastOfKindAt', oldestFirst.at(-1)),
      ...known('lastFirstTouchAt', this.lastFirstTouch),
      last24h: within(oldestFirst, day, cap.per24h),
      last7d: within(oldestFirst, week, cap.per7d),
      ...(cap.perDay !== undefined && { today: blockedBy(oldestFirst, cap.perDay) }),
    };
  }

  private windowsAt(now: Instant): { day: Instant; week: Instant } {
    if (this.begins?.now === now) return this.begins;
    const { per24h, per7d } = capWindowMs;
    this.begins = { now, day: plus(now, -per24h), week: plus(now, -per7d) };
    return this.begins;
  }
}

/** How many of these instants lie after `since`, and which of them a cap would have to see leave. */
function within(
  oldestFirst: readonly Instant[],
  since: Instant,
  cap: number | undefined,
): WindowUse {
  const used = oldestFirst.length - countUpTo(oldestFirst, since);
  const blockingAt = cap === undefined ? undefined : oldestFirst[oldestFirst.length - cap];
  return blockingAt === undefined ? { used } : { used, blockingAt };
}

function blockedBy(oldestFirst: readonly Instant[], cap: number): Pick<WindowUse, 'blockingAt'> {
  return known('blockingAt', oldestFirst[oldestFirst.length - cap]);
}

function countUpTo(oldestFirst: readonly Instant[], since: Instant): number {
  let [low, high] = [0, oldestFirst.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((oldestFirst[middle] as Instant) <= since) low = middle + 1;
    else high = middle;
  }
  return low;
}

function known<Key extends string>(key: Key, at: Instant | undefined): { [K in Key]?: Instant } {
  return (at === undefined ? {} : { [key]: at }) as { [K in Key]?: Instant };
}

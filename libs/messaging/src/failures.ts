import type { Clock, Instant } from '@overture/kernel';

export interface Failure {
  readonly tries: number;
  readonly firstFailedAt: Instant;
}

const rememberedMax = 10_000;
const firstDelayMs = 100;
const longestDelayMs = 30_000;
// A message comes back a little before or after its delay; it must not be sent away again for that.
const toleranceMs = 50;

/** What failed how often, and which streams rest before their next try. A restart forgets it: that costs tries. */
export class Failures {
  private readonly failures = new Map<string, Failure>();
  private readonly restUntil = new Map<string, number>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  record(kind: 'passing' | 'lasting', streamKey: string, version: number): Failure {
    const key = `${kind}\n${streamKey}\n${version}`;
    const before = this.failures.get(key);
    const firstFailedAt = before?.firstFailedAt ?? this.clock.now();
    const failure = { tries: (before?.tries ?? 0) + 1, firstFailedAt };
    bounded(this.failures).set(key, failure);
    return failure;
  }

  /** The dead letter counts on from here. */
  forget(streamKey: string, version: number): void {
    this.failures.delete(`lasting\n${streamKey}\n${version}`);
  }

  /** Lets the stream rest: doubled with each try, and never the same for two that failed together. */
  rest(streamKey: string, tries: number): number {
    const full = Math.min(firstDelayMs * 2 ** Math.min(tries, 10), longestDelayMs);
    const delayMs = full * (0.5 + Math.random() / 2);
    bounded(this.restUntil).set(streamKey, performance.now() + delayMs);
    return delayMs;
  }

  /** How long the stream still rests; 0 when it may be tried. */
  restingMs(streamKey: string): number {
    const until = this.restUntil.get(streamKey);
    if (until === undefined) return 0;
    const left = until - performance.now();
    if (left > toleranceMs) return left;
    this.restUntil.delete(streamKey);
    return 0;
  }
}

function bounded<V>(map: Map<string, V>): Map<string, V> {
  const oldest = map.size >= rememberedMax ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
  return map;
}

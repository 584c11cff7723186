import type { Delivery } from './delivery.js';
import type { Envelope } from './envelope.js';

/** One event to handle, with the deliveries that brought it: none when it was read from its owner. */
export interface Entry {
  readonly envelope: Envelope;
  readonly body: () => unknown;
  readonly deliveries: readonly Delivery[];
}

/** Events of one stream, sorted by version, each version once. */
export interface StreamRun {
  readonly streamId: string;
  readonly context: string;
  readonly entries: readonly Entry[];
}

/** What a run means to a consumer that has handled the stream up to some version. */
export interface RunPlan {
  readonly run: StreamRun;
  /** Handled before: a repeat. */
  readonly stale: readonly Entry[];
  /** Next in order, without a hole. */
  readonly due: readonly Entry[];
  /** Behind a hole. */
  readonly beyond: readonly Entry[];
  /** How far the stream is handled once what is due has been. */
  readonly reached: number;
}

export function toRuns(entries: readonly Entry[]): StreamRun[] {
  const byStream = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { streamId } = entry.envelope;
    const known = byStream.get(streamId);
    if (known) known.push(entry);
    else byStream.set(streamId, [entry]);
  }
  return [...byStream.values()].map(toRun);
}

/** Sorts events of one stream; a version that was delivered twice is handled once. */
export function toRun(entries: readonly Entry[]): StreamRun {
  const byVersion = new Map<number, Entry>();
  for (const entry of entries) {
    const twin = byVersion.get(entry.envelope.version);
    const deliveries = [...(twin?.deliveries ?? []), ...entry.deliveries];
    byVersion.set(entry.envelope.version, twin ? { ...twin, deliveries } : entry);
  }
  const sorted = [...byVersion.values()].sort((a, b) => a.envelope.version - b.envelope.version);
  const first = sorted[0];
  if (first === undefined) throw new Error('A run needs at least one event.');
  return { streamId: first.envelope.streamId, context: first.envelope.context, entries: sorted };
}

export function planRun(run: StreamRun, handledVersion: number): RunPlan {
  const fresh = run.entries.findIndex(({ envelope }) => envelope.version > handledVersion);
  const from = fresh === -1 ? run.entries.length : fresh;
  let until = from;
  while (run.entries[until]?.envelope.version === handledVersion + 1 + until - from) until++;
  return {
    run,
    stale: run.entries.slice(0, from),
    due: run.entries.slice(from, until),
    beyond: run.entries.slice(until),
    reached: handledVersion + until - from,
  };
}

/** A stream's name within the installation. */
export function keyOf({ envelope: { tenantId, streamId } }: Entry): string {
  return `${tenantId}\n${streamId}`;
}

import { retryConflicts } from '@overture/event-store';
import { TransientError } from '@overture/kernel';
import { counters } from './counters.js';
import type { FailureJudge } from './failure-judge.js';
import type { Fence } from './progress.js';
import type { Attempted, AttemptOptions, RunHandler } from './run-handler.js';
import type { StreamHistory } from './stream-history.js';
import { toRun, type Entry, type StreamRun } from './stream-run.js';

/** Where entries go when they are through. */
export interface Settlement {
  done(entries: readonly Entry[]): void;
  giveBack(entries: readonly Entry[], delayMs: number): void;
}

export interface ProcessorOptions {
  readonly runs: RunHandler;
  readonly history: StreamHistory;
  readonly judge: FailureJudge;
  readonly settlement: Settlement;
  /** The lease on a stream's partition; throws when it is not held. */
  readonly fenceFor: (tenantId: string, streamId: string) => Fence;
}

/** A stream goes on, or waits: until its next try, or, when parked, for a release. */
export type Verdict = 'done' | 'parked' | 'waits';

export interface Mode {
  /** Handle a parked stream, and without a lease: an operator asked for it. */
  readonly releasing: boolean;
}

const ordinary: Mode = { releasing: false };

/** For entries that wait for others, of their stream or of their batch, and not for themselves. */
export const crowdedDelayMs = 500;

/** Handles the events of one stream, in order, whatever state the stream is in. (P3) */
export class StreamProcessor {
  constructor(private readonly options: ProcessorOptions) {}

  /** Handles runs of one tenant in one transaction: all or nothing; again, at once, when a writer was faster. */
  attempt(
    tenantId: string,
    runs: readonly StreamRun[],
    options: Omit<AttemptOptions, 'fenceOf'> = {},
  ): Promise<Attempted[]> {
    const fenceOf = ({ streamId }: StreamRun): Fence | undefined =>
      options.releasing ? undefined : this.options.fenceFor(tenantId, streamId);
    return retryConflicts(() => this.options.runs.attempt(tenantId, runs, { ...options, fenceOf }));
  }

  /** Handles one stream's events; each of them ends acknowledged or given back. */
  async handle(tenantId: string, run: StreamRun, mode = ordinary): Promise<Verdict> {
    try {
      const [attempted] = await this.attempt(tenantId, [run], mode);
      return await this.settle(tenantId, attempted as Attempted);
    } catch (error) {
      return run.entries.length > 1
        ? this.handleOneByOne(tenantId, run, mode)
        : this.handleFailure(tenantId, run, { ...mode, error });
    }
  }

  /** Acknowledges what was handled or left to a release. */
  settleHandled({ stale, due }: Attempted): void {
    this.options.settlement.done([...stale, ...due]);
    counters.handled.add(due.length);
  }

  /** Reads what is missing from the stream's owner instead of waiting for NATS to deliver it again. */
  async closeGap(tenantId: string, { run, beyond, reached }: Attempted): Promise<Verdict> {
    const rest = toRun(beyond);
    const missingUpTo = versionOf(rest) - 1;
    counters.gaps.add(1);
    try {
      for (let version = reached; version < missingUpTo;) {
        const page = await this.read(tenantId, run, version + 1);
        const verdict = await this.handle(tenantId, page);
        if (verdict === 'waits') return this.giveBack(rest.entries, crowdedDelayMs);
        if (verdict === 'parked') break;
        version = page.entries.at(-1)?.envelope.version ?? version;
      }
    } catch (error) {
      return this.retry(rest, error);
    }
    return this.handle(tenantId, rest);
  }

  private async settle(tenantId: string, attempted: Attempted): Promise<Verdict> {
    this.settleHandled(attempted);
    if (attempted.parked) return 'parked';
    return attempted.beyond.length > 0 ? this.closeGap(tenantId, attempted) : 'done';
  }

  private async handleOneByOne(tenantId: string, run: StreamRun, mode: Mode): Promise<Verdict> {
    for (const [index, entry] of run.entries.entries()) {
      const verdict = await this.handle(tenantId, { ...run, entries: [entry] }, mode);
      if (verdict === 'done') continue;
      const rest = run.entries.slice(index + 1);
      if (rest.length === 0) return verdict;
      // What stands behind a parked event is noted as seen and left to the release.
      return verdict === 'parked'
        ? this.handle(tenantId, { ...run, entries: rest })
        : this.giveBack(rest, crowdedDelayMs);
    }
    return 'done';
  }

  private async handleFailure(
    tenantId: string,
    run: StreamRun,
    { error, releasing }: Mode & { error: unknown },
  ): Promise<Verdict> {
    const judgement = await this.options.judge.judge(run.entries[0] as Entry, error, releasing);
    if (judgement.verdict === 'waits') return this.giveBack(run.entries, judgement.restMs);
    if (judgement.verdict === 'refused') return this.handleWithoutEffect(tenantId, run, releasing);
    this.options.settlement.done(run.entries);
    return 'parked';
  }

  private async handleWithoutEffect(
    tenantId: string,
    run: StreamRun,
    releasing: boolean,
  ): Promise<Verdict> {
    try {
      const [attempted] = await this.attempt(tenantId, [run], { releasing, skipEffect: true });
      return await this.settle(tenantId, attempted as Attempted);
    } catch (error) {
      return this.retry(run, error);
    }
  }

  private async read(
    tenantId: string,
    { streamId, context }: StreamRun,
    fromVersion: number,
  ): Promise<StreamRun> {
    const page = await this.options.history.page({ tenantId, streamId, context, fromVersion });
    if (page[0]?.envelope.version === fromVersion) return toRun(page);
    throw new TransientError(`${context} has no version ${fromVersion} of ${streamId}.`);
  }

  private retry(run: StreamRun, error: unknown): Verdict {
    const judgement = this.options.judge.retry(run.entries[0] as Entry, error);
    const delayMs = judgement.verdict === 'waits' ? judgement.restMs : crowdedDelayMs;
    return this.giveBack(run.entries, delayMs);
  }

  private giveBack(entries: readonly Entry[], delayMs: number): Verdict {
    this.options.settlement.giveBack(entries, delayMs);
    return 'waits';
  }
}

function versionOf({ entries }: StreamRun): number {
  return entries[0]?.envelope.version ?? 0;
}

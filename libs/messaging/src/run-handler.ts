import type { Database, Transaction } from '@overture/event-store';
import type { DeadLetters } from './dead-letters.js';
import type { EventHandlers } from './event-handlers.js';
import { Progress, type Fence, type Move, type StreamState } from './progress.js';
import { planRun, type RunPlan, type StreamRun } from './stream-run.js';

/** What became of a run: its plan, or that its stream is parked and the run left to the release. */
export type Attempted = RunPlan & { readonly parked: boolean };

export interface AttemptOptions {
  /** The lease a run is handled under; throws when it is not held any more. */
  readonly fenceOf: (run: StreamRun) => Fence | undefined;
  /** Handle a parked stream: this is the release. */
  readonly releasing?: boolean;
  /** Only remember the events as handled: a rule said no to their effect. */
  readonly skipEffect?: boolean;
}

/** Handles events of many streams of one tenant in one transaction: all of it happens, or nothing. */
export class RunHandler {
  private readonly progress: Progress;

  constructor(
    consumer: string,
    private readonly database: Database,
    private readonly handlers: EventHandlers,
    private readonly deadLetters: DeadLetters,
  ) {
    this.progress = new Progress(consumer);
  }

  attempt(
    tenantId: string,
    runs: readonly StreamRun[],
    options: AttemptOptions,
  ): Promise<Attempted[]> {
    return this.database.tenant(tenantId, async (tx) => {
      const attempted = await this.advance(tx, tenantId, runs, options);
      const due = options.skipEffect ? [] : attempted.flatMap((each) => each.due);
      await this.handlers.handle(tenantId, due, tx);
      return attempted;
    });
  }

  /** Most runs are the next of their streams, and one statement moves them; the others are looked at one by one. */
  private async advance(
    tx: Transaction,
    tenantId: string,
    runs: readonly StreamRun[],
    options: AttemptOptions,
  ): Promise<Attempted[]> {
    const next = options.releasing ? [] : runs.map(asNext);
    const moved = await this.progress.follow(tx, tenantId, next.flatMap(moveOf(options)));
    const others = runs.filter(({ streamId }) => !moved.has(streamId));
    const looked = others.length === 0 ? [] : await this.look(tx, tenantId, others, options);
    return [...next.filter(({ run }) => moved.has(run.streamId)), ...looked];
  }

  private async look(
    tx: Transaction,
    tenantId: string,
    runs: readonly StreamRun[],
    options: AttemptOptions,
  ): Promise<Attempted[]> {
    const streamIds = runs.map(({ streamId }) => streamId);
    const states = await this.progress.read(tx, tenantId, streamIds);
    const attempted = runs.map((run) => plan(run, states.get(run.streamId), options));
    await this.deadLetters.rememberSeen(tx, tenantId, seenWhileParked(attempted));
    await this.progress.advance(tx, tenantId, attempted.flatMap(moveOf(options)));
    return attempted;
  }
}

/** A run as it is when nothing stands between it and what was handled before. */
function asNext(run: StreamRun): Attempted {
  const first = run.entries[0]?.envelope.version ?? 1;
  return { ...planRun(run, first - 1), parked: false };
}

function plan(
  run: StreamRun,
  state: StreamState | undefined,
  { releasing = false }: AttemptOptions,
): Attempted {
  const version = state?.version ?? 0;
  const parked = (state?.parked ?? false) && !releasing;
  if (parked) return { run, parked, stale: run.entries, due: [], beyond: [], reached: version };
  return { ...planRun(run, version), parked };
}

function moveOf({ fenceOf }: AttemptOptions): (attempted: Attempted) => Move[] {
  return ({ run, due }) => {
    const [first, last] = [due[0], due.at(-1)];
    if (first === undefined || last === undefined) return [];
    const from = first.envelope.version - 1;
    const to = last.envelope.version;
    return [{ streamId: run.streamId, from, to, fence: fenceOf(run) }];
  };
}

function seenWhileParked(attempted: readonly Attempted[]): { streamId: string; version: number }[] {
  return attempted
    .filter(({ parked }) => parked)
    .map(({ run }) => ({
      streamId: run.streamId,
      version: run.entries.at(-1)?.envelope.version ?? 0,
    }));
}

import {
  attempt as decider,
  attemptCategory,
  nextStep,
  type AttemptCommand,
  type AttemptEvent,
  type KnownAttempt,
} from '@overture/domain-sender';
import { fold, type Instant } from '@overture/kernel';
import {
  retryConflicts,
  type EventMeta,
  type StreamEvent,
  type Transaction,
} from '@overture/event-store';
import type { HeldAttempt } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

export const attemptStream = (actionId: string): string => `${attemptCategory}-${actionId}`;

export interface DecidedOn {
  readonly tenantId: string;
  readonly actionId: string;
  readonly readBacksAt?: readonly Instant[];
  readonly keepHold?: boolean;
  readonly meta?: EventMeta;
}

/** Decides on an attempt and brings its row along, in one transaction. */
export async function decideAttempt(
  { attempts, clock }: SenderDeps,
  tx: Transaction,
  on: DecidedOn,
  command: AttemptCommand,
): Promise<readonly StreamEvent<AttemptEvent>[]> {
  const { tenantId, actionId, readBacksAt = [], keepHold = false, meta } = on;
  const streamId = attemptStream(actionId);
  const { events, version } = await tx.read<AttemptEvent>(tenantId, streamId);
  const before = fold(decider, events);
  const decided = decider.decide(command, before);
  const state = decided.reduce((all, event) => decider.evolve(all, event), before);
  const appended = await tx.append(
    tenantId,
    streamId,
    decided.map((event) => ({ ...event, meta })),
    version,
  );
  if (state.status !== 'none') {
    const dueAt = dueAfter(state, readBacksAt, clock.now());
    const own = appended as StreamEvent<AttemptEvent>[];
    await attempts.project(tx, { tenantId, state, events: own, dueAt, keepHold });
  }
  return appended as StreamEvent<AttemptEvent>[];
}

/** As its present holder; writes nothing, and answers undefined, when another has taken over. */
export function decideHeld(
  deps: SenderDeps,
  held: HeldAttempt,
  command: AttemptCommand,
  { keepHold = false, before, after }: HeldOptions = {},
): Promise<readonly StreamEvent<AttemptEvent>[] | undefined> {
  const { tenantId, attempt, readBacksAt } = held;
  return retryConflicts(() =>
    deps.database.tenant(tenantId, async (tx) => {
      if (!(await deps.attempts.holds(tx, held))) return undefined;
      await before?.(tx);
      const on = { tenantId, actionId: attempt.actionId, readBacksAt, keepHold };
      const events = await decideAttempt(deps, tx, on, command);
      await after?.(tx);
      return events;
    }),
  );
}

export interface HeldOptions {
  readonly keepHold?: boolean;
  /** Written with the decision. */
  readonly before?: (tx: Transaction) => Promise<void>;
  readonly after?: (tx: Transaction) => Promise<void>;
}

// A started attempt is due at once for whoever finds it unheld: its owner is gone.
function dueAfter(
  state: KnownAttempt,
  readBacksAt: readonly Instant[],
  now: Instant,
): Instant | undefined {
  const step = nextStep(state, readBacksAt);
  switch (step.do) {
    case 'read_back':
      return step.at;
    case 'nothing':
      return undefined;
    default:
      return now;
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { fold, type Decider } from '@overture/kernel';
import { codeOf, ConflictError } from './errors.js';
import { EventStore } from './event-store.js';
import type { DomainEvent, EventMeta, StreamEvent, StreamName } from './events.js';
import { Transaction } from './transaction.js';

const attemptsMax = 5;
const backoffMs = 10;

/** The stream a decision is about, and who caused it. */
export interface Subject extends StreamName {
  readonly meta?: EventMeta | undefined;
}

/**
 * Decides on fresh state and appends; when another writer was faster, decides again. Inside a transaction it
 * decides once: a conflict undoes the whole transaction, and `retryConflicts` around it begins again.
 */
export function transact<State, Command, E extends DomainEvent>(
  target: EventStore | Transaction,
  decider: Decider<State, Command, E>,
  subject: Subject,
  command: Command,
): Promise<StreamEvent<E>[]> {
  return target instanceof Transaction
    ? decideWithin(target, decider, subject, command)
    : retryConflicts(() => decideOn(target, decider, subject, command));
}

/** Runs `work` again, a few times, when another writer was faster or the database broke a deadlock by undoing it. */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isUndone(error) || attempt === attemptsMax) throw error;
    }
    // Jitter: writers that met once must not meet again.
    await sleep(Math.random() * backoffMs * 2 ** attempt);
  }
}

// SQLSTATE class 40: nothing was kept, and the same work will fit a moment later.
function isUndone(error: unknown): boolean {
  if (error instanceof ConflictError) return true;
  return error instanceof Error && codeOf(error.cause)?.startsWith('40') === true;
}

async function decideOn<State, Command, E extends DomainEvent>(
  store: EventStore,
  decider: Decider<State, Command, E>,
  { tenantId, streamId, meta }: Subject,
  command: Command,
): Promise<StreamEvent<E>[]> {
  const { events, version } = await store.read<E>(tenantId, streamId);
  const decided = decider.decide(command, fold(decider, events));
  if (decided.length === 0) return [];
  const result = await store.append({
    tenantId,
    streamId,
    events: decided.map((event) => ({ ...event, meta })),
    expectedVersion: version,
  });
  if (result.outcome === 'conflict') throw ConflictError.versions(streamId, result);
  return result.events as unknown as StreamEvent<E>[];
}

async function decideWithin<State, Command, E extends DomainEvent>(
  tx: Transaction,
  decider: Decider<State, Command, E>,
  { tenantId, streamId, meta }: Subject,
  command: Command,
): Promise<StreamEvent<E>[]> {
  const { events, version } = await tx.read<E>(tenantId, streamId);
  const decided = decider.decide(command, fold(decider, events));
  if (decided.length === 0) return [];
  const own = decided.map((event) => ({ ...event, meta }));
  return (await tx.append(tenantId, streamId, own, version)) as StreamEvent<E>[];
}

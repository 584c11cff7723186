import { randomUUID } from 'node:crypto';

export const actionsTotal = Number(process.env['BENCH_ACTIONS'] ?? 100_000);
export const identitiesTotal = 200;
export const leadsToCancel = 4_000;
export const batch = 1_000;
/** Connections that plan, claim or cancel side by side, for everybody the same. */
export const callers = 2;
export const cancelCallers = 8;

export type Url = (database?: string) => string;

/** One thing to do later: what every scheduler must keep about it. */
export interface Work {
  readonly actionId: string;
  readonly leadId: string;
  readonly identityId: string;
}

/** A way of dispatching delayed work, on an empty database of its own. */
export interface Dispatcher {
  readonly name: string;
  plan(works: readonly Work[]): Promise<void>;
  /** Takes one lead's work back. */
  cancel(work: Work): Promise<void>;
  /** Stops everything of one identity; true when it costs the same for any number of actions. */
  pause(identityId: string): Promise<void>;
  /** Takes and finishes everything that is left; returns how much, and how long taking alone took. */
  drain(): Promise<{ taken: number; takingMs: number }>;
  close(): Promise<void>;
}

/** Identity after identity, as launches come. */
export function makeWorks(total = actionsTotal): Work[] {
  return Array.from({ length: total }, (_, index) => ({
    actionId: `${randomUUID()}.1.0`,
    leadId: randomUUID(),
    identityId: `identity-${Math.floor((index * identitiesTotal) / total)}`,
  }));
}

/** Runs `work` over chunks, so many at a time. */
export async function inChunks<T>(
  all: readonly T[],
  { size, callers }: { size: number; callers: number },
  work: (chunk: readonly T[]) => Promise<void>,
): Promise<void> {
  let next = 0;
  const run = async () => {
    while (next < all.length) {
      const chunk = all.slice(next, (next += size));
      await work(chunk);
    }
  };
  await Promise.all(Array.from({ length: callers }, run));
}

import { minuteMs, plus, type Instant } from '@overture/kernel';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

/** Work that reads LinkedIn through an identity, a turn at a time, and keeps its place after each. */
export abstract class ReadingJobs<Due> {
  /** The identity can read again: whoever waits for it need not wait any longer. */
  abstract release(scope: Scope, identityId: string, at: Instant): Promise<void>;
  /** Across workspaces: takes those that are due; nobody else gets them until `heldUntil`. */
  abstract takeDue(now: Instant, heldUntil: Instant): Promise<readonly Due[]>;
  /** When the next one is due. */
  abstract nextAt(): Promise<Instant | undefined>;
}

// A turn whose process died is taken again after this long.
const heldMs = 3 * minuteMs;

/** Takes the next turn of every job that is due, and says when the next one is; one that fails keeps no other back. */
export async function takeTurns<Due>(
  { clock }: Pick<Ports, 'clock'>,
  jobs: ReadingJobs<Due>,
  turn: (due: Due) => Promise<void>,
): Promise<Instant | undefined> {
  const now = clock.now();
  const due = await jobs.takeDue(now, plus(now, heldMs));
  const turns = await Promise.allSettled(due.map(turn));
  const failed = turns.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return jobs.nextAt();
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { CursorMove } from './relay-cursors.js';

// What is published is published: how far it went is written down for the next one who asks, which can wait a moment.
const gatherMs = 20;

interface Batch {
  readonly moves: Map<string, CursorMove>;
  readonly streamCreated: string;
}

/** Moves cursors behind what is published: a lone move at once, those that follow closely in one statement. */
export class CursorMoves {
  private waiting: Batch | undefined;
  private working = Promise.resolve();
  private isWorking = false;
  private begunAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly move: (moves: CursorMove[], streamCreated: string) => Promise<number>,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Moves of a bucket come in order, each from where the one before it ended. */
  add(moves: readonly CursorMove[], streamCreated: string): void {
    const batch = this.waiting ?? { moves: new Map<string, CursorMove>(), streamCreated };
    this.waiting = { ...batch, streamCreated };
    for (const each of moves) {
      const key = `${each.tenantId}\n${each.bucket}`;
      const earlier = batch.moves.get(key);
      batch.moves.set(key, earlier === undefined ? each : joined(earlier, each));
    }
    if (this.isWorking) return;
    this.isWorking = true;
    this.working = this.work();
  }

  /** Forgets what has not begun: it is void. */
  forget(): void {
    this.waiting = undefined;
  }

  /** Resolves when nothing published waits for its cursor. */
  async settled(): Promise<void> {
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.waiting !== undefined) {
      const waitMs = this.begunAt + gatherMs - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      const batch = this.waiting as Batch | undefined;
      this.waiting = undefined;
      this.begunAt = performance.now();
      if (batch !== undefined) await this.write([...batch.moves.values()], batch.streamCreated);
    }
    this.isWorking = false;
  }

  private async write(moves: CursorMove[], streamCreated: string): Promise<void> {
    try {
      const moved = await this.move(moves, streamCreated);
      if (moved < moves.length) throw new Error('A bucket is published by somebody else.');
    } catch (error) {
      this.failed(error);
    }
  }
}

function joined(earlier: CursorMove, later: CursorMove): CursorMove {
  const furthest = later.sequence > earlier.sequence ? later : earlier;
  const { sequence, eventId } = furthest;
  return { ...later, before: earlier.before, sequence, eventId };
}

import { CursorMoves } from './cursor-moves.js';
import type { CursorMove } from './relay-cursors.js';

const fence = { owner: 'me', key: 'partition/00', epoch: 1 };

function move(before: number, after: number, sequence = after, bucket = 0): CursorMove {
  const eventId = `event-${sequence}`;
  return { tenantId: 'tenant', bucket, before, after, sequence, eventId, fence };
}

/** The first statement is held until it is let go. */
function held({ moved = (moves: CursorMove[]) => moves.length } = {}) {
  const statements: CursorMove[][] = [];
  const failures: string[] = [];
  let letGo = (): void => undefined;
  const first = new Promise<void>((resolve) => (letGo = resolve));
  const moves = new CursorMoves(
    async (own) => {
      if (statements.push(own) === 1) await first;
      return moved(own);
    },
    (error) => failures.push(String(error)),
  );
  return { moves, statements, failures, letGo };
}

describe('Moves of cursors', () => {
  it('join while one is being written: from where the first began to where the last ended', async () => {
    const { moves, statements, letGo } = held();
    moves.add([move(0, 5)], 'stream');
    moves.add([move(5, 7), move(0, 1, 30, 1)], 'stream');
    moves.add([move(7, 9, 6)], 'stream');
    letGo();
    await moves.settled();
    expect(statements).toEqual([
      [move(0, 5)],
      // The last event was stored before: the one that went furthest stays the mark.
      [{ ...move(5, 9), sequence: 7, eventId: 'event-7' }, move(0, 1, 30, 1)],
    ]);
  });

  it('that are void are not written', async () => {
    const { moves, statements, letGo } = held();
    moves.add([move(0, 5)], 'stream');
    moves.add([move(5, 7)], 'stream');
    moves.forget();
    letGo();
    await moves.settled();
    expect(statements).toEqual([[move(0, 5)]]);
  });

  it('tell when a bucket is not ours any more', async () => {
    const { moves, failures, letGo } = held({ moved: () => 0 });
    moves.add([move(0, 5)], 'stream');
    letGo();
    await moves.settled();
    expect(failures).toEqual(['Error: A bucket is published by somebody else.']);
  });
});

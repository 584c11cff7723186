import type { Broken, HistoryEvent, Log, TriesOfAction } from './log.js';

const ends = new Set([
  'AttemptAccepted',
  'AttemptRejected',
  'AttemptConfirmed',
  'AttemptAbsent',
  'AttemptUndecided',
  'AttemptReleased',
]);

/** I10: no action is tried again before its last try is settled, and at the end none is left open. */
export function triesSettled({ tries = [] }: Log): Broken[] {
  return tries.flatMap(settled);
}

function settled({ actionId, events }: TriesOfAction): Broken[] {
  let open: HistoryEvent | undefined;
  const early = events.flatMap((event) => {
    const before = open;
    open = ends.has(event.type) ? undefined : event;
    if (event.type !== 'AttemptReserved' || before === undefined) return [];
    return [i10(`${actionId} was tried again at ${event.at}, still ${before.type}`)];
  });
  return open === undefined ? early : [...early, i10(`${actionId} is left with ${open.type}`)];
}

function i10(found: string): Broken {
  return { promise: 'I10', found };
}

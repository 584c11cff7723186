import { minuteMs, plus, type Instant } from '@overture/kernel';
import { decideHeld } from './decide-attempt.js';
import { performAction } from './perform-action.js';
import type { HeldAttempt } from './ports.js';
import { readBack } from './read-back.js';
import type { SenderDeps } from './sender-deps.js';
import { untilRecorded } from './until-recorded.js';

const retryAfterMs = minuteMs;

/** Takes what is due, as far as there is room, and says when the next will be. */
export function takeDue(
  { database, attempts, clock }: SenderDeps,
  room: number,
): Promise<{ taken: HeldAttempt[]; nextDueAt: Instant | undefined }> {
  return database.worker(async (tx) => {
    const now = clock.now();
    await attempts.freeGone(tx);
    const taken = room > 0 ? await attempts.takeDue(tx, now, room) : [];
    return { taken, nextDueAt: await attempts.nextDueAfter(tx, now) };
  });
}

/** Does the next thing for one attempt. */
export async function workOn(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  switch (held.status) {
    case 'reserved':
      return performAction(deps, held);
    case 'unknown':
      return readBack(deps, held);
    case 'started':
      return takeOver(deps, held);
  }
}

/** Lets go of an attempt whose work failed: whoever takes it next sees how far it came. */
export function putBack(
  { database, attempts, clock }: SenderDeps,
  held: HeldAttempt,
): Promise<void> {
  const until = plus(clock.now(), retryAfterMs);
  return untilRecorded(() =>
    database.tenant(held.tenantId, (tx) => attempts.postpone(tx, held, until)),
  );
}

// Started, and nobody held it: its owner is gone, after it may have called.
async function takeOver(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const data = { epoch: held.attempt.epoch, at: deps.clock.now() };
  await decideHeld(deps, held, { type: 'TakeOverAttempt', data });
}

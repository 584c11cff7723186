import { hourMs, plus } from '@overture/kernel';
import { decideHeld } from './decide-attempt.js';
import type { JobKind } from './jobs.js';
import type { HeldAttempt } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

// A browser that polls comes every few minutes. What nobody fetches goes back, so that hours and caps are asked anew.
const offeredForMs = hourMs;
const retryAfterMs = hourMs;

export function isJobKind(kind: string): kind is JobKind {
  return kind === 'connect' || kind === 'message' || kind === 'comment';
}

/** Lays the claim out for the customer's browser, or takes back what no browser fetched. */
export async function offerJob(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const { tenantId, attempt } = held;
  const now = deps.clock.now();
  const known = await deps.database.tenant(tenantId, (tx) =>
    deps.jobs.find(tx, tenantId, attempt.actionId),
  );
  const stale = known?.epoch === attempt.epoch && known.expiresAt <= now;
  if (stale) return takeBack(deps, held);
  const times = { approvedAt: now, expiresAt: plus(now, offeredForMs) };
  await deps.database.tenant(tenantId, async (tx) => {
    if (!(await deps.attempts.holds(tx, held))) return;
    await deps.jobs.offer(tx, held, times);
    await deps.attempts.postpone(tx, held, times.expiresAt);
  });
}

async function takeBack(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const { tenantId, attempt } = held;
  const at = deps.clock.now();
  const cause = 'companion/no-browser';
  const data = { epoch: attempt.epoch, cause, retryAt: plus(at, retryAfterMs), at };
  await decideHeld(
    deps,
    held,
    { type: 'ReleaseAttempt', data },
    { before: (tx) => deps.jobs.expire(tx, tenantId, attempt.actionId) },
  );
}

import { dayMs, minuteMs, msBetween, plus, type Instant } from '@overture/kernel';
import { decideHeld } from './decide-attempt.js';
import type { HeldAttempt, LookBack } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

const blindRetryMs = 30 * minuteMs;
// Whoever cannot read an account for this long asks a person.
const undecidedAfterMs = 3 * dayMs;

/** One look for the effect of an unclear call. Never sends (P4, I10). */
export async function readBack(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const startedAt = held.startedAt ?? deps.clock.now();
  const found = await look(deps, held, startedAt);
  switch (found.kind) {
    case 'found':
      await confirm(deps, held, found.effectAt);
      return;
    case 'not_found':
      await countLook(deps, held);
      return;
    case 'blind':
      await afterBlindLook(deps, held, { detail: found.detail, startedAt });
  }
}

async function look(deps: SenderDeps, held: HeldAttempt, since: Instant): Promise<LookBack> {
  // A visit leaves nothing to read. It is not repeated, and nothing after it depends on it: it counts as made.
  if (held.attempt.kind === 'visit') return { kind: 'found', effectAt: since };
  const { provider, accountRef, threadUrl, ready, notReadyCause } =
    await deps.sync.beforeSend(held);
  if (!ready) return { kind: 'blind', detail: notReadyCause };
  // Only the customer's own browser sees that account; its late result or a person settles this.
  if (provider === 'companion') return { kind: 'blind', detail: 'No result from the browser.' };
  return deps.linkedIn.lookBack({ ...held, accountRef, since, thread: held.thread || threadUrl });
}

async function confirm(deps: SenderDeps, held: HeldAttempt, effectAt: Instant): Promise<void> {
  const data = { epoch: held.attempt.epoch, effectAt, at: deps.clock.now() };
  await decideHeld(deps, held, { type: 'ConfirmAttempt', data });
}

async function countLook(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const at = deps.clock.now();
  const readBacksAt = [...held.readBacksAt, at];
  const looked = { ...held, readBacksAt };
  const data = { epoch: held.attempt.epoch, readBacksAt, at };
  await decideHeld(
    deps,
    looked,
    { type: 'FindAbsent', data },
    {
      before: (tx) => deps.attempts.addReadBack(tx, held, at),
    },
  );
}

async function afterBlindLook(
  deps: SenderDeps,
  held: HeldAttempt,
  { detail, startedAt }: { detail: string; startedAt: Instant },
): Promise<void> {
  const at = deps.clock.now();
  if (msBetween(startedAt, at) >= undecidedAfterMs) {
    const data = { epoch: held.attempt.epoch, detail, at };
    await decideHeld(deps, held, { type: 'LeaveUndecided', data });
    return;
  }
  await deps.database.tenant(held.tenantId, (tx) =>
    deps.attempts.postpone(tx, held, plus(at, blindRetryMs)),
  );
}

import { plus, type Instant } from '@overture/kernel';
import type { AttemptCommand } from '@overture/domain-sender';
import { authorise, lookFirst, release, retryAfterMs, type Cleared } from './clear-to-send.js';
import { decideHeld } from './decide-attempt.js';
import { isJobKind, offerJob } from './offer-job.js';
import { untilRecorded } from './until-recorded.js';
import type { CallResult, HeldAttempt } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

/**
 * A reserved attempt, from the look before the send to its recorded outcome: sync, authorise, write down that the
 * call begins, call once, record. Whatever stands against it before the call releases the claim.
 */
export async function performAction(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const look = await lookFirst(deps, held);
  if ('cause' in look) return release(deps, held, look);
  const byBrowser = look.provider === 'companion';
  if (byBrowser && isJobKind(held.attempt.kind)) return offerJob(deps, held);
  const cleared = await authorise(deps, held, look);
  if ('cause' in cleared) return release(deps, held, cleared);
  if (!(await start(deps, held, cleared))) return;
  const result = byBrowser ? notSupported : await call(deps, held, cleared);
  await untilRecorded(() => decideHeld(deps, held, outcomeOf(held, result, deps.clock.now())));
}

const notSupported: CallResult = {
  kind: 'rejected',
  label: 'NOT_SUPPORTED',
  detail: 'A browser companion connects, messages and comments; nothing else (S3-03).',
};

function call(
  deps: SenderDeps,
  { tenantId, attempt }: HeldAttempt,
  { look: { accountRef }, action }: Cleared,
): Promise<CallResult> {
  return deps.linkedIn.perform({ tenantId, attempt, accountRef, action });
}

/** The last write before the call; only who gets the event back may call (I1). */
async function start(
  deps: SenderDeps,
  held: HeldAttempt,
  { look, action }: Cleared,
): Promise<boolean> {
  const { person, textSha256, thread } = deps.linkedIn.traceOf(held.tenantId, action);
  const trace = { person, textSha256, thread: thread || look.threadUrl };
  const data = { epoch: held.attempt.epoch, textSha256, at: deps.clock.now() };
  const events = await decideHeld(
    deps,
    held,
    { type: 'StartAttempt', data },
    { keepHold: true, before: (tx) => deps.attempts.trace(tx, held, trace) },
  );
  return events !== undefined && events.length > 0;
}

function outcomeOf(
  { attempt: { epoch } }: HeldAttempt,
  result: CallResult,
  at: Instant,
): AttemptCommand {
  switch (result.kind) {
    case 'accepted': {
      const { kind: _, ...effect } = result;
      return { type: 'AcceptAttempt', data: { epoch, ...effect, at } };
    }
    case 'rejected':
      return rejection(epoch, result, at);
    case 'unknown':
      return { type: 'LoseAttempt', data: { epoch, detail: result.detail, at } };
    case 'not_sent':
      return {
        type: 'ReleaseAttempt',
        data: { epoch, cause: 'not_sent', retryAt: plus(at, retryAfterMs), at },
      };
  }
}

/** An expired login concerns the identity, not this action: the claim goes back and waits for the gate (S4-34). */
export function rejection(
  epoch: number,
  {
    label,
    detail,
    postponedUntil,
  }: { label: string; detail: string; postponedUntil?: Instant | undefined },
  at: Instant,
): AttemptCommand {
  if (label === 'AUTH_EXPIRED') {
    return { type: 'ReleaseAttempt', data: { epoch, cause: 'auth_expired', at } };
  }
  const data = { epoch, label, detail, at, ...(postponedUntil && { postponedUntil }) };
  return { type: 'RejectAttempt', data };
}

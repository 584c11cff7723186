import { DomainError, minuteMs, plus, TransientError, type Instant } from '@overture/kernel';
import type { AttemptCommand } from '@overture/domain-sender';
import { decideHeld } from './decide-attempt.js';
import { untilRecorded } from './until-recorded.js';
import type { AuthorisedAction, CallResult, ConversationLook, HeldAttempt } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

const retryAfterMs = 2 * minuteMs;

/**
 * A reserved attempt, from the look before the send to its recorded outcome: sync, authorise, write down that the
 * call begins, call once, record. Whatever stands against it before the call releases the claim.
 */
export async function performAction(deps: SenderDeps, held: HeldAttempt): Promise<void> {
  const cleared = await clearToSend(deps, held);
  if ('cause' in cleared) return release(deps, held, cleared);
  if (!(await start(deps, held, cleared))) return;
  const result = await deps.linkedIn.perform({
    tenantId: held.tenantId,
    attempt: held.attempt,
    accountRef: cleared.look.accountRef,
    action: cleared.action,
  });
  await untilRecorded(() => decideHeld(deps, held, outcomeOf(held, result, deps.clock.now())));
}

interface Cleared {
  readonly look: ConversationLook;
  readonly action: AuthorisedAction;
}

interface Refused {
  readonly cause: string;
  readonly retryAt?: Instant;
}

async function clearToSend(deps: SenderDeps, held: HeldAttempt): Promise<Cleared | Refused> {
  try {
    const look = await deps.sync.beforeSend(held);
    // What is seen here stops everything: the reply is already a fact on its way to the campaign (S4-52).
    if (look.replied) return { cause: 'reply_seen' };
    if (!look.ready) return { cause: look.notReadyCause, retryAt: soon(deps) };
    return { look, action: await deps.campaign.intend(held, look) };
  } catch (error) {
    if (error instanceof DomainError) return { cause: error.code };
    // No answer, no send. The claim goes back and comes again.
    if (error instanceof TransientError) return { cause: 'no_answer', retryAt: soon(deps) };
    throw error;
  }
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

async function release(
  deps: SenderDeps,
  held: HeldAttempt,
  { cause, retryAt }: Refused,
): Promise<void> {
  const data = {
    epoch: held.attempt.epoch,
    cause,
    at: deps.clock.now(),
    ...(retryAt && { retryAt }),
  };
  await decideHeld(deps, held, { type: 'ReleaseAttempt', data });
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

// An expired login concerns the identity, not this action: the claim goes back and waits for the gate (S4-34).
function rejection(
  epoch: number,
  { label, detail, postponedUntil }: Extract<CallResult, { kind: 'rejected' }>,
  at: Instant,
): AttemptCommand {
  if (label === 'AUTH_EXPIRED') {
    return { type: 'ReleaseAttempt', data: { epoch, cause: 'auth_expired', at } };
  }
  const data = { epoch, label, detail, at, ...(postponedUntil && { postponedUntil }) };
  return { type: 'RejectAttempt', data };
}

function soon({ clock }: SenderDeps): Instant {
  return plus(clock.now(), retryAfterMs);
}

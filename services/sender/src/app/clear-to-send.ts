import {
  DomainError,
  instant,
  minuteMs,
  plus,
  TransientError,
  type Instant,
} from '@overture/kernel';
import { decideHeld } from './decide-attempt.js';
import type { AuthorisedAction, ConversationLook, HeldAttempt } from './ports.js';
import type { SenderDeps } from './sender-deps.js';

export const retryAfterMs = 2 * minuteMs;

/** Why nothing is sent now, and when to ask again. */
export interface Refused {
  readonly cause: string;
  readonly retryAt?: Instant;
}

export interface Cleared {
  readonly look: ConversationLook;
  readonly action: AuthorisedAction;
}

/** The look into the conversation in the second before a send (S4-52). */
export function lookFirst(
  deps: SenderDeps,
  held: HeldAttempt,
): Promise<ConversationLook | Refused> {
  return unlessRefused(deps, async () => {
    const look = await deps.sync.beforeSend(held);
    // What is seen here stops everything: the reply is already a fact on its way to the campaign (S4-52).
    if (look.replied) return { cause: 'reply_seen' };
    return look.ready ? look : { cause: look.notReadyCause, retryAt: soon(deps) };
  });
}

/** The campaign's last word. */
export function authorise(
  deps: SenderDeps,
  held: HeldAttempt,
  look: ConversationLook,
): Promise<Cleared | Refused> {
  return unlessRefused(deps, async () => ({
    look,
    action: await deps.campaign.intend(held, look),
  }));
}

/** Gives the claim back: nothing was sent. */
export async function release(
  deps: SenderDeps,
  held: HeldAttempt,
  { cause, retryAt }: Refused,
): Promise<void> {
  const at = deps.clock.now();
  const data = { epoch: held.attempt.epoch, cause, at, ...(retryAt && { retryAt }) };
  await decideHeld(deps, held, { type: 'ReleaseAttempt', data });
}

async function unlessRefused<T>(deps: SenderDeps, ask: () => Promise<T>): Promise<T | Refused> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DomainError) return { cause: error.code, ...retryAt(error) };
    // No answer, no send. The claim goes back and comes again.
    if (error instanceof TransientError) return { cause: 'no_answer', retryAt: soon(deps) };
    throw error;
  }
}

// A rule that says until when it says no is not asked before.
function retryAt({ values: { until } }: DomainError): Pick<Refused, 'retryAt'> {
  return typeof until === 'string' ? { retryAt: instant(until) } : {};
}

function soon({ clock }: SenderDeps): Instant {
  return plus(clock.now(), retryAfterMs);
}

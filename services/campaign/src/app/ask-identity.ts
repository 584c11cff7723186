import { minuteMs, NotFoundError, plus, TransientError, type Instant } from '@overture/kernel';
import type { Ports } from './ports.js';
import type { Scope } from './scope.js';

/** What every answer of an identity that looks something up may be instead. */
export interface Waits {
  readonly outcome: 'wait';
  readonly cause: string;
  readonly nextAt: Instant;
}
export interface Refuses {
  readonly outcome: 'refused';
  readonly cause: string;
}

const tryAgainAfterMs = 5 * minuteMs;
const askAgainAfterMs = minuteMs;

/** Asks, outside any transaction; that nobody answers is an answer, too. */
export async function askIdentity<Answer>(
  { clock }: Pick<Ports, 'clock'>,
  ask: () => Promise<Answer>,
): Promise<Answer | Waits | Refuses> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotFoundError) return { outcome: 'refused', cause: 'identity' };
    if (!(error instanceof TransientError)) throw error;
    return { outcome: 'wait', cause: 'provider', nextAt: plus(clock.now(), tryAgainAfterMs) };
  }
}

const untilTold: ReadonlySet<string> = new Set(['login', 'identity_paused']);

/**
 * Whoever waits for a login or a resumed identity is told when it comes. It may have come before this was written down: the
 * gates are held, so that it comes after, or is seen here.
 */
export async function askAgainAt(
  { gates, clock }: Pick<Ports, 'gates' | 'clock'>,
  scope: Scope,
  identityId: string,
  { cause, nextAt }: Waits,
): Promise<Instant> {
  if (!untilTold.has(cause)) return nextAt;
  const held = await gates.hold(scope, [
    { kind: 'identity', gateId: identityId },
    { kind: 'login', gateId: identityId },
  ]);
  return held.every(({ open }) => open) ? plus(clock.now(), askAgainAfterMs) : nextAt;
}

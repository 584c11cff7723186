import { dayMs, plus, type Instant } from '@overture/kernel';
import type { Fault } from '../store/faults.sql.js';
import type { Identity } from '../store/identities.sql.js';
import { limitReached, refusal, type Answer } from './answer.js';
import type { Scene } from './call.js';
import { expire, restrict } from './login.js';

/** What goes wrong between an answer and the caller: the transport acts it out once all is committed. */
export type Mishap = { readonly kind: 'delay'; readonly ms: number } | { readonly kind: Loss };
type Loss = 'error' | 'timeout' | 'reset' | 'malformed';

export interface LiveAnswer {
  readonly answer: Answer;
  readonly mishap?: Mishap;
}

const delayMsDefault = 1_000;
const retryAfterSecondsDefault = 30;

/** The answer of a fault that keeps the action from happening; nothing for one that comes after it. */
export async function failBefore(
  scene: Scene,
  identity: Identity,
  { kind, details }: Fault,
): Promise<LiveAnswer | undefined> {
  switch (kind) {
    case 'limit': {
      const until = (details.postponedUntil ?? plus(scene.now, dayMs)) as Instant;
      return { answer: limitReached(until) };
    }
    case 'throttle': {
      const retryAfterSeconds = details.retryAfterSeconds ?? retryAfterSecondsDefault;
      return { answer: { ...refusal(429, 'STATUS_429'), retryAfterSeconds } };
    }
    case 'restrict':
      await restrict(scene, identity);
      return { answer: refusal(424, 'INTEGRATION_ERROR') };
    case 'expire-login':
      await expire(scene, identity);
      return { answer: refusal(424, 'AUTH_EXPIRED') };
    case 'error-before':
    case 'timeout-before':
    case 'reset-before':
      return { answer: internalError(), mishap: lossOf(kind) };
    default:
      return undefined;
  }
}

export function mishapAfter({ kind, details }: Fault): Mishap {
  return kind === 'delay' ? { kind, ms: details.ms ?? delayMsDefault } : lossOf(kind);
}

export function internalError(): Answer {
  return refusal(500, 'GENERIC_ERROR');
}

function lossOf(kind: Fault['kind']): Mishap {
  return { kind: kind.split('-')[0] as Loss };
}

import {
  dayMs,
  hourMs,
  minuteMs,
  msBetween,
  plus,
  secondMs,
  seededFraction,
  type Instant,
} from '@overture/kernel';
import type { Answer, HeldDelivery, Verdict } from './ports.js';

/** Standard Webhooks' advice: ten tries over three days, then the delivery is failed and can be replayed. */
export const retryAfterMs = [
  5 * secondMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
] as const;

const disableAfterMs = 5 * dayMs;
const jitterShareMax = 0.1;
const breakerFailures = 5;
const breakerOpenMs = 30 * secondMs;
const breakerOpenMsMax = 10 * minuteMs;
const retryAfterHeaderMsMax = hourMs;
const slowDown = new Set([429, 502, 503, 504]);

/** What follows from an answer for this delivery. Jitter is only ever added. */
export function verdictOf(delivery: HeldDelivery, answer: Answer, now: Instant): Verdict {
  if (answer.errorClass === '') return { kind: 'delivered' };
  const wait = retryAfterMs[delivery.attempts];
  if (wait === undefined || answer.statusCode === 410) return { kind: 'failed' };
  const jitter = seededFraction(`${delivery.eventId}#${delivery.attempts}`) * jitterShareMax;
  const asked = Math.min(answer.retryAfterMs ?? 0, retryAfterHeaderMsMax);
  return { kind: 'retry', at: plus(now, Math.max(asked, Math.round(wait * (1 + jitter)))) };
}

/** How long nothing at all is sent to an endpoint after its n-th failure in a row; 0: go on. */
export function breakerMs(failures: number, answer: Answer): number {
  const asked = slowDown.has(answer.statusCode)
    ? Math.min(answer.retryAfterMs ?? 0, retryAfterHeaderMsMax)
    : 0;
  if (failures < breakerFailures) return asked;
  const opened = breakerOpenMs * 2 ** (failures - breakerFailures);
  return Math.max(asked, Math.min(opened, breakerOpenMsMax));
}

/** True when nothing got through for so long that the endpoint is switched off. */
export function isHopeless(failingSince: Instant | null, now: Instant): boolean {
  return failingSince !== null && msBetween(failingSince, now) >= disableAfterMs;
}

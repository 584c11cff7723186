import { instant, minuteMs, plus, type Instant } from '@overture/kernel';
import { specification } from '@overture/testing/decider';
import type { AttemptCommand } from '../src/attempt/commands.js';
import { attempt as decider } from '../src/attempt/decide.js';
import type { AttemptEvent, AttemptRef } from '../src/attempt/events.js';

// One action, its claims, and what is said and known of them.

export const { given } = specification(decider);

export const start = instant('2026-03-02T09:00:00Z');
export const later = (minutes: number): Instant => plus(start, minutes * minuteMs);
export const enrollment = {
  enrollmentId: 'e-1',
  campaignId: 'c-1',
  leadId: 'l-1',
  identityId: 'i-1',
};
export const claim = (epoch: number): AttemptRef => {
  return { enrollment, actionId: 'e-1.0.0', epoch, kind: 'message' };
};

export const attempt = claim(1);
export const reserve = (epoch = 1): AttemptCommand => {
  return { type: 'ReserveAttempt', data: { attempt: claim(epoch), at: start } };
};
export const say = (type: AttemptCommand['type'], over: object = {}): AttemptCommand =>
  ({ type, data: { epoch: 1, at: start, ...over } }) as unknown as AttemptCommand;
export const fact = (type: AttemptEvent['type'], over: object = {}): AttemptEvent =>
  ({ type, data: { attempt, at: start, ...over } }) as unknown as AttemptEvent;

export const reserved = fact('AttemptReserved');
export const started = fact('AttemptStarted', { textSha256: 'abc' });
export const unknown = fact('AttemptUnknown', { detail: 'time-out' });
export const limited = fact('AttemptRejected', { label: 'LIMIT_REACHED', detail: '' });
export const refused = fact('AttemptRejected', { label: 'INVALID_INPUT', detail: '' });
export const released = fact('AttemptReleased', { cause: 'gate/closed' });
export const looks = [later(2), later(12)];
export const absent = fact('AttemptAbsent', { readBacksAt: looks });
export const confirmed = fact('AttemptConfirmed', { effectAt: later(1) });
export const undecided = fact('AttemptUndecided', { detail: 'two alike' });

import { instant, plus, type Instant } from '@overture/kernel';
import {
  defaultLimits,
  defaultSchedule,
  verdict,
  type ActionToGo,
  type Facts,
  type RuleName,
  type Schedule,
} from '../src/index.js';

/** A Monday, in working hours of UTC. */
export const now = instant('2026-03-02T12:00:00Z');
export const ago = (ms: number): Instant => plus(now, -ms);

export const message: ActionToGo = {
  kind: 'message',
  notBefore: now,
  zone: '',
  firstTouch: false,
};
export const invitation: ActionToGo = { ...message, kind: 'connect' };

export const always: Schedule = {
  windows: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', until: '24:00' }],
  fallbackZone: 'Etc/UTC',
  daysOff: [],
};

const open = { open: true };

export function facts(over: Partial<Facts> = {}): Facts {
  return {
    gates: { workspace: open, campaign: open, identity: open },
    schedule: defaultSchedule,
    identityId: 'i-1',
    limits: defaultLimits,
    usage: { last24h: { used: 0 }, last7d: { used: 0 } },
    ...over,
  };
}

/** The rule that says no and until when, or `go`. */
export function answerTo(
  given: Facts,
  action: ActionToGo = message,
  at: Instant = now,
): readonly [RuleName, string | undefined] | 'go' {
  const answer = verdict(action, given, at);
  return answer.go ? 'go' : [answer.because, answer.until];
}

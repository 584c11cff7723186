import { dayMs, toMs } from '@overture/kernel';
import { isOpen, zoneFor, type ActionKind, type Cap } from '@overture/policy';
import {
  describeEffect,
  effectsOf,
  enrollmentOf,
  pairOf,
  type Broken,
  type Effect,
  type Log,
} from './log.js';

/** I3: in any 24 hours and any 7 days an account stays within its caps. */
export function withinCaps(log: Log): Broken[] {
  const byAccountAndKind = new Map<string, Effect[]>();
  for (const effect of effectsOf(log)) {
    const key = `${effect.account} ${effect.kind}`;
    byAccountAndKind.set(key, [...(byAccountAndKind.get(key) ?? []), effect]);
  }
  const { caps } = log.rules.limits;
  return [...byAccountAndKind.values()].flatMap((effects) => {
    const { kind } = effects[0] as Effect;
    return boundsOf(caps[kind]).flatMap((bound) => beyond(effects, kind, bound));
  });
}

interface Bound {
  readonly cap: number;
  readonly windowMs: number;
}

function boundsOf({ per24h, per7d }: Cap): Bound[] {
  const daily = { cap: per24h, windowMs: dayMs };
  return per7d === undefined ? [daily] : [daily, { cap: per7d, windowMs: 7 * dayMs }];
}

/** Wherever a window begins, the cap-th effect after it must be outside. */
function beyond(effects: readonly Effect[], kind: ActionKind, { cap, windowMs }: Bound): Broken[] {
  const sorted = effects.toSorted((a, b) => toMs(a.at) - toMs(b.at));
  return sorted.flatMap((first, index) => {
    const beyondCap = sorted[index + cap];
    if (beyondCap === undefined || toMs(beyondCap.at) - toMs(first.at) >= windowMs) return [];
    const found = `more than ${cap} of ${kind} by ${first.account} from ${first.at} to ${beyondCap.at}`;
    return [{ promise: 'I3', found }];
  });
}

/** I4: nothing happens outside the working hours of the campaign in the lead's zone. */
export function withinHours(log: Log): Broken[] {
  const histories = new Map(log.histories.map((history) => [history.enrollmentId, history]));
  return effectsOf(log).flatMap((effect) => {
    const history = histories.get(enrollmentOf(effect.actionId));
    if (history === undefined) return [];
    const zone = zoneFor(history.zone, history.schedule);
    if (isOpen(history.schedule, zone, effect.at)) return [];
    return [{ promise: 'I4', found: `${describeEffect(effect)}, outside hours in ${zone}` }];
  });
}

/** I6: only the connected get messages, only the others invitations. */
export function asRelated(log: Log): Broken[] {
  const connected = new Set(log.connectedBefore);
  const invited = new Set<string>();
  return log.happenings.flatMap((each) => {
    const pair = pairOf(each);
    const wrong = isWrong(each.kind, {
      connected: connected.has(pair),
      invited: invited.has(pair),
    });
    if (each.kind === 'accept') connected.add(pair);
    if (each.kind === 'connect') invited.add(pair);
    if (each.kind === 'withdraw') invited.delete(pair);
    return wrong ? [{ promise: 'I6', found: describeEffect(each as Effect) }] : [];
  });
}

function isWrong(kind: string, { connected, invited }: { connected: boolean; invited: boolean }) {
  if (kind === 'message') return !connected;
  return kind === 'connect' && (connected || invited);
}

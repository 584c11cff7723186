import { dayMs, toMs } from '@overture/kernel';
import {
  isDayOff,
  isOpen,
  zoneFor,
  type Cap,
  type RegionDays,
  type Schedule,
} from '@overture/policy';
import {
  describeEffect,
  effectsOf,
  enrollmentOf,
  pairOf,
  type Broken,
  type Effect,
  type Log,
} from './log.js';

/** I3: in any 24 hours and any 7 days an account stays within its caps, as they were at the end of them. */
export function withinCaps(log: Log): Broken[] {
  const byAccountAndKind = new Map<string, Effect[]>();
  for (const effect of effectsOf(log)) {
    const key = `${effect.account} ${effect.kind}`;
    byAccountAndKind.set(key, [...(byAccountAndKind.get(key) ?? []), effect]);
  }
  return [...byAccountAndKind.values()].flatMap((effects) => {
    const sorted = effects.toSorted((a, b) => toMs(a.at) - toMs(b.at));
    return sorted.flatMap((last, index) =>
      boundsOf(capAt(log, last)).flatMap(({ cap, windowMs }) =>
        beyond(last, { first: sorted[index - cap], cap, windowMs }),
      ),
    );
  });
}

interface Bound {
  readonly cap: number;
  readonly windowMs: number;
}

function capAt({ rules, accounts }: Log, { account, kind, at }: Effect): Cap {
  const { caps } = accounts?.get(account)?.limitsAt?.(at) ?? rules.limits;
  return caps[kind];
}

function boundsOf({ per24h, per7d }: Cap): Bound[] {
  const daily = { cap: per24h, windowMs: dayMs };
  return per7d === undefined ? [daily] : [daily, { cap: per7d, windowMs: 7 * dayMs }];
}

/** Wherever a window ends, the effect that is one too many must be outside. */
function beyond(
  last: Effect,
  { first, cap, windowMs }: Bound & { readonly first: Effect | undefined },
): Broken[] {
  if (first === undefined || toMs(last.at) - toMs(first.at) >= windowMs) return [];
  const found = `more than ${cap} of ${last.kind} by ${last.account} from ${first.at} to ${last.at}`;
  return [{ promise: 'I3', found }];
}

/** I4: nothing happens outside the hours of the lead's and the account's calendar, or on a day off of either. */
export function withinHours(log: Log): Broken[] {
  const histories = new Map(log.histories.map((history) => [history.enrollmentId, history]));
  return effectsOf(log).flatMap((effect) => {
    const history = histories.get(enrollmentOf(effect.actionId));
    const account = log.accounts?.get(effect.account);
    const calendars = [
      ...(history ? [{ ...history, zone: zoneFor(history.zone, history.schedule) }] : []),
      ...(account ? [{ ...account, schedule: account.hours }] : []),
    ];
    return calendars.flatMap((calendar) => outside(effect, calendar));
  });
}

interface Calendar {
  readonly zone: string;
  readonly schedule?: Schedule | undefined;
  readonly daysOff?: RegionDays | undefined;
}

function outside(effect: Effect, { zone, schedule, daysOff }: Calendar): Broken[] {
  const found = [
    ...(schedule === undefined || isOpen(schedule, zone, effect.at) ? [] : ['outside hours']),
    ...(daysOff === undefined || !isDayOff(daysOff, zone, effect.at) ? [] : ['on a day off']),
  ];
  return found.map((how) => {
    return { promise: 'I4', found: `${describeEffect(effect)}, ${how} in ${zone}` };
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

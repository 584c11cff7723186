import { dayMs, plus, type Instant } from '@overture/kernel';
import {
  policyVersion,
  verdict,
  type ActionToGo,
  type EffectiveLimits,
  type Facts,
  type Note,
  type RegionDays,
  type Schedule,
  type Verdict,
} from '@overture/policy';
import type { Claim } from './decide-visit.js';

/** A claim's decision as the log keeps it: enough to take it again, and nothing that could not have mattered. */
export interface RecordedDecision {
  /** The version of each rule, in the order asked. All of them said yes. */
  readonly policy: string;
  readonly action: ActionToGo;
  readonly facts: RecordedFacts;
  readonly note?: Note;
}

/** Without what the event says anyway, and without the gates, which were all open. */
type RecordedFacts = Omit<Facts, 'gates' | 'identityId' | 'limits'> & {
  readonly limits: RecordedLimits;
};

/** Of the limits those the action was held to, without where they come from: name and version tell. */
type RecordedLimits = Pick<EffectiveLimits, 'name' | 'version' | 'gapMs'> &
  Partial<Omit<EffectiveLimits, 'source' | 'caps' | 'kindGapMs'>> & {
    readonly caps: Partial<EffectiveLimits['caps']>;
    readonly kindGapMs: Partial<EffectiveLimits['kindGapMs']>;
  };

export function recordDecision(claim: Claim, at: Instant): RecordedDecision {
  const { action, facts, verdict: answer } = claim;
  const { gates: _, identityId: _id, schedule, limits, ...same } = facts;
  const { identityHours, holidays } = facts;
  return {
    policy: policyVersion,
    action,
    facts: {
      ...same,
      schedule: scheduleAround(schedule, at),
      limits: limitsOf(limits, action),
      ...(identityHours && { identityHours: scheduleAround(identityHours, at) }),
      ...(holidays && { holidays: holidaysAround(holidays, at) }),
    },
    ...(answer.note && { note: answer.note }),
  };
}

/** Takes the decision again, by the rules of today. */
export function decideAgain(
  { action, facts }: RecordedDecision,
  { identityId, at }: { readonly identityId: string; readonly at: Instant },
): Verdict {
  const gates = { workspace: open, campaign: open, identity: open };
  return verdict(action, { ...facts, gates, identityId } as unknown as Facts, at);
}

const open = { open: true } as const;

const recordedLimits = new WeakMap<EffectiveLimits, Map<string, RecordedLimits>>();

// Few of them differ, and each claim names one.
function limitsOf(limits: EffectiveLimits, { kind, firstTouch }: ActionToGo): RecordedLimits {
  const known = recordedLimits.get(limits) ?? new Map<string, RecordedLimits>();
  recordedLimits.set(limits, known);
  const key = `${kind} ${firstTouch}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const recorded = {
    name: limits.name,
    version: limits.version,
    gapMs: limits.gapMs,
    caps: { [kind]: limits.caps[kind] },
    kindGapMs: { [kind]: limits.kindGapMs[kind] },
    ...(limits.ramp && { ramp: limits.ramp }),
    ...(firstTouch && ofFirstTouch(limits)),
    ...(kind === 'connect' && ofInvitations(limits)),
  };
  known.set(key, recorded);
  return recorded;
}

function ofFirstTouch({ firstTouchGapMs, firstTouchJitterMs: jitter }: EffectiveLimits) {
  return { firstTouchGapMs, ...(jitter !== undefined && { firstTouchJitterMs: jitter }) };
}

function ofInvitations({ notesPerMonth, pendingInvitationsMax }: EffectiveLimits) {
  return {
    ...(notesPerMonth !== undefined && { notesPerMonth }),
    ...(pendingInvitationsMax !== undefined && { pendingInvitationsMax }),
  };
}

// A window may have opened the day before, and the day is another one where the lead is.
const aroundMs = 2 * dayMs;

function daysAround(days: readonly string[], at: Instant): string[] {
  const [from, until] = [plus(at, -aroundMs).slice(0, 10), plus(at, aroundMs).slice(0, 10)];
  return days.filter((day) => day >= from && day <= until);
}

const scheduleAround = onceADay((schedule: Schedule, at): Schedule => ({
  ...schedule,
  daysOff: daysAround(schedule.daysOff, at),
}));
const regionAround = onceADay((region: RegionDays, at): RegionDays => ({
  ...region,
  days: daysAround(region.days, at),
}));

function holidaysAround(
  { lead, identity }: NonNullable<Facts['holidays']>,
  at: Instant,
): NonNullable<Facts['holidays']> {
  return {
    ...(lead && { lead: regionAround(lead, at) }),
    ...(identity && { identity: regionAround(identity, at) }),
  };
}

/** Remembers what was worked out about an object for the day of the last instant asked about. */
function onceADay<Thing extends object>(
  workOut: (thing: Thing, at: Instant) => Thing,
): (thing: Thing, at: Instant) => Thing {
  const known = new WeakMap<Thing, { readonly day: string; readonly result: Thing }>();
  return (thing, at) => {
    const day = at.slice(0, 10);
    const found = known.get(thing);
    if (found?.day === day) return found.result;
    const result = workOut(thing, at);
    known.set(thing, { day, result });
    return result;
  };
}

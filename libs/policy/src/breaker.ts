import { dayMs, hourMs, minuteMs, plus, toMs, type Instant } from '@overture/kernel';

/** Why an identity was stopped (F032). */
export type BreakerCause = 'failure_rate' | 'restriction_warning' | 'repeated_429';

/** A breaker that is open until then; after that one action at a time tries whether all is well again. */
export interface Trip {
  readonly cause: BreakerCause;
  readonly at: Instant;
  readonly until: Instant;
  /** In a row: each one without a success between them rests longer. */
  readonly times: number;
}

/** How an action of the identity ended, as far as it tells about the account. */
export interface Outcome {
  readonly at: Instant;
  /** `limited`: a bare 429; `warned`: LinkedIn restricts the account or says it will. */
  readonly sort: 'done' | 'failed' | 'limited' | 'warned';
}

export interface Breaker {
  /** What it judges by, oldest first; at most `recentMax`. */
  readonly recent: readonly Outcome[];
  readonly trip?: Trip;
}

/** When to stop, and for how long: data with a version and an origin. */
export interface BreakerPolicy {
  readonly version: number;
  readonly source: string;
  readonly failures: {
    readonly withinMs: number;
    readonly atLeast: number;
    readonly share: number;
  };
  readonly limited: { readonly withinMs: number; readonly count: number };
  readonly restMs: Readonly<Record<BreakerCause, number>>;
  readonly restMsMax: number;
}

export const breakerPolicy: BreakerPolicy = {
  version: 1,
  source:
    'A warning rests the account 24 h and a 429 four hours, as in the system behind S2; half of ten ' +
    'failing is ours: S4-34 stops at one failed login, which is a gate of its own',
  failures: { withinMs: dayMs, atLeast: 10, share: 0.5 },
  limited: { withinMs: 2 * hourMs, count: 3 },
  restMs: { failure_rate: 6 * hourMs, restriction_warning: dayMs, repeated_429: 4 * hourMs },
  restMsMax: 7 * dayMs,
};

export const closedBreaker: Breaker = { recent: [] };

/** After a rest, how long the one action that tries waits for its outcome before another may try. */
export const trialMs = 30 * minuteMs;

const recentMax = 50;

/** The breaker once this has happened too. Pure, and cheap enough to keep beside the identity. */
export function afterOutcome(breaker: Breaker, outcome: Outcome, policy = breakerPolicy): Breaker {
  const { trip } = breaker;
  if (trip === undefined) return judged({ recent: [...breaker.recent, outcome] }, outcome, policy);
  if (outcome.sort === 'warned') return opened(trip, 'restriction_warning', outcome.at, policy);
  // What was under way when it opened is no trial.
  if (outcome.at < trip.until) return breaker;
  return outcome.sort === 'done' ? closedBreaker : opened(trip, trip.cause, outcome.at, policy);
}

/** The breaker after all of these, in whatever order they come. */
export function breakerOf(outcomes: readonly Outcome[], policy = breakerPolicy): Breaker {
  return outcomes
    .toSorted((a, b) => toMs(a.at) - toMs(b.at))
    .reduce((breaker, outcome) => afterOutcome(breaker, outcome, policy), closedBreaker);
}

function judged({ recent }: Breaker, { at }: Outcome, policy: BreakerPolicy): Breaker {
  const kept = recent.slice(-recentMax);
  const cause = causeIn(kept, at, policy);
  return cause === undefined ? { recent: kept } : opened(undefined, cause, at, policy);
}

function causeIn(
  recent: readonly Outcome[],
  at: Instant,
  { failures, limited }: BreakerPolicy,
): BreakerCause | undefined {
  if (recent.at(-1)?.sort === 'warned') return 'restriction_warning';
  const within = (ms: number) => recent.filter((each) => toMs(each.at) > toMs(at) - ms);
  const count = (list: readonly Outcome[], sort: Outcome['sort']) =>
    list.filter((each) => each.sort === sort).length;
  if (count(within(limited.withinMs), 'limited') >= limited.count) return 'repeated_429';
  const lately = within(failures.withinMs);
  const isMany = lately.length >= failures.atLeast;
  return isMany && count(lately, 'failed') >= lately.length * failures.share
    ? 'failure_rate'
    : undefined;
}

function opened(
  before: Trip | undefined,
  cause: BreakerCause,
  at: Instant,
  { restMs, restMsMax }: BreakerPolicy,
): Breaker {
  const times = (before?.times ?? 0) + 1;
  const rest = Math.min(restMs[cause] * 2 ** (times - 1), restMsMax);
  return { recent: [], trip: { cause, at, until: plus(at, rest), times } };
}

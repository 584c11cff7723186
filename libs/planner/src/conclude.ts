import { minuteMs, plus, type Instant } from '@overture/kernel';
import {
  backoffMs,
  holdUntil,
  type ActionKind,
  type LimitSignal,
  type Outcome,
} from '@overture/policy';

/** What the sender reports about one claim. */
export interface AttemptNews {
  readonly type:
    | 'reserved'
    | 'accepted'
    | 'rejected'
    | 'unknown'
    | 'confirmed'
    | 'absent'
    | 'undecided'
    | 'released';
  readonly identityId: string;
  readonly actionId: string;
  readonly epoch: number;
  readonly at: Instant;
  /** The label of a refusal, or why a claim was released. */
  readonly cause?: string;
  /** When it may be tried again, where somebody said so. */
  readonly retryAt?: Instant;
}

/** A claim that is not over. */
export interface OpenClaim {
  readonly actionId: string;
  readonly epoch: number;
  readonly identityId: string;
  readonly kind: ActionKind;
  readonly dueAt: Instant;
  readonly state: 'offered' | 'taken' | 'settling';
  /** The campaign wants it no more. */
  readonly dropped: boolean;
  /** Refusals of its lane in a row. */
  readonly strikes: number;
}

/** What a piece of news means for the timetable. */
export type Conclusion =
  | { readonly state: 'taken' | 'settling' }
  | {
      readonly state: 'closed';
      readonly outcome: string;
      readonly at: Instant;
      /** It is certain that nothing was sent: the use counts no more. */
      readonly givesBack: boolean;
      /** It waits again from this instant on, unless the campaign dropped it. */
      readonly backAt?: Instant;
      readonly lane?: LaneNews;
      /** What it tells the breaker of the identity (F032). */
      readonly tells?: Outcome;
    };

export interface LaneNews {
  readonly strikes: number;
  /** Nothing of this lane goes before. */
  readonly hold?: { readonly until: Instant; readonly cause: string };
}

const retryDelayMs = 5 * minuteMs;
/** After a call that had no effect the lane still pauses, as it would after one that had. */
const quietMs = 5 * minuteMs;

/** What follows from this news about this claim; nothing where it is about one that is over. Pure. */
export function conclude(claim: OpenClaim, news: AttemptNews): Conclusion | undefined {
  if (news.epoch !== claim.epoch && !settlesAnyEpoch(news)) return undefined;
  switch (news.type) {
    case 'reserved':
      return { state: 'taken' };
    case 'unknown':
      return { state: 'settling' };
    case 'accepted':
      return { ...closed(news, 'accepted'), lane: { strikes: 0 } };
    case 'confirmed':
    case 'undecided':
      return closed(news, news.type);
    case 'absent':
      return { ...givenBack(news, 'absent'), backAt: claim.dueAt };
    case 'released':
      return released(claim, news);
    case 'rejected':
      return rejected(claim, news);
  }
}

// The lease of a claim may run out while its attempt goes on, so the claim is offered again under a higher epoch, which
// the sender refuses. What can never be tried again then closes it, whichever epoch it names.
function settlesAnyEpoch({ type, cause = '' }: AttemptNews): boolean {
  if (type === 'rejected') return !isLimit(cause);
  return type === 'accepted' || type === 'confirmed' || type === 'undecided';
}

function closed(news: AttemptNews, outcome: string) {
  return { state: 'closed', outcome, at: news.at, givesBack: false, ...told(news) } as const;
}

function givenBack(news: AttemptNews, cause: string) {
  return { state: 'closed', outcome: cause, at: news.at, givesBack: true, ...told(news) } as const;
}

const isLimit = (cause: string): cause is LimitSignal['label'] =>
  cause === 'LIMIT_REACHED' || cause === 'STATUS_429';
// Refused by what the provider knows before it acts; any other refusal may have been counted.
const withoutEffect: ReadonlySet<string> = new Set([
  'NOT_CONNECTED',
  'ALREADY_CONNECTED',
  'INVITATION_PENDING',
  'AUTH_EXPIRED',
  'INVALID_INPUT',
  'INMAIL_UNAVAILABLE',
  'PLAN_REQUIRED',
  'PROVIDER_CONFIG',
]);

function rejected(claim: OpenClaim, news: AttemptNews): Conclusion {
  const { cause = '' } = news;
  if (isLimit(cause)) return limited(claim, news, cause);
  if (!withoutEffect.has(cause)) return closed(news, 'rejected');
  const hold = { until: plus(news.at, quietMs), cause: 'spacing' };
  return { ...givenBack(news, cause), lane: { strikes: claim.strikes, hold } };
}

/** The provider's own limit holds the whole lane, for as long as it says (F030, F031, S4-29, S4-36). */
function limited(
  { strikes, dueAt }: OpenClaim,
  news: AttemptNews,
  cause: LimitSignal['label'],
): Conclusion {
  const { at, retryAt: postponedUntil } = news;
  const signal = { label: cause, at, strikes };
  const until = holdUntil(postponedUntil === undefined ? signal : { ...signal, postponedUntil });
  const lane = { strikes: strikes + 1, hold: { until, cause } };
  return { ...givenBack(news, cause), backAt: dueAt, lane };
}

/** What a cause is about. These are about one lead; any other would meet the next lead too, so the lane rests a while. */
const ofOneLead: ReadonlySet<string> = new Set([
  'action',
  'do-not-contact',
  'draft',
  'enrollment',
  'lead',
  'person',
  'relation',
  'replied',
  'reply',
  'text',
  'window',
]);

/** Campaign wants it no more. It says so by an event too, but that one may have come while the claim was being made. */
const overAnyway = /^(action\/not-planned|enrollment\/(replied|ended|halted))$/;

function released(claim: OpenClaim, news: AttemptNews): Conclusion {
  const { cause = 'released', retryAt, at } = news;
  const { strikes, dueAt } = claim;
  const over = givenBack(news, cause);
  if (overAnyway.test(cause)) return over;
  if (ofOneLead.has(cause.split('/')[0] ?? ''))
    return { ...over, backAt: retryAt ?? plus(at, retryDelayMs) };
  const until = retryAt ?? plus(at, backoffMs(strikes, releasedPause));
  return { ...over, backAt: dueAt, lane: { strikes: strikes + 1, hold: { until, cause } } };
}

const releasedPause = { firstMs: minuteMs, mostMs: 30 * minuteMs };

/** Answers that a healthy account gets too: about the relation, the input, the login, the plan, the provider itself. */
const tellsNothing: ReadonlySet<string> = new Set(['LIMIT_REACHED', ...withoutEffect]);

function told({ type, cause = '', at }: AttemptNews): { tells?: Outcome } {
  if (type === 'accepted' || type === 'confirmed') return { tells: { at, sort: 'done' } };
  if (type === 'undecided') return { tells: { at, sort: 'failed' } };
  if (type !== 'rejected' || tellsNothing.has(cause)) return {};
  return { tells: { at, sort: signals.get(cause) ?? 'failed' } };
}

const signals: ReadonlyMap<string, Outcome['sort']> = new Map([
  ['ACCOUNT_RESTRICTED', 'warned'],
  ['STATUS_429', 'limited'],
]);

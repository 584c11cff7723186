import { plus, seededBetween, toMs, type Instant } from '@overture/kernel';
import type { LimitProfile } from './limits.js';
import type { Answer, Question, Rule } from './rules.js';

/** People do not act like clockwork: the pauses between actions (F028, S2-34, S3-33). */
export const spacingRules: readonly Rule[] = [
  { name: 'spacing', version: 1, ask: askSpacing },
  { name: 'spacing_of_kind', version: 1, ask: askSpacingOfKind },
  { name: 'spacing_of_first_touch', version: 2, ask: askSpacingOfFirstTouch },
];

function askSpacing({ facts, nowMs }: Question): Answer {
  return askGap(facts.usage.lastAt, gapMsAfter(facts, facts.usage.lastAt), nowMs);
}

/** When an identity that acts now may act again, as far as spacing alone is asked. */
export function restEndsAt(who: Spaced, actsAt: Instant): Instant {
  return plus(actsAt, gapMsAfter(who, actsAt));
}

interface Spaced {
  readonly identityId: string;
  readonly limits: Pick<LimitProfile, 'gapMs'>;
}

// The pause is drawn from the action before it: asked again, and in the forecast, it is the same.
function gapMsAfter(
  { identityId, limits: { gapMs } }: Spaced,
  lastAt: Instant | undefined,
): number {
  return seededBetween(`${identityId}|${lastAt ?? ''}`, gapMs.min, gapMs.max);
}

function askSpacingOfKind({ action, facts, nowMs }: Question): Answer {
  return askGap(facts.usage.lastOfKindAt, facts.limits.kindGapMs[action.kind], nowMs);
}

function askSpacingOfFirstTouch({ action, facts, nowMs }: Question): Answer {
  if (!action.firstTouch) return { passed: true, inputs: { firstTouch: false } };
  const { lastFirstTouchAt } = facts.usage;
  const { firstTouchGapMs, firstTouchJitterMs = 0 } = facts.limits;
  const seed = `${facts.identityId}|first|${lastFirstTouchAt ?? ''}`;
  const gapMs = firstTouchGapMs + seededBetween(seed, 0, firstTouchJitterMs);
  return askGap(lastFirstTouchAt, gapMs, nowMs);
}

function askGap(lastAt: Instant | undefined, gapMs: number, nowMs: number): Answer {
  if (lastAt === undefined) return { passed: true, inputs: { gapMs } };
  const untilMs = toMs(lastAt) + gapMs;
  const passed = nowMs >= untilMs;
  return passed
    ? { passed, inputs: { lastAt, gapMs } }
    : { passed, inputs: { lastAt, gapMs }, untilMs };
}

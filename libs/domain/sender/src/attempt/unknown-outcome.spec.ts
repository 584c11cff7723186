import type { Instant } from '@overture/kernel';
import type { AttemptCommand } from './commands.js';
import type { AttemptEvent } from './events.js';
import {
  start,
  later,
  reserve,
  say,
  fact,
  reserved,
  started,
  unknown,
  limited,
  released,
  looks,
  absent,
  confirmed,
  undecided,
  given,
} from '../../test/attempt-story.js';

describe('An unknown outcome', () => {
  const lost = [reserved, started, unknown];
  const find = (readBacksAt: readonly Instant[]): AttemptCommand =>
    say('FindAbsent', { readBacksAt });

  it('is confirmed by a read-back, an echo or a late answer', () => {
    given(...lost)
      .when(say('ConfirmAttempt', { effectAt: later(1) }))
      .then(confirmed);
    given(...lost)
      .when(say('AcceptAttempt', {}))
      .then(fact('AttemptConfirmed', { effectAt: start }));
  });

  it('is absent after two looks that were late and far enough apart', () =>
    given(...lost)
      .when(find(looks))
      .then(absent));

  it.each([
    ['no look', []],
    ['one look', [later(2)]],
    ['a look that was too early', [later(1), later(12)]],
    ['two looks at one moment', [later(2), later(3)]],
  ])('is not absent after %s', (_, readBacksAt) =>
    given(...lost)
      .when(find(readBacksAt))
      .thenNothing(),
  );

  it('is left to a person when the looks cannot tell', () =>
    given(...lost)
      .when(say('LeaveUndecided', { detail: 'two alike' }))
      .then(undecided));

  it.each([absent, undecided])('that shows up after $type is a fact all the same', (settled) =>
    given(...lost, settled)
      .when(say('ConfirmAttempt', { effectAt: later(1) }))
      .then(confirmed),
  );
});

describe('An effect that somebody saw', () => {
  const saw = say('ConfirmAttempt', { effectAt: later(1) });

  it.each([
    ['before the claim began', [reserved]],
    ['while its outcome is open', [reserved, started]],
    ['after a refusal', [reserved, started, limited]],
    ['after the claim went back', [reserved, released]],
  ])('is a fact %s, and the action is never tried again (I1)', (_, history) => {
    const past: AttemptEvent[] = [...history];
    given(...past)
      .when(saw)
      .then(confirmed);
    given(...past, confirmed)
      .when(reserve(2))
      .thenRefused('attempt/settled');
  });

  it('is no news once it is known', () =>
    given(reserved, started, confirmed).when(saw).thenNothing());
});

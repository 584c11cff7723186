import { instant, minuteMs, plus, type Instant } from '@overture/kernel';
import { keepsTheLaws, play, specification } from '@overture/testing/decider';
import fc from 'fast-check';
import type { AttemptCommand } from './commands.js';
import { attempt as decider, mayTryAgain } from './decide.js';
import type { AttemptEvent, AttemptRef } from './events.js';
import { nextStep, readBackEveryMs, settleDelayMs } from './read-back.js';
import { attemptId, type Attempt } from './state.js';

const { given } = specification(decider);

const start = instant('2026-03-02T09:00:00Z');
const later = (minutes: number): Instant => plus(start, minutes * minuteMs);
const enrollment = { enrollmentId: 'e-1', campaignId: 'c-1', leadId: 'l-1', identityId: 'i-1' };
const claim = (epoch: number): AttemptRef => {
  return { enrollment, actionId: 'e-1.0.0', epoch, kind: 'message' };
};

const attempt = claim(1);
const reserve = (epoch = 1): AttemptCommand => {
  return { type: 'ReserveAttempt', data: { attempt: claim(epoch), at: start } };
};
const say = (type: AttemptCommand['type'], over: object = {}): AttemptCommand =>
  ({ type, data: { epoch: 1, at: start, ...over } }) as unknown as AttemptCommand;
const fact = (type: AttemptEvent['type'], over: object = {}): AttemptEvent =>
  ({ type, data: { attempt, at: start, ...over } }) as unknown as AttemptEvent;

const reserved = fact('AttemptReserved');
const started = fact('AttemptStarted', { textSha256: 'abc' });
const unknown = fact('AttemptUnknown', { detail: 'time-out' });
const limited = fact('AttemptRejected', { label: 'LIMIT_REACHED', detail: '' });
const refused = fact('AttemptRejected', { label: 'INVALID_INPUT', detail: '' });
const released = fact('AttemptReleased', { cause: 'gate/closed' });
const looks = [later(2), later(12)];
const absent = fact('AttemptAbsent', { readBacksAt: looks });
const confirmed = fact('AttemptConfirmed', { effectAt: later(1) });
const undecided = fact('AttemptUndecided', { detail: 'two alike' });

describe('A claim', () => {
  it('is reserved once', () => {
    given().when(reserve()).then(reserved);
    given(reserved).when(reserve()).thenNothing();
  });

  it('takes the place of an older one that never called', () =>
    given(reserved)
      .when(reserve(2))
      .then(
        fact('AttemptReleased', { cause: 'superseded' }),
        fact('AttemptReserved', { attempt: claim(2) }),
      ));

  it.each([
    ['a call in flight', [reserved, started], 'attempt/in-flight'],
    ['an unknown outcome (I10)', [reserved, started, unknown], 'attempt/in-flight'],
    ['a success', [reserved, started, fact('AttemptAccepted')], 'attempt/settled'],
    ['a success found later', [reserved, started, unknown, confirmed], 'attempt/settled'],
    ['a refusal that would come again', [reserved, started, refused], 'attempt/settled'],
    ['an outcome a person must judge', [reserved, started, unknown, undecided], 'attempt/settled'],
  ] as const)('is refused after %s', (_, history, code) =>
    given(...history)
      .when(reserve(2))
      .thenRefused(code),
  );

  it.each([
    ['nothing was sent', [reserved, released]],
    ['nothing was found', [reserved, started, unknown, absent]],
    ['a limit', [reserved, started, limited]],
  ] as const)('may follow when %s', (_, history) =>
    given(...history)
      .when(reserve(2))
      .then(fact('AttemptReserved', { attempt: claim(2) })),
  );

  it('that comes late changes nothing', () =>
    given(reserved, released, fact('AttemptReserved', { attempt: claim(2) }))
      .when(reserve(1))
      .thenNothing());
});

describe('The call', () => {
  it('belongs to the one whose start was recorded', () => {
    given(reserved)
      .when(say('StartAttempt', { textSha256: 'abc' }))
      .then(started);
    given(reserved, started)
      .when(say('StartAttempt', { textSha256: 'abc' }))
      .thenNothing();
  });

  it('is refused to a claim that was overtaken', () =>
    given(reserved, released, fact('AttemptReserved', { attempt: claim(2) }))
      .when(say('StartAttempt', { textSha256: 'abc' }))
      .thenRefused('attempt/stale-epoch'));

  it('is refused to an action nobody reserved', () =>
    given()
      .when(say('StartAttempt', { textSha256: 'abc' }))
      .thenRefused('attempt/not-found'));

  it('ends accepted, with what the provider named', () =>
    given(reserved, started)
      .when(say('AcceptAttempt', { fingerprints: ['f-1'], providerMessageId: 'm-1' }))
      .then(
        fact('AttemptAccepted', {
          fingerprints: ['f-1'],
          providerMessageId: 'm-1',
          providerThreadId: '',
          alreadyConnected: false,
          alreadyPending: false,
        }),
      ));

  it('ends rejected, with the time it may be tried again (S4-29)', () =>
    given(reserved, started)
      .when(say('RejectAttempt', { label: 'LIMIT_REACHED', detail: '', postponedUntil: later(60) }))
      .then(
        fact('AttemptRejected', { label: 'LIMIT_REACHED', detail: '', postponedUntil: later(60) }),
      ));

  it('ends unknown without an answer', () =>
    given(reserved, started)
      .when(say('LoseAttempt', { detail: 'time-out' }))
      .then(unknown));

  it('found by a new owner is unknown, for it may have gone out (F077)', () => {
    given(reserved, started)
      .when(say('TakeOverAttempt'))
      .then(fact('AttemptUnknown', { detail: 'The sender that called is gone.' }));
    given(reserved).when(say('TakeOverAttempt')).thenNothing();
  });

  it('that was never written is given back', () =>
    given(reserved, started)
      .when(say('ReleaseAttempt', { cause: 'not_sent', retryAt: later(1) }))
      .then(fact('AttemptReleased', { cause: 'not_sent', retryAt: later(1) })));

  it('cannot be given back once its outcome is unknown', () =>
    given(reserved, started, unknown)
      .when(say('ReleaseAttempt', { cause: 'gate/closed' }))
      .thenNothing());
});

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

describe('The next step', () => {
  const after = (...history: AttemptEvent[]): Attempt =>
    history.reduce(decider.evolve, decider.initialState);

  it('is the call, then the wait for its answer', () => {
    expect(nextStep(after())).toEqual({ do: 'wait', for: 'claim' });
    expect(nextStep(after(reserved))).toEqual({ do: 'call' });
    expect(nextStep(after(reserved, started))).toEqual({ do: 'wait', for: 'answer' });
  });

  it('reads back after the settle delay, then again, then concludes', () => {
    const state = after(reserved, started, unknown);
    expect(nextStep(state)).toEqual({ do: 'read_back', at: plus(start, settleDelayMs) });
    expect(nextStep(state, [later(1)])).toEqual({
      do: 'read_back',
      at: plus(start, settleDelayMs),
    });
    expect(nextStep(state, [later(5)])).toEqual({
      do: 'read_back',
      at: plus(later(5), readBackEveryMs),
    });
    expect(nextStep(state, looks)).toEqual({ do: 'find_absent' });
  });

  it('is nothing once it is settled', () => {
    expect(nextStep(after(reserved, released))).toEqual({ do: 'nothing' });
  });

  it('numbers the attempts at an action', () => {
    const state = after(reserved, released, fact('AttemptReserved', { attempt: claim(2) }));
    expect(state.status !== 'none' && attemptId(state)).toBe('e-1.0.0.2');
  });
});

describe('Attempts', () => {
  const commands = fc
    .record({
      type: fc.constantFrom(
        'StartAttempt',
        'StartAttempt',
        'AcceptAttempt',
        'RejectAttempt',
        'LoseAttempt',
        'TakeOverAttempt',
        'ConfirmAttempt',
        'FindAbsent',
        'LeaveUndecided',
        'ReleaseAttempt',
      ),
      epoch: fc.constantFrom(1, 2, 3),
      label: fc.constantFrom('LIMIT_REACHED', 'INVALID_INPUT'),
    })
    .map(({ type, epoch, label }) =>
      say(type as AttemptCommand['type'], {
        epoch,
        label,
        detail: '',
        cause: 'gate/closed',
        textSha256: 'abc',
        effectAt: start,
        readBacksAt: looks,
      }),
    );
  const claims = fc.constantFrom(1, 2, 3).map(reserve);
  const stories = fc.array(fc.oneof(claims, commands, commands), { maxLength: 40 });

  keepsTheLaws(decider, {
    stories,
    events: fc.constantFrom(reserved, started, unknown, limited, released, absent, confirmed),
  });

  it('call again only when the call before certainly sent nothing (I1)', () =>
    fc.assert(
      fc.property(stories, (story) => {
        let state: Attempt = decider.initialState;
        for (const event of play(decider, story)) {
          if (event.type === 'AttemptReserved') expect(mayTryAgain(state)).toBe(true);
          state = decider.evolve(state, event);
        }
      }),
      { seed: 20_260_304, numRuns: 1_000 },
    ));
});

import {
  later,
  claim,
  reserve,
  say,
  fact,
  reserved,
  started,
  unknown,
  limited,
  refused,
  released,
  absent,
  confirmed,
  undecided,
  given,
} from '../../test/attempt-story.js';

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

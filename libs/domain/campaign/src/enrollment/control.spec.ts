import { specification } from '@overture/testing/decider';
import {
  actionId,
  checked,
  command,
  connector,
  enrolled,
  event,
  intended,
  messenger,
  on,
  planned,
  start,
  succeeded,
} from '../../test/story.js';
import { enrollment } from './decide.js';

const { given } = specification(enrollment);

const ready = [enrolled('messenger'), checked('first_degree'), planned(messenger, 0, on(3))];
const pause = command('PauseEnrollment', { pauseId: 'auth-i-1-1', cause: 'auth_expired' }, on(1));
const resume = command('ResumeEnrollment', { pauseId: 'auth-i-1-1' }, on(2));
const paused = event('EnrollmentPaused', { pauseId: 'auth-i-1-1', cause: 'auth_expired' }, on(1));
const resumed = event('EnrollmentResumed', { pauseId: 'auth-i-1-1' }, on(2));
const byHand = event('EnrollmentPaused', { pauseId: 'hand-1', cause: 'asked' }, on(1));

describe('A pause', () => {
  it('is recorded once for each id (S4-22)', () => {
    given(...ready)
      .when(pause)
      .then(paused);
    given(...ready, paused)
      .when(pause)
      .thenNothing();
  });

  it('that is over is not opened by a late repeat', () =>
    given(...ready, paused, resumed)
      .when(pause)
      .thenNothing());

  it('may stand beside another one, and each ends by its own id (I8)', () => {
    given(...ready, byHand)
      .when(pause)
      .then(paused);
    given(...ready, paused, byHand, resumed)
      .when(
        command(
          'IntendAction',
          {
            actionId: actionId(0),
            epoch: 1,
            textSha256: 'abc',
            syncedAt: on(3),
            relation: 'first_degree',
          },
          on(3),
        ),
      )
      .thenRefused('enrollment/paused');
  });

  it('means nothing after the end', () =>
    given(...ready, event('EnrollmentStopped', { cause: 'asked' }))
      .when(pause)
      .thenNothing());
});

describe('A resume', () => {
  it('changes neither the plan nor its delay (S4-53)', () =>
    given(...ready, paused)
      .when(resume)
      .then(resumed));

  it('needs an open pause of its id (I8)', () => {
    given(...ready, byHand)
      .when(resume)
      .thenNothing();
    given(...ready, paused, resumed)
      .when(resume)
      .thenNothing();
  });

  it('gives sync a day to see the acceptances of that time', () =>
    given(
      enrolled('connector'),
      checked('pending'),
      event('DeadlineSet', { kind: 'acceptance', dueAt: on(1) }),
      paused,
    )
      .when(resume)
      .then(resumed, event('DeadlineSet', { kind: 'acceptance', dueAt: on(3) }, on(2))));

  it('leaves a deadline that is far away', () =>
    given(
      enrolled('connector'),
      checked('pending'),
      event('DeadlineSet', { kind: 'acceptance', dueAt: on(21) }),
      paused,
    )
      .when(resume)
      .then(resumed));
});

describe('A stop', () => {
  const stop = command('StopEnrollment', { cause: 'asked' }, on(1));
  const stopped = event('EnrollmentStopped', { cause: 'asked' }, on(1));

  it('drops what is planned', () =>
    given(...ready)
      .when(stop)
      .then(stopped, event('ActionDropped', { actionId: actionId(0), cause: 'asked' }, on(1))));

  it('is not refused when all is over (F119)', () =>
    given(...ready, stopped)
      .when(stop)
      .thenNothing());
});

describe('A retry by hand (F081, S2-39)', () => {
  const retry = command('RetryAction', { planning: messenger }, on(5));
  const halted = event('EnrollmentHalted', { actionId: actionId(0), cause: 'OUTCOME_UNKNOWN' });
  const again = planned(messenger, 0, on(5), { actionId: actionId(0, 1), at: on(5) });
  const refused = event('ActionRejected', {
    actionId: actionId(0),
    epoch: 1,
    kind: 'message',
    label: 'PROFILE_NOT_ACCESSIBLE',
    retry: false,
  });

  it('plans the same step as a new action', () =>
    given(...ready, intended(0), refused, halted)
      .when(retry)
      .then(again));

  it('gives up an action whose outcome nobody knows', () =>
    given(
      ...ready,
      intended(0),
      event('ActionOutcomeUnknown', { actionId: actionId(0), epoch: 1 }),
      halted,
    )
      .when(retry)
      .then(
        event('ActionDropped', { actionId: actionId(0), cause: 'retried_by_hand' }, on(5)),
        again,
      ));

  it('brings back a lead who failed (S2-40)', () =>
    given(
      ...ready,
      intended(0),
      refused,
      event('EnrollmentFailed', { cause: 'PROFILE_NOT_ACCESSIBLE' }),
    )
      .when(retry)
      .then(again));

  it('happens once', () =>
    given(...ready, intended(0), refused, halted, again)
      .when(retry)
      .thenNothing());

  it('of a named action happens once, also when the next try has failed by then (S2-39, F112)', () => {
    const named = (occurrence: number) =>
      command('RetryAction', { planning: messenger, actionId: actionId(0, occurrence) }, on(5));
    const failed = event('EnrollmentHalted', { actionId: actionId(0, 1), cause: 'INVALID_INPUT' });
    given(...ready, intended(0), refused, halted)
      .when(named(0))
      .then(again);
    given(...ready, intended(0), refused, halted, again, failed)
      .when(named(0))
      .thenNothing();
    const third = planned(messenger, 0, on(5), { actionId: actionId(0, 2), at: on(5) });
    given(...ready, intended(0), refused, halted, again, failed)
      .when(named(1))
      .then(third);
  });

  it('is refused for an action that is not the one that holds the lead', () => {
    const next = planned(messenger, 1, on(3));
    const stuck = event('EnrollmentHalted', { actionId: actionId(1), cause: 'INVALID_INPUT' });
    const earlier = command('RetryAction', { planning: messenger, actionId: actionId(0) }, on(5));
    given(...ready, intended(0), succeeded(messenger, 0), next, stuck)
      .when(earlier)
      .thenRefused('action/elsewhere');
    const unknown = command('RetryAction', { planning: messenger, actionId: 'e-1.9.0' }, on(5));
    given(...ready, halted)
      .when(unknown)
      .thenRefused('action/not-found');
  });

  it('is refused where nothing failed', () => {
    given(...ready)
      .when(retry)
      .thenRefused('enrollment/not-halted');
    given(enrolled('connector'), checked('not_connected'), planned(connector, 0, start))
      .when(retry)
      .thenRefused('enrollment/not-halted');
  });

  it('is refused after a reply (I2)', () =>
    given(
      ...ready,
      halted,
      event('ReplyReceived', { messageId: 'm-1', repliedAt: on(1), witness: 'sync' }),
    )
      .when(retry)
      .thenRefused('enrollment/not-halted'));
});

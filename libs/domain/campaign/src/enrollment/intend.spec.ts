import { minuteMs, plus } from '@overture/kernel';
import { specification } from '@overture/testing/decider';
import {
  actionId,
  checked,
  command,
  connector,
  enrolled,
  event,
  intend,
  intended,
  messenger,
  on,
  planned,
  start,
} from '../../test/story.js';
import { enrollment } from './decide.js';

const { given } = specification(enrollment);

const ready = [enrolled('messenger'), checked('first_degree'), planned(messenger, 0, start)];
const inviting = [enrolled('connector'), checked('not_connected'), planned(connector, 1, start)];
const notSeen = { relation: 'not_connected' };

describe('The last word before a call', () => {
  it('records the intent of the claim', () =>
    given(...ready)
      .when(intend(0, start))
      .then(intended(0)));

  it('says nothing new to the same claim', () =>
    given(...ready, intended(0))
      .when(intend(0, on(0, 1)))
      .thenNothing());

  it('refuses after a reply (I2)', () =>
    given(...ready, event('ReplyReceived', { messageId: 'm-1', repliedAt: start, witness: 'sync' }))
      .when(intend(0, start))
      .thenRefused('enrollment/replied'));

  it('refuses after a stop (I2)', () =>
    given(...ready, event('EnrollmentStopped', { cause: 'asked' }))
      .when(intend(0, start))
      .thenRefused('enrollment/ended'));

  it('refuses while paused (I2)', () =>
    given(...ready, event('EnrollmentPaused', { pauseId: 'p-1', cause: 'auth_expired' }))
      .when(intend(0, start))
      .thenRefused('enrollment/paused'));

  it('refuses while a person has to look', () =>
    given(...ready, event('EnrollmentHalted', { actionId: actionId(0), cause: 'INVALID_INPUT' }))
      .when(intend(0, start))
      .thenRefused('enrollment/halted'));

  it('refuses what was never planned, and what was dropped', () => {
    given(...ready)
      .when(intend(1, start))
      .thenRefused('action/not-planned');
    given(...ready, event('ActionDropped', { actionId: actionId(0), cause: 'replied' }))
      .when(intend(0, start))
      .thenRefused('action/not-planned');
  });

  it('refuses a claim that was overtaken', () =>
    given(...ready, intended(0, 2), event('ActionFoundAbsent', { actionId: actionId(0), epoch: 2 }))
      .when(intend(0, start, { epoch: 2 }))
      .thenRefused('action/stale-epoch'));

  it('refuses a newer claim until the older one is settled (I10)', () => {
    given(...ready, intended(0, 1))
      .when(intend(0, start, { epoch: 2 }))
      .thenRefused('action/in-flight');
    given(
      ...ready,
      intended(0, 1),
      event('ActionOutcomeUnknown', { actionId: actionId(0), epoch: 1 }),
    )
      .when(intend(0, start, { epoch: 2 }))
      .thenRefused('action/in-flight');
  });

  it('lets the next claim go once nothing was sent', () =>
    given(...ready, intended(0, 1), event('ActionFoundAbsent', { actionId: actionId(0), epoch: 1 }))
      .when(intend(0, start, { epoch: 2 }))
      .then(intended(0, 2)));

  it('refuses before the delay of the step is over (F083)', () =>
    given(enrolled('messenger'), checked('first_degree'), planned(messenger, 0, on(2)))
      .when(intend(0, on(1)))
      .thenRefused('action/not-due'));

  it('refuses when the conversation was seen too long ago (I5)', () => {
    given(...ready)
      .when(intend(0, start, { syncedAt: plus(start, -5 * minuteMs) }))
      .then(
        event('ActionIntended', {
          actionId: actionId(0),
          epoch: 1,
          textSha256: 'abc',
          syncedAt: plus(start, -5 * minuteMs),
        }),
      );
    given(...ready)
      .when(intend(0, start, { syncedAt: plus(start, -5 * minuteMs - 1) }))
      .thenRefused('sync/stale');
  });

  it('refuses a message to a person who is not connected (I6)', () => {
    given(...ready)
      .when(intend(0, start, notSeen))
      .thenRefused('relation/not-connected');
    given(...ready)
      .when(intend(0, start, { relation: 'pending' }))
      .thenRefused('relation/not-connected');
  });

  it('believes the earlier check where the look cannot tell', () =>
    given(...ready)
      .when(intend(0, start, { relation: 'unknown' }))
      .then(intended(0)));

  it('refuses an invitation to a person who is connected or invited (I6)', () => {
    given(...inviting)
      .when(intend(1, start, { relation: 'first_degree' }))
      .thenRefused('relation/already-connected');
    given(...inviting)
      .when(intend(1, start, { relation: 'pending' }))
      .thenRefused('relation/invitation-pending');
    given(...inviting)
      .when(intend(1, start, notSeen))
      .then(intended(1));
  });

  it('refuses a lead nobody enrolled', () =>
    given()
      .when(command('PassDeadline', { planning: connector }))
      .thenRefused('enrollment/not-found'));
});

import {
  actionId,
  checked,
  connector,
  enrolled,
  event,
  intended,
  messenger,
  on,
  planned,
} from '../../test/story.js';
import {
  writing,
  accepted,
  dropped,
  halted,
  absent,
  released,
  acceptanceDeadline,
  firstAfterConnect,
  given,
} from '../../test/outcome-story.js';

describe('A claim given back', () => {
  const ready = [enrolled('messenger'), checked('first_degree'), planned(messenger, 0, on(0))];
  const readyToInvite = [
    enrolled('connector'),
    checked('not_connected'),
    planned(connector, 1, on(0)),
  ];

  it('before the intent changes nothing when the cause passes by itself', () =>
    given(...ready)
      .when(released(0, 'gate/closed'))
      .thenNothing());

  it('after the intent lets the action go again', () =>
    given(...writing)
      .when(released(0, 'request not written'))
      .then(absent(0)));

  it('skips a lead whom the look found not connected (I6, S2-38)', () =>
    given(...ready)
      .when(released(0, 'relation/not-connected'))
      .then(
        dropped(0, 'relation/not-connected'),
        event('EnrollmentSkipped', { cause: 'NOT_CONNECTED' }, on(1)),
      ));

  it('goes to the messages when the look found a connection (S4-19)', () =>
    given(...readyToInvite)
      .when(released(1, 'relation/already-connected'))
      .then(dropped(1, 'relation/already-connected'), accepted('provider'), firstAfterConnect));

  it('waits when the look found an open invitation (S4-32)', () =>
    given(...readyToInvite)
      .when(released(1, 'relation/invitation-pending'))
      .then(dropped(1, 'relation/invitation-pending'), acceptanceDeadline));

  it('holds a lead whose text has nothing for a field (F063)', () =>
    given(...ready)
      .when(released(0, 'text/missing-field'))
      .then(dropped(0, 'text/missing-field'), halted(0, 'text/missing-field')));

  it('stops a lead who is on the do-not-contact list (F054)', () =>
    given(...ready)
      .when(released(0, 'do-not-contact/listed'))
      .then(
        dropped(0, 'do-not-contact/listed'),
        event('EnrollmentStopped', { cause: 'do-not-contact/listed' }, on(1)),
      ));

  it('by a claim that was overtaken changes nothing', () =>
    given(...ready, intended(0, 2), event('ActionFoundAbsent', { actionId: actionId(0), epoch: 2 }))
      .when(released(0, 'relation/not-connected', 1))
      .thenNothing());
});

import {
  actionId,
  connector,
  event,
  intended,
  messenger,
  on,
  planned,
  succeeded,
} from '../../test/story.js';
import {
  writing,
  inviting,
  reply,
  accepted,
  dropped,
  lost,
  followUp,
  outcome,
  acceptanceDeadline,
  firstAfterConnect,
  given,
} from '../../test/outcome-story.js';

describe('A message that went out', () => {
  it('plans the next one after its delay (S2-23)', () =>
    given(...writing)
      .when(outcome('RecordAccepted', 0))
      .then(succeeded(messenger, 0, on(1)), followUp()));

  it('is counted once', () =>
    given(...writing, succeeded(messenger, 0), followUp())
      .when(outcome('RecordAccepted', 0))
      .thenNothing());

  it('completes the enrollment when it was the last', () =>
    given(...writing, succeeded(messenger, 0), planned(messenger, 2, on(0)), intended(2))
      .when(outcome('RecordAccepted', 2))
      .then(succeeded(messenger, 2, on(1)), event('EnrollmentCompleted', {}, on(1))));

  it('is still a fact after a reply, and nothing follows it (I2)', () =>
    given(...writing, reply)
      .when(outcome('RecordAccepted', 0))
      .then(succeeded(messenger, 0, on(1))));

  it('is a fact as well when a read-back found it', () =>
    given(...writing, lost(0))
      .when(outcome('RecordConfirmed', 0))
      .then(
        event(
          'ActionSucceeded',
          {
            actionId: actionId(0),
            epoch: 1,
            kind: 'message',
            messageType: 'direct_message_1',
            readBack: true,
          },
          on(1),
        ),
        followUp(),
      ));

  it('is refused as an outcome of something never planned', () =>
    given(...writing)
      .when(outcome('RecordAccepted', 7))
      .thenRefused('action/not-found'));
});

describe('An invitation that went out', () => {
  it('waits for the acceptance, not longer than the sequence says (S2-25)', () =>
    given(...inviting)
      .when(outcome('RecordAccepted', 1))
      .then(succeeded(connector, 1, on(1)), acceptanceDeadline));

  it('goes to the messages when the person was connected already (S4-31)', () => {
    const known = outcome('RecordAccepted', 1, { alreadyConnected: true });
    given(...inviting)
      .when(known)
      .then(dropped(1, 'already_connected'), accepted('provider'), firstAfterConnect);
    given(...inviting, dropped(1, 'already_connected'), accepted('provider'), firstAfterConnect)
      .when(known)
      .thenNothing();
  });

  it('does not wait for an acceptance that was seen before the outcome (P09)', () =>
    given(...inviting, accepted('sync', on(0)))
      .when(outcome('RecordAccepted', 1))
      .then(succeeded(connector, 1, on(1)), {
        ...firstAfterConnect,
        data: { ...firstAfterConnect.data, priority: 10, firstTouch: false },
      }));
});

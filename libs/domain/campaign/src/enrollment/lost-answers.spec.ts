import { actionId, command, event, messenger, on, planned } from '../../test/story.js';
import {
  writing,
  inviting,
  reply,
  accepted,
  dropped,
  halted,
  absent,
  lost,
  followUp,
  outcome,
  firstAfterConnect,
  given,
} from '../../test/outcome-story.js';

describe('A call without an answer', () => {
  it('leaves an unknown outcome (I10)', () => {
    const lose = command('RecordUnknown', { actionId: actionId(0), epoch: 1 }, on(1));
    given(...writing)
      .when(lose)
      .then(lost(0));
    given(...writing, lost(0))
      .when(lose)
      .thenNothing();
  });

  it('may go again once it is found absent', () =>
    given(...writing, lost(0))
      .when(outcome('RecordAbsent', 0))
      .then(absent(0)));

  it('is found absent once', () =>
    given(...writing, lost(0), absent(0))
      .when(outcome('RecordAbsent', 0))
      .thenNothing());

  it('found absent after a reply is dropped for good', () =>
    given(...writing, lost(0), reply)
      .when(outcome('RecordAbsent', 0))
      .then(absent(0), dropped(0, 'replied')));

  it('halts the lead when nobody can tell', () => {
    given(...writing, lost(0))
      .when(outcome('RecordUndecided', 0))
      .then(halted(0, 'OUTCOME_UNKNOWN'));
    given(...writing, lost(0), halted(0, 'OUTCOME_UNKNOWN'))
      .when(outcome('RecordUndecided', 0))
      .thenNothing();
  });

  it('of an invitation does not matter once the person has accepted', () => {
    given(...inviting, lost(1), accepted('sync', on(0)))
      .when(outcome('RecordUndecided', 1))
      .then(firstAfterConnect);
    given(...inviting, lost(1), accepted('sync', on(0)))
      .when(outcome('RecordAbsent', 1))
      .then(absent(1), dropped(1, 'moot'), firstAfterConnect);
  });

  it('that worked after all stops the second try by hand (I1)', () =>
    given(
      ...writing,
      lost(0),
      halted(0, 'OUTCOME_UNKNOWN'),
      dropped(0, 'retried_by_hand'),
      planned(messenger, 0, on(0), { actionId: actionId(0, 1) }),
    )
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
        event('ActionDropped', { actionId: actionId(0, 1), cause: 'already_sent' }, on(1)),
        followUp(),
      ));

  it('that worked after all, when the second try by hand has worked too, moves nobody on twice', () =>
    given(
      ...writing,
      lost(0),
      halted(0, 'OUTCOME_UNKNOWN'),
      dropped(0, 'retried_by_hand'),
      planned(messenger, 0, on(0), { actionId: actionId(0, 1) }),
      event('ActionSucceeded', {
        actionId: actionId(0, 1),
        epoch: 1,
        kind: 'message',
        messageType: 'direct_message_1',
        readBack: false,
      }),
      followUp(),
    )
      .when(outcome('RecordConfirmed', 0))
      .then(expect.objectContaining({ type: 'ActionSucceeded' })));

  it('of an invitation that is found absent after the lead went on is dropped', () =>
    given(
      ...inviting,
      lost(1),
      halted(1, 'OUTCOME_UNKNOWN'),
      accepted('sync', on(0)),
      firstAfterConnect,
    )
      .when(outcome('RecordAbsent', 1))
      .then(absent(1), dropped(1, 'moot')));
});

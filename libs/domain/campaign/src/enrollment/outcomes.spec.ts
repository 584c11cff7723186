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
  succeeded,
} from '../../test/story.js';
import type { EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import type { EnrollmentEvent } from './events.js';

const { given } = specification(enrollment);

const writing = [
  enrolled('messenger'),
  checked('first_degree'),
  planned(messenger, 0, on(0)),
  intended(0),
];
const inviting = [
  enrolled('connector'),
  checked('not_connected'),
  planned(connector, 1, on(0)),
  intended(1),
];
const reply = event('ReplyReceived', { messageId: 'm-1', repliedAt: on(0), witness: 'sync' });
const accepted = (witness: string, at = on(1)): EnrollmentEvent =>
  event('InvitationAccepted', { acceptedAt: at, witness }, at);
const dropped = (step: number, cause: string, at = on(1)): EnrollmentEvent =>
  event('ActionDropped', { actionId: actionId(step), cause }, at);
const halted = (step: number, cause: string, at = on(1)): EnrollmentEvent =>
  event('EnrollmentHalted', { actionId: actionId(step), cause }, at);
const absent = (step: number, at = on(1)): EnrollmentEvent =>
  event('ActionFoundAbsent', { actionId: actionId(step), epoch: 1 }, at);
const lost = (step: number, at = on(1)): EnrollmentEvent =>
  event('ActionOutcomeUnknown', { actionId: actionId(step), epoch: 1 }, at);
const followUp = (at = on(1)): EnrollmentEvent =>
  planned(messenger, 1, on(4), { priority: 10, firstTouch: false, at });

function outcome(
  type: 'RecordAccepted' | 'RecordConfirmed' | 'RecordAbsent' | 'RecordUndecided',
  step: number,
  over: object = {},
): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command(type, { actionId: actionId(step), epoch: 1, planning, ...over }, on(1));
}

function rejected(step: number, label: string, epoch = 1): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command('RecordRejected', { actionId: actionId(step), epoch, label, planning }, on(1));
}

function refusal(
  step: number,
  label: string,
  retry = false,
  kind: 'connect' | 'message' = step === 1 ? 'connect' : 'message',
): EnrollmentEvent {
  return event('ActionRejected', { actionId: actionId(step), epoch: 1, kind, label, retry }, on(1));
}

function released(step: number, cause: string, epoch = 1): EnrollmentCommand {
  const planning = step === 1 ? connector : messenger;
  return command('RecordReleased', { actionId: actionId(step), epoch, cause, planning }, on(1));
}

const acceptanceDeadline = event(
  'DeadlineSet',
  { kind: 'acceptance', dueAt: on(22), stepId: 's3' },
  on(1),
);
const firstAfterConnect = planned(connector, 2, on(2), { at: on(1) });

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

describe('A refusal by the provider (F079)', () => {
  it.each(['LIMIT_REACHED', 'STATUS_429', 'AUTH_EXPIRED'])('%s lets it go later (S4-29)', (label) =>
    given(...writing)
      .when(rejected(0, label))
      .then(refusal(0, label, true)),
  );

  it('is recorded once', () =>
    given(...writing, refusal(0, 'LIMIT_REACHED', true))
      .when(rejected(0, 'LIMIT_REACHED'))
      .thenNothing());

  it('ALREADY_CONNECTED is an acceptance (S4-31)', () =>
    given(...inviting)
      .when(rejected(1, 'ALREADY_CONNECTED'))
      .then(refusal(1, 'ALREADY_CONNECTED'), accepted('provider'), firstAfterConnect));

  it('INVITATION_PENDING waits for the acceptance (S4-32)', () =>
    given(...inviting)
      .when(rejected(1, 'INVITATION_PENDING'))
      .then(refusal(1, 'INVITATION_PENDING'), acceptanceDeadline));

  it('NOT_CONNECTED skips the lead (S2-38)', () =>
    given(...writing)
      .when(rejected(0, 'NOT_CONNECTED'))
      .then(
        refusal(0, 'NOT_CONNECTED'),
        event('EnrollmentSkipped', { cause: 'NOT_CONNECTED' }, on(1)),
      ));

  it('PROFILE_NOT_ACCESSIBLE ends the enrollment (S4-33)', () =>
    given(...writing)
      .when(rejected(0, 'PROFILE_NOT_ACCESSIBLE'))
      .then(
        refusal(0, 'PROFILE_NOT_ACCESSIBLE'),
        event('EnrollmentFailed', { cause: 'PROFILE_NOT_ACCESSIBLE' }, on(1)),
      ));

  it.each(['INVALID_INPUT', 'PLAN_REQUIRED', 'SOMETHING_NEW'])('%s waits for a person', (label) =>
    given(...writing)
      .when(rejected(0, label))
      .then(refusal(0, label), halted(0, label)),
  );

  it('never makes the next step go early (F083)', () =>
    given(...writing, refusal(0, 'INVALID_INPUT'), halted(0, 'INVALID_INPUT'))
      .when(command('PassDeadline', { planning: connector }, on(300)))
      .thenNothing());

  it('after a reply keeps the action from coming back', () =>
    given(...writing, reply)
      .when(rejected(0, 'LIMIT_REACHED'))
      .then(refusal(0, 'LIMIT_REACHED', true), dropped(0, 'replied')));
});

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

import type { Instant } from '@overture/kernel';
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
import type { EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import type { EnrollmentEvent } from './events.js';

const { given } = specification(enrollment);

const deadline = event('DeadlineSet', { kind: 'acceptance', dueAt: on(21) });
const invited = [
  enrolled('connector'),
  checked('not_connected'),
  planned(connector, 1, start),
  intended(1),
  succeeded(connector, 1),
  deadline,
];

function see(acceptedAt: Instant, at = acceptedAt, witness = 'sync'): EnrollmentCommand {
  return command('RecordAcceptance', { acceptedAt, witness, planning: connector }, at);
}

function accepted(acceptedAt: Instant, at = acceptedAt, witness = 'sync'): EnrollmentEvent {
  return event('InvitationAccepted', { acceptedAt, witness }, at);
}

function reply(messageId: string): EnrollmentCommand {
  return command('RecordReply', { messageId, repliedAt: on(4), witness: 'sync' }, on(5));
}

const replied = event(
  'ReplyReceived',
  { messageId: 'm-1', repliedAt: on(4), witness: 'sync' },
  on(5),
);

describe('An acceptance', () => {
  it('plans the first message, its delay counted from the acceptance', () =>
    given(...invited)
      .when(see(on(4), on(5)))
      .then(
        accepted(on(4), on(5)),
        planned(connector, 2, on(5), { at: on(5), priority: 10, firstTouch: false }),
      ));

  it('is recorded once, whoever else sees it later (P09)', () =>
    given(...invited, accepted(on(4)), planned(connector, 2, on(5)))
      .when(see(on(3), on(6), 'webhook'))
      .thenNothing());

  it('takes the place of an invitation that has not gone out', () =>
    given(enrolled('connector'), checked('not_connected'), planned(connector, 1, on(1)))
      .when(see(on(0, 5)))
      .then(
        accepted(on(0, 5)),
        event('ActionDropped', { actionId: actionId(1), cause: 'already_connected' }, on(0, 5)),
        planned(connector, 2, on(1, 5), { at: on(0, 5) }),
      ));

  it('lets the call in flight end first', () =>
    given(
      enrolled('connector'),
      checked('not_connected'),
      planned(connector, 1, start),
      intended(1),
    )
      .when(see(on(1)))
      .then(accepted(on(1))));

  it('frees a lead who was halted at the invitation', () =>
    given(
      enrolled('connector'),
      checked('not_connected'),
      planned(connector, 1, start),
      intended(1),
      event('EnrollmentHalted', { actionId: actionId(1), cause: 'OUTCOME_UNKNOWN' }),
    )
      .when(see(on(1)))
      .then(accepted(on(1)), planned(connector, 2, on(2), { at: on(1) })));

  it('that comes after the deadline is kept and brings nothing back', () =>
    given(...invited, event('EnrollmentExpired', {}, on(21)))
      .when(see(on(30)))
      .then(
        event(
          'InvitationAccepted',
          {
            acceptedAt: on(30),
            witness: 'sync',
            closedAt: on(21),
            latePolicy: 'ignore',
          },
          on(30),
        ),
      ));

  it('before the check is kept, and the check plans the messages', () => {
    given(enrolled('connector'))
      .when(see(on(1)))
      .then(accepted(on(1)));
    given(enrolled('connector'), accepted(on(1)))
      .when(
        command('CheckRelation', {
          relation: 'not_connected',
          lastMessageFromLead: false,
          planning: connector,
        }),
      )
      .then(
        checked('not_connected'),
        expect.objectContaining({ type: 'SequencePlanned' }),
        planned(connector, 2, on(1)),
      );
  });

  it('means nothing to who was connected before, nor to a messenger', () => {
    given(enrolled('connector'), checked('first_degree'), planned(connector, 2, start))
      .when(see(on(1)))
      .thenNothing();
    given(enrolled('messenger'), checked('first_degree'), planned(messenger, 0, start))
      .when(see(on(1)))
      .thenNothing();
  });

  it('completes a connector that has no messages', () => {
    const sequence = { ...connector.sequence, steps: connector.sequence.steps.slice(0, 2) };
    given(...invited)
      .when(
        command(
          'RecordAcceptance',
          { acceptedAt: on(4), witness: 'sync', planning: { sequence, zone: '' } },
          on(4),
        ),
      )
      .then(accepted(on(4)), event('EnrollmentCompleted', {}, on(4)));
  });
});

describe('A reply', () => {
  it('drops what is planned (S1-22, F084)', () =>
    given(...invited, accepted(on(3)), planned(connector, 2, on(6)))
      .when(reply('m-1'))
      .then(replied, event('ActionDropped', { actionId: actionId(2), cause: 'replied' }, on(5))));

  it('stops an enrollment once, however often and by whomever it is seen', () => {
    given(...invited, replied)
      .when(reply('m-1'))
      .thenNothing();
  });

  it('of a second message is kept for the day the first proves to be none (M14)', () => {
    const further = event(
      'FurtherReplyReceived',
      { messageId: 'm-2', repliedAt: on(4), witness: 'sync' },
      on(5),
    );
    given(...invited, replied)
      .when(reply('m-2'))
      .then(further);
    given(...invited, replied, further)
      .when(reply('m-2'))
      .thenNothing();
  });

  it('stops the wait for an acceptance', () =>
    given(...invited)
      .when(reply('m-1'))
      .then(replied));

  it('leaves the one call in flight to its outcome (P5)', () =>
    given(enrolled('messenger'), checked('first_degree'), planned(messenger, 0, start), intended(0))
      .when(reply('m-1'))
      .then(replied));

  it.each([
    event('EnrollmentCompleted', {}),
    event('EnrollmentExpired', {}),
    event('EnrollmentFailed', { cause: 'PROFILE_NOT_ACCESSIBLE' }),
  ])('is kept after the end ($type)', (end) =>
    given(...invited, end)
      .when(reply('m-1'))
      .then(replied),
  );
});

describe('The deadline of an invitation', () => {
  const pass = (day: number): EnrollmentCommand =>
    command('PassDeadline', { planning: connector }, on(day));

  it('ends the enrollment when it has come', () =>
    given(...invited)
      .when(pass(21))
      .then(event('EnrollmentExpired', {}, on(21))));

  it('does nothing before', () =>
    given(...invited)
      .when(pass(20))
      .thenNothing());

  it('does nothing after an acceptance', () =>
    given(...invited, accepted(on(4)), planned(connector, 2, on(5)))
      .when(pass(21))
      .thenNothing());

  it('does nothing while paused, when nobody could see an acceptance', () =>
    given(...invited, event('EnrollmentPaused', { pauseId: 'auth-i-1-1', cause: 'auth_expired' }))
      .when(pass(21))
      .thenNothing());
});

describe('A person', () => {
  it('is recognised by names not known before', () => {
    const recognize = command('RecognizePerson', { fingerprints: ['f-1', 'f-2', 'f-2'] });
    const recognized = event('PersonRecognized', { fingerprints: ['f-2'] });
    given(enrolled('connector')).when(recognize).then(recognized);
    given(enrolled('connector'), recognized).when(recognize).thenNothing();
  });
});

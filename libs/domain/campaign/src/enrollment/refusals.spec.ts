import { command, connector, event, on } from '../../test/story.js';
import {
  writing,
  inviting,
  reply,
  accepted,
  dropped,
  halted,
  rejected,
  refusal,
  acceptanceDeadline,
  firstAfterConnect,
  given,
} from '../../test/outcome-story.js';

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

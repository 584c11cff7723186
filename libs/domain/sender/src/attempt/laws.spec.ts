import { keepsTheLaws, play } from '@overture/testing/decider';
import fc from 'fast-check';
import type { AttemptCommand } from './commands.js';
import { attempt as decider, mayTryAgain } from './decide.js';
import type { Attempt } from './state.js';
import {
  start,
  reserve,
  say,
  reserved,
  started,
  unknown,
  limited,
  released,
  looks,
  absent,
  confirmed,
} from '../../test/attempt-story.js';

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

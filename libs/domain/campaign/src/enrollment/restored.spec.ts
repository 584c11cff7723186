import { plus, type Instant } from '@overture/kernel';
import fc from 'fast-check';
import { revised } from '../../test/branching.js';
import { live } from '../../test/broken.js';
import { planningFor } from '../../test/stories-by-hand.js';
import { isEnrolled, tell } from '../../test/stories.js';
import { command } from '../../test/story.js';
import type { EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import { currentAction, isWaiting, type Enrolled, type Enrollment } from './state.js';

const seed = 20_261_123;
const said = { reason: 'a mistake', by: 'ada' };
const draw = fc.record({
  choice: fc.nat(10_000),
  hours: fc.constantFrom(0, 1, 12, 24, 96),
  noise: fc.constantFrom(false, false, false, true),
});
const stories = fc
  .array(draw, { minLength: 3, maxLength: 40 })
  .map((draws) => tell('branching', draws));

interface Told {
  readonly state: Enrolled;
  readonly at: Instant;
}

/** Where a random life stands at its end. */
function ending(story: readonly EnrollmentCommand[]): Told | undefined {
  const last = live(enrollment, story).at(-1);
  if (last === undefined || !isEnrolled(last.after)) return undefined;
  return { state: last.after, at: last.command.data.at };
}

function after(state: Enrollment, ...commands: EnrollmentCommand[]): Enrollment {
  return commands.reduce(
    (known, each) => enrollment.decide(each, known).reduce(enrollment.evolve, known),
    state,
  );
}

/** All that a lead waits for, whatever its actions are called. */
function planOf(state: Enrollment) {
  if (!isEnrolled(state)) return undefined;
  const { status, because, sequenceVersion, deadline, acceptedAt, repliedAt, pauses } = state;
  const action = currentAction(state);
  const waiting = action !== undefined && isWaiting(action) ? action : undefined;
  const { actionId: _, restores: __, ...plan } = waiting?.plan ?? {};
  const { status: turn, stepId, notBefore, expiresAt, approvedSha256 } = waiting ?? {};
  const stands = { status, because, sequenceVersion, deadline, acceptedAt, repliedAt, pauses };
  return { ...stands, turn, stepId, notBefore, expiresAt, approvedSha256, plan };
}

describe('Whatever a lead was doing', () => {
  it('a false reply and its correction leave it exactly as it was (M14, P03)', () =>
    fc.assert(
      fc.property(stories, (story) => {
        const told = ending(story);
        fc.pre(told !== undefined && told.state.repliedAt === undefined);
        const { state, at } = told as Told;
        const planning = planningFor(state);
        const messageId = 'm-false';
        const later = plus(at, 1_000);
        const reply = command('RecordReply', { messageId, repliedAt: at, witness: 'sync' }, at);
        const correct = command('CorrectReply', { messageId, ...said, planning }, later);
        const back = after(state, reply, correct);
        // A lead that nobody had planned anything for yet is planned for now.
        fc.pre(state.status !== 'checking');
        expect(planOf(back)).toEqual(planOf(state));
      }),
      { seed, numRuns: 500 },
    ));

  it("a stop for a colleague's reply and its correction leave it exactly as it was (F034, M14)", () =>
    fc.assert(
      fc.property(stories, (story) => {
        const told = ending(story);
        fc.pre(told !== undefined && told.state.beforeStop === undefined);
        const { state, at } = told as Told;
        const stop = { cause: 'colleague_replied', colleagueLeadId: 'l-2', companyKey: 'acme' };
        const correct = { ...said, planning: planningFor(state) };
        const back = after(
          state,
          command('StopEnrollment', stop, at),
          command('CorrectStop', correct, plus(at, 1_000)),
        );
        fc.pre(state.status !== 'checking');
        expect(planOf(back)).toEqual(planOf(state));
      }),
      { seed, numRuns: 500 },
    ));

  it('a move and its undo leave it exactly as it was (M10)', () =>
    fc.assert(
      fc.property(stories, (story) => {
        const told = ending(story);
        fc.pre(told !== undefined && told.state.sequenceVersion === 1);
        const { state, at } = told as Told;
        const planning = planningFor(state);
        const moveId = 'move-test';
        const data = { moveId, from: planning.sequence, planning: revised, ...said };
        const moved = afterIfAllowed(state, command('MoveToVersion', data, at));
        fc.pre(moved !== state);
        const undo = command('UndoMove', { moveId, planning, ...said }, plus(at, 1_000));
        expect(planOf(after(moved, undo))).toEqual(planOf(state));
      }),
      { seed, numRuns: 500 },
    ));
});

function afterIfAllowed(state: Enrolled, asked: EnrollmentCommand): Enrollment {
  try {
    return after(state, asked);
  } catch {
    return state;
  }
}

import { keepsTheLaws, play } from '@overture/testing/decider';
import fc from 'fast-check';
import { live, promises, type EnrollmentDecider } from '../../test/broken.js';
import { tell } from '../../test/stories.js';
import type { EnrollmentCommand } from './commands.js';
import { enrollment } from './decide.js';
import type { EnrollmentEvent } from './events.js';
import type { Action, Enrolled } from './state.js';

// Random lives in a sequence with everything there is: branches, waits, drafts, tasks, withdrawals, two versions, moves,
// corrections; commands twice, late and out of place.
const seed = 20_261_121;
const draw = fc.record({
  choice: fc.nat(10_000),
  hours: fc.constantFrom(0, 0, 1, 12, 24, 96),
  noise: fc.constantFrom(false, false, true),
});
const stories = fc
  .array(draw, { minLength: 20, maxLength: 70 })
  .map((draws) => tell('branching', draws));
/** A retry by hand may send again what nobody knows the fate of: that is a person's decision (I10). */
const untried = stories.map((story) => story.filter(({ type }) => type !== 'RetryAction'));

describe('An enrollment of a branching sequence', () => {
  const lived = fc
    .sample(stories, { seed, numRuns: 200 })
    .flatMap((story) => play(enrollment, story));

  keepsTheLaws(enrollment, { stories, events: fc.constantFrom(...lived), seed });

  it('lives every kind of life there is', () => {
    const types = new Set(lived.map(({ type }) => type));
    expect([...everything].filter((type) => !types.has(type))).toEqual([]);
  });
});

const everything: readonly EnrollmentEvent['type'][] = [
  'BranchTaken',
  'DraftOpened',
  'DraftEdited',
  'DraftApproved',
  'DraftSkipped',
  'DraftExpired',
  'TaskOpened',
  'TaskCompleted',
  'StepSkipped',
  'EnrollmentMoved',
  'MoveUndone',
  'FurtherReplyReceived',
  'ReplyCorrected',
  'AcceptanceCorrected',
  'InvitationLapsed',
  'StopCorrected',
  'EnrollmentCompleted',
];

type Distort = (state: Enrolled, command: EnrollmentCommand) => Enrolled;

/** The decider, blind for one thing. */
function blind(distort: Distort): EnrollmentDecider {
  return {
    ...enrollment,
    decide: (command, state) =>
      enrollment.decide(command, state.status === 'new' ? state : distort(state, command)),
  };
}

const onIntent =
  (change: (state: Enrolled, action: Action | undefined) => Enrolled): Distort =>
  (state, command) =>
    command.type === 'IntendAction' ? change(state, state.actions[command.data.actionId]) : state;

function withAction(
  state: Enrolled,
  action: Action | undefined,
  change: Partial<Action>,
): Enrolled {
  if (action === undefined) return state;
  const changed = { ...action, ...change };
  return { ...state, actions: { ...state.actions, [action.actionId]: changed } };
}

function without(action: Action | undefined, name: 'expiresAt'): Action | undefined {
  if (action === undefined) return undefined;
  const { [name]: _, ...rest } = action;
  return rest;
}

/** For each promise a decider that breaks it. */
const mutants: Readonly<Record<string, EnrollmentDecider>> = {
  // Forgets what was sent, and sends it again.
  I1: blind((state, command) => {
    if (command.type === 'RecordAccepted') {
      return withAction(state, state.actions[command.data.actionId], { status: 'intended' });
    }
    if (command.type !== 'IntendAction') return state;
    const { repliedAt: _, ...open } = state;
    const sent = state.actions[command.data.actionId];
    const running = { ...open, status: 'messaging' } as const;
    return sent?.status === 'sent' ? withAction(running, sent, { status: 'planned' }) : state;
  }),
  // Does not hear of replies, pauses and ends.
  I2: blind(
    onIntent((state) => {
      const { repliedAt: _, ...deaf } = state;
      return { ...deaf, status: 'messaging', pauses: {} };
    }),
  ),
  // Believes whatever the sender saw.
  I6: {
    ...enrollment,
    decide: (command, state) => {
      if (command.type !== 'IntendAction' || state.status === 'new') {
        return enrollment.decide(command, state);
      }
      const kind = state.actions[command.data.actionId]?.kind;
      const relation = kind === 'message' ? 'first_degree' : 'unknown';
      return enrollment.decide({ ...command, data: { ...command.data, relation } }, state);
    },
  },
  // Plans, and forgets what it waits for.
  I7: {
    ...enrollment,
    decide: (command, state) =>
      enrollment.decide(command, state).filter(({ type }) => type !== 'TaskOpened'),
  },
  // Resumes from pauses that nobody made.
  I8: {
    ...enrollment,
    decide: (command, state) =>
      command.type === 'ResumeEnrollment' && state.status !== 'new'
        ? [{ type: 'EnrollmentResumed', data: command.data }]
        : enrollment.decide(command, state),
  },
  // Takes any words for the approved ones.
  I11: {
    ...enrollment,
    decide: (command, state) => {
      if (command.type !== 'IntendAction' || state.status === 'new') {
        return enrollment.decide(command, state);
      }
      const { actionId, textSha256: approvedSha256 } = command.data;
      return enrollment.decide(
        command,
        withAction(state, state.actions[actionId], { approvedSha256 }),
      );
    },
  },
  // Never looks at the age of a draft.
  I15: blind(
    onIntent((state, action) => {
      const ageless = without(action, 'expiresAt');
      if (ageless === undefined) return state;
      return { ...state, actions: { ...state.actions, [ageless.actionId]: ageless } };
    }),
  ),
};

describe.each(Object.keys(promises))('%s', (name) => {
  const promise = promises[name] ?? (() => ['no such promise']);
  const told = name === 'I1' ? untried : stories;

  it(`is kept in every life (${name})`, () =>
    fc.assert(
      fc.property(told, (story) => expect(promise(live(enrollment, story))).toEqual([])),
      { seed, numRuns: 400 },
    ));

  it(`is broken by a decider that does not care, and that is seen (${name})`, () => {
    const mutant = mutants[name] ?? enrollment;
    const found = fc
      .sample(told, { seed, numRuns: 400 })
      .some((story) => promise(live(mutant, story)).length > 0);
    expect(found).toBe(true);
  });
});

import { goldensOf, type Golden } from '@overture/testing/decider';
import { attempt, attemptId, type AttemptEvent } from './index.js';

// Stored long ago, they must still mean what they meant.
const statusAfter: Readonly<Record<AttemptEvent['type'], string>> = {
  AttemptReserved: 'reserved',
  AttemptStarted: 'started',
  AttemptAccepted: 'accepted',
  AttemptRejected: 'rejected',
  AttemptUnknown: 'unknown',
  AttemptConfirmed: 'confirmed',
  AttemptAbsent: 'absent',
  AttemptUndecided: 'undecided',
  AttemptReleased: 'released',
};

const goldens = goldensOf('libs/domain/sender/golden') as Golden<AttemptEvent>[];

it('Every event has its golden', () => {
  const files = Object.keys(statusAfter).map((type) => `${type}.v1.json`);
  expect(goldens.map(({ file }) => file)).toEqual(files.sort());
});

it.each(goldens)('$file still folds', ({ event }) => {
  const state = attempt.evolve(attempt.initialState, event);
  expect(state.status).toBe(statusAfter[event.type]);
  expect(state.status !== 'none' && attemptId(state)).toMatch(/\.2\.0\.1$/);
});

import { goldensOf, type Golden } from '@overture/testing/decider';
import { attempt, attemptId, type AttemptEvent, type CompanionEvent } from './index.js';

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

const companionFields: Readonly<Record<CompanionEvent['type'], readonly string[]>> = {
  PaceBreached: ['identityId', 'actionId', 'spacingMs', 'spacingMinMs', 'at'],
  StaleResultReported: ['identityId', 'actionId', 'attempt', 'success', 'possibleDuplicate', 'at'],
};

const all = goldensOf('libs/domain/sender/golden');
const goldens = all.filter(({ event }) => event.type in statusAfter) as Golden<AttemptEvent>[];
const ofCompanions = all.filter(
  ({ event }) => event.type in companionFields,
) as Golden<CompanionEvent>[];

it('Every event has its golden', () => {
  const types = [...Object.keys(statusAfter), ...Object.keys(companionFields)];
  expect(all.map(({ file }) => file)).toEqual(types.map((type) => `${type}.v1.json`).sort());
});

it.each(ofCompanions)('$file still has its fields', ({ event }) =>
  expect(Object.keys(event.data)).toEqual(companionFields[event.type]),
);

it.each(goldens)('$file still folds', ({ event }) => {
  const state = attempt.evolve(attempt.initialState, event);
  expect(state.status).toBe(statusAfter[event.type]);
  expect(state.status !== 'none' && attemptId(state)).toMatch(/\.2\.0\.1$/);
});

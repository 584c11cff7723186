import { goldensOf, type Golden } from '@overture/testing/decider';
import type { IdentityEvent } from './identity/events.js';
import { identity, isReady, relation, type RelationEvent } from './index.js';

// Stored long ago, they must still mean what they meant.
const readyAfter: Readonly<Record<IdentityEvent['type'], boolean>> = {
  IdentityAdded: true,
  LoginExpired: false,
  LoginRestored: true,
  IdentityPaused: false,
  IdentityResumed: true,
  IdentityPolicySet: true,
  AllowancesSeen: true,
};
const relationAfter: Readonly<Record<RelationEvent['type'], object>> = {
  AcceptanceSeen: { ...relation.initialState, connected: true },
  ReplySeen: { ...relation.initialState, repliesSeen: new Set(['m-1']) },
  InvitationGone: {
    ...relation.initialState,
    invitationsGone: new Set(['2026-02-02T09:00:00.000Z']),
  },
};

const goldens = goldensOf('libs/domain/sync/golden');
const identities = goldens.filter(
  ({ event }) => event.type in readyAfter,
) as Golden<IdentityEvent>[];
const relations = goldens.filter(
  ({ event }) => event.type in relationAfter,
) as Golden<RelationEvent>[];

it('Every event has its golden', () => {
  const types = [...Object.keys(readyAfter), ...Object.keys(relationAfter)];
  expect(goldens.map(({ file }) => file)).toEqual(types.map((type) => `${type}.v1.json`).sort());
});

it.each(identities)('$file still folds', ({ event }) => {
  const added = identities.filter((golden) => golden.event.type === 'IdentityAdded');
  const history = [...added.map((golden) => golden.event), event];
  const state = history.reduce(identity.evolve, identity.initialState);
  expect(isReady(state)).toBe(readyAfter[event.type]);
});

it.each(relations)('$file still folds', ({ event }) =>
  expect(relation.evolve(relation.initialState, event)).toEqual(relationAfter[event.type]),
);

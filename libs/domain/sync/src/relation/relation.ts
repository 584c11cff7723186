import { dayMs, plus, type Decider, type Instant } from '@overture/kernel';

// These names and shapes are stored: add to them; never rename, never reuse.
export const relationCategory = 'relation';

export type RelationEvent =
  | {
      type: 'AcceptanceSeen';
      data: Between & {
        connectedAt: Instant;
        witness: string;
        /** Keyed fingerprints of the names under which the person was seen. */
        fingerprints: readonly string[];
        at: Instant;
      };
    }
  | {
      type: 'ReplySeen';
      data: Between & { messageId: string; sentAt: Instant; witness: string; at: Instant };
    }
  | {
      /** An open invitation is gone and nobody accepted: withdrawn, or run out (F014). */
      type: 'InvitationGone';
      data: Between & {
        sentAt: Instant;
        reinviteLockedUntil: Instant;
        witness: string;
        at: Instant;
      };
    };

/** One identity and one lead, the two ends of the stream `relation-<identityId>.<leadId>`. */
export interface Between {
  identityId: string;
  leadId: string;
}

export type RelationCommand =
  | { type: 'SeeAcceptance'; data: (RelationEvent & { type: 'AcceptanceSeen' })['data'] }
  | { type: 'SeeReply'; data: (RelationEvent & { type: 'ReplySeen' })['data'] }
  | {
      type: 'SeeInvitationGone';
      data: Omit<(RelationEvent & { type: 'InvitationGone' })['data'], 'reinviteLockedUntil'>;
    };

export interface RelationState {
  readonly connected: boolean;
  readonly repliesSeen: ReadonlySet<string>;
  /** When each invitation that is gone was sent. */
  readonly invitationsGone: ReadonlySet<Instant>;
}

const initialState: RelationState = {
  connected: false,
  repliesSeen: new Set(),
  invitationsGone: new Set(),
};

/** LinkedIn lets nobody be invited again sooner after a withdrawal: about three weeks (F014). */
export const reinviteLockMs = 21 * dayMs;

/** What was seen between an identity and a lead; sync, webhook and sender see the same thing more than once (P09). */
export const relation: Decider<RelationState, RelationCommand, RelationEvent> = {
  initialState,
  decide: decideRelation,
  evolve: evolveRelation,
};

export function relationStream({ identityId, leadId }: Between): string {
  return `${relationCategory}-${identityId}.${leadId}`;
}

function decideRelation(command: RelationCommand, state: RelationState): RelationEvent[] {
  switch (command.type) {
    case 'SeeAcceptance':
      return state.connected ? [] : [{ type: 'AcceptanceSeen', data: command.data }];
    case 'SeeReply': {
      const seen = state.repliesSeen.has(command.data.messageId);
      return seen ? [] : [{ type: 'ReplySeen', data: command.data }];
    }
    case 'SeeInvitationGone':
      return invitationGone(command.data, state);
  }
}

function invitationGone(
  data: (RelationCommand & { type: 'SeeInvitationGone' })['data'],
  state: RelationState,
): RelationEvent[] {
  if (state.connected || state.invitationsGone.has(data.sentAt)) return [];
  const reinviteLockedUntil = plus(data.at, reinviteLockMs);
  return [{ type: 'InvitationGone', data: { ...data, reinviteLockedUntil } }];
}

/** Tracks facts and decides nothing: it never throws, never logs, never reads a clock. */
function evolveRelation(state: RelationState, event: RelationEvent): RelationState {
  switch (event.type) {
    case 'AcceptanceSeen':
      return { ...state, connected: true };
    case 'ReplySeen':
      return { ...state, repliesSeen: new Set([...state.repliesSeen, event.data.messageId]) };
    case 'InvitationGone':
      return {
        ...state,
        invitationsGone: new Set([...state.invitationsGone, event.data.sentAt]),
      };
  }
}

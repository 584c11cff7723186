import type { ActionStatus, Enrolled, OpenStatus, Standing } from './state.js';

export function isConnected(state: Enrolled): boolean {
  return state.acceptedAt !== undefined || state.relation === 'first_degree';
}

/** An answer to an invitation may still come, whoever sent it. */
export function awaitsAnswer({ invitation, deadline }: Enrolled): boolean {
  const waits = deadline !== undefined && deadline.kind !== 'wait';
  return invitation === 'open' || (waits && invitation === undefined);
}

/** Where a lead stands while something waits that does not itself say so: a comment, a task, a time. */
export function standingOf(state: Enrolled): OpenStatus {
  if (isConnected(state)) return connectedStanding(state);
  return state.invitation === 'open' ? 'invited' : 'ready_to_connect';
}

function connectedStanding(state: Enrolled): OpenStatus {
  if (hasMessaged(state)) return 'messaging';
  return state.acceptedAt === undefined ? 'ready_to_message' : 'connected';
}

export function hasMessaged(state: Enrolled): boolean {
  return Object.values(state.actions).some(
    ({ kind, status }) => kind === 'message' && status === 'sent',
  );
}

/** All that a correction needs to put a lead back where it stands now. */
export function standing(state: Enrolled): Standing {
  const { status, because, sequenceVersion, currentActionId, deadline, closed, acceptedAt } = state;
  return {
    status,
    because,
    sequenceVersion,
    ...known({ currentActionId, actionStatus: statusOfCurrent(state) }),
    ...known({ deadline, closed, acceptedAt }),
  };
}

/** The same lead as it stood. What happened to its actions since then has happened. */
export function standAgain(state: Enrolled, before: Standing): Enrolled {
  const { currentActionId: _, deadline: __, closed: ___, ...rest } = state;
  const { status, because, sequenceVersion, currentActionId, deadline, closed } = before;
  return {
    ...rest,
    status,
    because,
    sequenceVersion,
    ...known({ currentActionId, deadline, closed }),
  };
}

function statusOfCurrent({ actions, currentActionId }: Enrolled): ActionStatus | undefined {
  return currentActionId === undefined ? undefined : actions[currentActionId]?.status;
}

type Known<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without what is not known: an event has no place for `undefined`. */
export function known<T extends object>(fields: T): Known<T> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Known<T>;
}

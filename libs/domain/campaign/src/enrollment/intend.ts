import { DomainError, minuteMs, msBetween } from '@overture/kernel';
import type { IntendAction } from './commands.js';
import type { ActionIntended } from './events.js';
import { isConnected } from './standing.js';
import { hasEnded, isInFlight, isPaused, type Action, type Enrolled } from './state.js';

/** How old the last look into the conversation may be when the intent is recorded (I5, S4-52). */
export const syncAgeMsMax = 5 * minuteMs;

/**
 * The last word before a call. A reply, a pause or a stop recorded a moment earlier wins here; a moment later it finds at
 * most this one call in flight (P5). Asked again for the same claim it says nothing new.
 */
export function intendAction({ data }: IntendAction, state: Enrolled): ActionIntended[] {
  const { actionId, epoch, textSha256, syncedAt, at } = data;
  const action = state.actions[actionId];
  if (action?.status === 'intended' && action.epoch === epoch) return [];
  refuseUnlessWanted(state);
  refuseUnlessItsTurn(action, data);
  refuseUnlessSynced(data);
  refuseUnlessApproved(action, data);
  refuseUnlessRelationFits(action, data, state);
  refuseLocked(action, data, state);
  return [{ type: 'ActionIntended', data: { actionId, epoch, textSha256, syncedAt, at } }];
}

function refuseUnlessWanted(state: Enrolled): void {
  if (state.repliedAt !== undefined) {
    throw new DomainError('enrollment/replied', 'The lead has replied; a person takes over.');
  }
  if (hasEnded(state)) {
    throw new DomainError('enrollment/ended', `This enrollment is ${state.status}.`, {
      status: state.status,
    });
  }
  if (state.status === 'halted') {
    throw new DomainError('enrollment/halted', 'This enrollment waits for a person.');
  }
  if (isPaused(state)) throw new DomainError('enrollment/paused', 'This enrollment is paused.');
}

function refuseUnlessItsTurn(
  action: Action | undefined,
  { actionId, epoch, at }: IntendAction['data'],
): asserts action is Action {
  if (action?.status !== 'planned') refuseUnplanned(action, { actionId, epoch });
  if (epoch <= action.epoch) refuseStale(action);
  if (at < action.notBefore) {
    throw new DomainError('action/not-due', `Not before ${action.notBefore}.`, {
      actionId,
      notBefore: action.notBefore,
    });
  }
}

function refuseUnplanned(
  action: Action | undefined,
  { actionId, epoch }: { actionId: string; epoch: number },
): never {
  if (action === undefined || !isInFlight(action)) {
    const status = action?.status ?? 'unheard of';
    throw new DomainError('action/not-planned', `This action is ${status}.`, { actionId, status });
  }
  if (epoch <= action.epoch) refuseStale(action);
  // What an older claim did must be known before a newer one may act (I10).
  throw new DomainError('action/in-flight', `Claim ${action.epoch} is not settled yet.`, {
    actionId,
    epoch: action.epoch,
  });
}

function refuseStale({ actionId, epoch }: Action): never {
  throw new DomainError('action/stale-epoch', `Claim ${epoch} came later.`, { actionId, epoch });
}

function refuseUnlessSynced({ syncedAt, at }: IntendAction['data']): void {
  if (msBetween(syncedAt, at) <= syncAgeMsMax) return;
  throw new DomainError('sync/stale', `The conversation was last seen at ${syncedAt}.`, {
    syncedAt,
    syncAgeMsMax,
  });
}

/** Exactly the approved text, while it is fresh (I11, I15). */
function refuseUnlessApproved(
  { actionId, expiresAt, approvedSha256 }: Action,
  { textSha256, at }: IntendAction['data'],
): void {
  if (expiresAt === undefined) return;
  if (at >= expiresAt) {
    throw new DomainError('draft/expired', `This draft expired at ${expiresAt}.`, {
      actionId,
      expiresAt,
    });
  }
  if (approvedSha256 === textSha256) return;
  throw new DomainError('draft/text-changed', 'This is not the text that was approved.', {
    actionId,
  });
}

function refuseUnlessRelationFits(
  { kind }: Action,
  { relation, actionId }: IntendAction['data'],
  state: Enrolled,
): void {
  if (kind === 'message') {
    const believed = relation === 'unknown' && isConnected(state);
    if (relation === 'first_degree' || believed) return;
    throw relationRefusal('relation/not-connected', { actionId, relation });
  }
  const code = misfits[kind]?.[relation];
  if (code !== undefined) throw relationRefusal(code, { actionId, relation });
}

const misfits: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  connect: {
    first_degree: 'relation/already-connected',
    pending: 'relation/invitation-pending',
  },
  // Whoever is not connected may still be invited: a look into the conversation does not tell.
  withdraw: { first_degree: 'relation/already-connected' },
};

/** LinkedIn takes no new invitation for about three weeks after a withdrawn one (F014, I6). */
function refuseLocked(
  { kind, actionId }: Action,
  { at, reinviteLockedUntil }: IntendAction['data'],
  state: Enrolled,
): void {
  if (kind !== 'connect') return;
  const until = [state.reinviteLockedUntil, reinviteLockedUntil].find((lock) => lock && lock > at);
  if (until === undefined) return;
  throw new DomainError('relation/reinvite-locked', `No new invitation before ${until} (I6).`, {
    actionId,
    until,
  });
}

function relationRefusal(
  code: string,
  values: { actionId: string; relation: string },
): DomainError {
  return new DomainError(code, `The relation is ${values.relation} (I6).`, values);
}

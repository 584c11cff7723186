import { DomainError } from '@overture/kernel';
import type { CorrectAcceptance, CorrectReply, CorrectStop } from './commands.js';
import type { EnrollmentEvent } from './events.js';
import { evolveEnrolled } from './evolve.js';
import { dropWaiting } from './drops.js';
import { refuseInFlight, restore } from './restore.js';
import { hasMessaged } from './standing.js';
import { hasEnded, type Enrolled } from './state.js';

/** The message was none: the lead stands as before it, unless another one is known (P03, M14). */
export function correctReply(
  { data: { planning, messageId, ...said } }: CorrectReply,
  state: Enrolled,
): EnrollmentEvent[] {
  if (state.noReplies.includes(messageId)) return [];
  const wrong =
    messageId === '' ? state.replies : state.replies.filter((each) => each.messageId === messageId);
  if (wrong.length === 0) {
    if (messageId === '' && state.noReplies.length > 0) return [];
    throw new DomainError('reply/not-found', 'This message never counted as a reply.', {
      messageId,
    });
  }
  const corrected = wrong.map((each): EnrollmentEvent => {
    return { type: 'ReplyCorrected', data: { messageId: each.messageId, ...said } };
  });
  const known = corrected.reduce(evolveEnrolled, state);
  if (known.repliedAt !== undefined || state.beforeReply === undefined) return corrected;
  const before = state.beforeReply;
  return [...corrected, ...restore({ state: known, before, planning, at: said.at })];
}

/** The reply that stopped it was none, or of nobody it works with: the lead stands as before the stop (F034, M14). */
export function correctStop(
  { data: { planning, ...said } }: CorrectStop,
  state: Enrolled,
): EnrollmentEvent[] {
  const before = state.beforeStop;
  if (before === undefined || state.status !== 'stopped') return [];
  const corrected: EnrollmentEvent = { type: 'StopCorrected', data: said };
  const known = evolveEnrolled(state, corrected);
  return [corrected, ...restore({ state: known, before, planning, at: said.at })];
}

/** Nobody accepted: what the acceptance brought is taken back, and what it ended is waited for again (M14). */
export function correctAcceptance(
  { data: { planning, ...said } }: CorrectAcceptance,
  state: Enrolled,
): EnrollmentEvent[] {
  const before = state.beforeAcceptance;
  if (state.acceptedAt === undefined || before === undefined) {
    if (state.misjudged === true) return [];
    throw new DomainError('acceptance/not-found', 'No acceptance was ever recorded.');
  }
  refuseInFlight(state);
  // LinkedIn lets only the connected write: what was sent proves what was accepted.
  if (hasMessaged(state)) {
    throw new DomainError('acceptance/proven', 'A message has reached this lead since.');
  }
  const corrected: EnrollmentEvent = { type: 'AcceptanceCorrected', data: said };
  if (hasEnded(state)) return [corrected];
  const dropped = dropWaiting(state, 'acceptance_corrected', said.at);
  const known = [...dropped, corrected].reduce(evolveEnrolled, state);
  return [...dropped, corrected, ...restore({ state: known, before, planning, at: said.at })];
}
